import type {
  AddressFault,
  DatabaseForm,
  DatabaseKey,
  DatabaseKind,
  NamedKind,
} from '../../../model/database-form';
import type { DatabaseTrouble, LiveDatabase } from '../../../model/database-reports';

/** Databases that can be set. */
export const mostDatabases = 8;

/** What of an address may be shown. */
export interface ShownDatabase {
  readonly kind: NamedKind;
  /** Host, port and database. */
  readonly place: string;
  /** Empty where the address has none. */
  readonly user: string;
  readonly encryption: DatabaseForm['encryption'];
}

/** Where the setting up of a database is. */
export type DatabaseStep =
  | { readonly step: 'choice' }
  | {
      readonly step: 'form';
      /** Without a password that is kept. */
      readonly form: DatabaseForm;
      /** The password is the one before as long as none is typed. */
      readonly keepsSecret: boolean;
    }
  | { readonly step: 'trying'; readonly place: string }
  | {
      readonly step: 'tried';
      readonly place: string;
      readonly trouble: DatabaseTrouble | undefined;
      /** Rows wait while it takes none. */
      readonly waits: boolean;
      /** What SAVE puts on the list, and in place of what; `undefined` where it is there already. */
      readonly wanted: { readonly address: string; readonly replaces: string | undefined } | undefined;
    };

/** What keeps a form from being tried. */
export type FormFault =
  | { readonly code: 'missing'; readonly key: DatabaseKey }
  | { readonly code: 'listed' }
  | { readonly code: 'address'; readonly fault: AddressFault };

/** The setting up of a database, step by step. What was typed as a password stays there. */
export interface DatabaseSetup {
  /** `undefined` while none is being set up. */
  readonly step: DatabaseStep | undefined;
  /** Sets up another one. @param listed those that are on the list */
  start(listed: readonly string[]): void;
  /** Changes one of the list. */
  change(address: string, listed: readonly string[]): void;
  /** Asks one of the list whether it takes rows. */
  tryListed(address: string): void;
  choose(kind: DatabaseKind): void;
  set(key: DatabaseKey, value: string): void;
  /** What was typed of it, for the keyboard. */
  typed(key: DatabaseKey): string;
  /** What is wrong with a text that was typed. */
  fault(key: DatabaseKey, text: string): AddressFault | undefined;
  /** Goes on to the next way of encrypting. */
  encrypt(): void;
  /** Asks it whether it takes rows; returns what keeps it from being asked. */
  tryIt(): FormFault | undefined;
  /** Ends what is under way: nobody is looking any more. */
  pause(): void;
  /** One step back; from the first, none is being set up any more. */
  back(): void;
  cancel(): void;
}

/** The databases that rows are sent to, for the pages on which they are seen and set up. */
export interface DatabasesDesk {
  /** Addresses as they were saved last, with what is secret in them. */
  readonly saved: readonly string[];
  /** Why the list can't be changed here, such as `set by --database`; empty when it can. */
  readonly fixed: string;
  /** LOG TO DATABASE, as it is in use. */
  readonly isOn: boolean;
  readonly setup: DatabaseSetup;
  shown(address: string): ShownDatabase;
  /** How one is that rows are sent to; `undefined` for any other. */
  live(address: string): LiveDatabase | undefined;
}

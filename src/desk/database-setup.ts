import type { Log } from '../logging/log';
import {
  encryptions,
  missingKey,
  type AddressFault,
  type DatabaseForm,
  type DatabaseKey,
  type DatabaseKind,
} from '../model/database-form';
import type { DatabaseTrouble } from '../model/database-reports';
import type { DatabaseSetup, DatabaseStep, FormFault } from '../screens/config/databases/databases-desk';
import {
  addressFault,
  addressOf,
  formOf,
  isHost,
  isSameDatabase,
  keepsSecret,
  placeOf,
  waitsFor,
  withKept,
  withoutSecret,
} from '../settings/database-form';
import { databaseText } from '../words/en';
import { databaseWords } from '../words/en/database-pages';

/** What the setting up of a database needs of the program. */
export interface DatabaseSetupParts {
  /** Asks a database whether it takes rows. Never rejects. @returns what stands in the way */
  readonly tryDatabase: (address: string, signal: AbortSignal) => Promise<DatabaseTrouble | undefined>;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Something looks different now. */
  readonly changed: () => void;
}

interface Edited {
  readonly form: DatabaseForm;
  /** The address that is changed, whose password is kept until another is typed. */
  readonly replaces: string | undefined;
}

/** Sets a database up step by step. What is under way ends with the step that it belongs to. */
export class DatabaseSetupFlow implements DatabaseSetup {
  step: DatabaseStep | undefined;
  private listed: readonly string[] = [];
  private edited: Edited | undefined;
  /** One of the list that is tried as it is. */
  private address: string | undefined;
  private running = new AbortController();

  constructor(private readonly parts: DatabaseSetupParts) {}

  start(listed: readonly string[]): void {
    this.begin(listed);
    this.go({ step: 'choice' });
  }

  change(address: string, listed: readonly string[]): void {
    this.begin(listed);
    this.show({ form: withoutSecret(formOf(address)), replaces: address });
  }

  tryListed(address: string): void {
    this.begin([]);
    this.address = address;
    this.ask(address, undefined);
  }

  choose(kind: DatabaseKind): void {
    this.show({ form: { kind, values: {}, encryption: 'none' }, replaces: undefined });
  }

  set(key: DatabaseKey, value: string): void {
    const { edited } = this;
    if (edited === undefined) return;
    const { form, replaces } = edited;
    const values = { ...form.values, [key]: value };
    // An address that has a form is easier to change in its parts.
    this.show({ form: key === 'address' ? formOf(value) : { ...form, values }, replaces });
  }

  typed(key: DatabaseKey): string {
    return this.edited?.form.values[key] ?? '';
  }

  fault(key: DatabaseKey, text: string): AddressFault | undefined {
    if (key === 'address') return addressFault(text);
    if (key === 'host') return isHost(text) ? undefined : 'host';
    return key === 'database' && text.includes('/') ? 'slash' : undefined;
  }

  encrypt(): void {
    const { edited } = this;
    if (edited === undefined) return;
    const { form, replaces } = edited;
    const ways = encryptions[form.kind];
    const encryption = ways[(ways.indexOf(form.encryption) + 1) % ways.length] ?? 'none';
    this.show({ form: { ...form, encryption }, replaces });
  }

  tryIt(): FormFault | undefined {
    const { edited, address: before } = this;
    if (edited === undefined) {
      if (before !== undefined) this.ask(before, undefined);
      return undefined;
    }
    const { form, replaces } = edited;
    const key = missingKey(form);
    if (key !== undefined) return { code: 'missing', key };
    const address = addressOf(withKept(form, replaces));
    const fault = addressFault(address);
    if (fault !== undefined) return { code: 'address', fault };
    if (this.listed.some((other) => other !== replaces && isSameDatabase(other, address)))
      return { code: 'listed' };
    this.ask(address, address === replaces ? undefined : { address, replaces });
    return undefined;
  }

  pause(): void {
    if (this.step?.step === 'trying') this.back();
  }

  back(): void {
    const { step, edited } = this;
    if (edited === undefined || step?.step === 'choice') return this.cancel();
    if (step?.step !== 'form') return this.show(edited);
    if (edited.replaces !== undefined) return this.cancel();
    this.edited = undefined;
    this.go({ step: 'choice' });
  }

  cancel(): void {
    this.begin([]);
    this.go(undefined);
  }

  private begin(listed: readonly string[]): void {
    this.listed = listed;
    this.edited = undefined;
    this.address = undefined;
  }

  private show(edited: Edited): void {
    this.edited = edited;
    const { form, replaces } = edited;
    this.go({
      step: 'form',
      form: form.kind === 'other' ? withoutSecret(form) : form,
      keepsSecret: replaces !== undefined && keepsSecret(form, replaces),
    });
  }

  private ask(address: string, wanted: Extract<DatabaseStep, { readonly step: 'tried' }>['wanted']): void {
    const place = placeOf(address);
    const signal = this.go({ step: 'trying', place });
    const { tryDatabase, log } = this.parts;
    void tryDatabase(address, signal).then((trouble) => {
      if (signal.aborted) return;
      if (trouble === undefined) log.info(databaseWords.triedWell(place));
      else log.warn(databaseWords.triedBadly(databaseText(trouble)));
      this.go({ step: 'tried', place, trouble, waits: waitsFor(address), wanted });
    });
  }

  /** Ends what is under way and shows another step. Returns what ends when that one does. */
  private go(step: DatabaseStep | undefined): AbortSignal {
    this.running.abort();
    this.running = new AbortController();
    this.step = step;
    this.parts.changed();
    return this.running.signal;
  }
}

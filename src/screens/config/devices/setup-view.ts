import type { Kind } from '../../../model/reading';
import type { SetupReport } from '../../../model/setup-reports';
import type { DeviceEntry, SavedDevices } from './devices-desk';

/** What can be added: by searching, or by type. */
export const addChoices = [
  'bluetooth',
  'jbd-serial',
  'bluenova',
  'evtv-udp',
  'evtv-can',
  'evtv-slcan',
  'mqtt-json',
] as const;

/** One of them. */
export type AddChoice = (typeof addChoices)[number];

/** ms that a search for Bluetooth devices takes. */
export const searchTime = 15_000;

/** A setting of a few values, one of which is to be chosen. */
export interface AskedSetting {
  /** As in the settings file. */
  readonly name: string;
  readonly options: readonly (string | number)[];
}

/** A Bluetooth device that one of the types takes for its own. */
export interface FoundDevice {
  readonly address: string;
  /** As it calls itself; may be empty. */
  readonly name: string;
  /** dBm */
  readonly signal: number | undefined;
  /** What it is taken for. */
  readonly type: string;
  readonly kind: Kind;
  /** What of its type's settings is asked for before it is read. */
  readonly asks: readonly AskedSetting[];
  /** It may want a password. */
  readonly hasPassword: boolean;
}

/** What a search has found so far. */
export interface Found {
  /** The strongest first; without those that are on the list already. */
  readonly devices: readonly FoundDevice[];
  /** Of the list, that were received too. */
  readonly listed: number;
  /** Devices that no type knows. */
  readonly others: number;
}

/** Something that has to be known of the device. */
export interface SetupField {
  readonly key: 'name' | 'password' | 'host' | 'port' | 'interface' | 'broker' | 'topic';
  readonly value: string;
}

/** A first reading of a device. */
export interface TriedReading {
  readonly kind: Kind;
  /** By quantity name. */
  readonly values: Readonly<Record<string, number>>;
  /** V, of a battery that tells them. */
  readonly cells: readonly number[];
}

/** Where the adding of a device is. */
export type SetupStep =
  | { readonly step: 'choice' }
  | {
      readonly step: 'search';
      /** `waiting`: the adapter is busy with another device. */
      readonly phase: 'waiting' | 'searching' | 'over';
      /** When the search began, monotonic ms. */
      readonly begun: number;
      readonly found: Found;
      readonly trouble: SetupReport | undefined;
    }
  /** Without `ports` while they are looked up. */
  | { readonly step: 'ports'; readonly type: string; readonly ports: readonly string[] | undefined }
  | { readonly step: 'ask'; readonly type: string; readonly asked: AskedSetting }
  | {
      readonly step: 'form';
      readonly type: string;
      /** Its address or its port; empty where that is a field. */
      readonly place: string;
      readonly fields: readonly SetupField[];
      readonly problem: SetupReport | undefined;
    }
  | { readonly step: 'trying'; readonly name: string; readonly report: SetupReport }
  | { readonly step: 'tried'; readonly entry: DeviceEntry; readonly reading: TriedReading }
  | { readonly step: 'failed'; readonly name: string; readonly trouble: SetupReport };

/** What is there already when a device is added. */
export interface SetupContext {
  /** The devices that it would stand beside. */
  readonly entries: readonly DeviceEntry[];
  /** Which batteries are read as one. */
  readonly bank: SavedDevices['bank'];
  /** The UDP port that is listened to while no device is listed. */
  readonly usedPort: number | undefined;
}

/** The adding of a device, step by step. */
export interface DeviceSetup {
  /** `undefined` while none is being added. */
  readonly step: SetupStep | undefined;
  start(context: SetupContext): void;
  choose(choice: AddChoice): void;
  /** Searches, or looks the ports up, once more. */
  again(): void;
  pick(device: FoundDevice): void;
  pickPort(port: string): void;
  /** Chooses a value of what is asked for. */
  answer(value: string | number): void;
  set(key: SetupField['key'], value: string): void;
  /** True for what can be the name of this device. */
  isName(text: string): boolean;
  isTaken(name: string): boolean;
  /** Tries to read it. */
  tryIt(): void;
  /** Ends what is under way: nobody is looking any more. */
  pause(): void;
  /** One step back; from the first, none is being added any more. */
  back(): void;
  cancel(): void;
}

import type { Freshness } from '../../../model/freshness';
import type { LoadResult } from '../../../model/load-switch';
import type { Field } from '../field';
import type { InformationLine } from '../service';
import type { DeviceSetup } from './setup-view';

/** A device as it stands in the settings: its type, its name, and what else belongs to the type. */
export interface DeviceEntry {
  readonly type: string;
  readonly name: string;
  readonly [key: string]: unknown;
}

/** The load output of a charger. */
export interface LoadOutput {
  /** `undefined` while it is not known. */
  readonly on: boolean | undefined;
  /** Never rejects. */
  switch(on: boolean): Promise<LoadResult>;
}

/** How a device is received. */
export interface LiveDevice {
  readonly freshness: Freshness;
  /** ms since its last answer; Infinity when there was none. */
  readonly age: number;
  /** dBm, of a Bluetooth device when it was last searched for. */
  readonly signal: number | undefined;
  /** What its source says: one sentence. */
  readonly text: string;
  /** A, + is charging; `undefined` while it is not known. */
  readonly current?: number | undefined;
  /** What it says of itself, such as its model. */
  readonly facts?: readonly InformationLine[];
  /** Of a charger whose load output can be switched. */
  readonly load?: LoadOutput;
}

/** The one battery that is read while the list of devices is empty. */
export interface OnlySource {
  /** A type of device, or the name of a source that stands for one. */
  readonly type: string;
  readonly name: string;
  readonly live: LiveDevice;
  /** As a device of the list, to be read beside one that is added; `undefined` for what can't be, or was never received. */
  readonly entry: DeviceEntry | undefined;
  /** The UDP port that it is received at. */
  readonly port: number | undefined;
}

/** What the settings have of devices. */
export interface SavedDevices {
  readonly devices: readonly DeviceEntry[];
  /** Which batteries are read as one: all of them, none, or those with these names. */
  readonly bank: 'all' | 'off' | readonly string[];
}

/** A device whose settings are edited: its place in the list, and the list as it would be saved. */
export interface EditedDevice extends SavedDevices {
  readonly index: number;
  /** The device as it is saved; `undefined` for one that is new. */
  readonly saved: DeviceEntry | undefined;
  /** Which batteries are read as one as it is saved. */
  readonly savedBank: SavedDevices['bank'];
}

/** The site's devices, for the pages on which they are seen and set up. */
export interface DevicesDesk {
  /** As they were saved last. */
  readonly saved: SavedDevices;
  /** Why the list can't be changed here, such as `set by --device`; empty when it can. */
  readonly fixed: string;
  readonly only: OnlySource;
  /** Adds a device; absent where that can't be done. */
  readonly setup?: DeviceSetup;
  /** Nothing at all was received since the start, from no device. */
  readonly isSilent: boolean;
  /** How a device that is read now is received; `undefined` for a name that none has. */
  live(name: string): LiveDevice | undefined;
  /**
   * What can be set of a device, over the values of its entry and `bank`: its type's settings, its bank, and whether it is taken
   * out. `undefined` while the types are being loaded.
   */
  fields(device: EditedDevice): readonly Field[] | undefined;
  /** True for what can be the name of a device. */
  isName(text: string): boolean;
}

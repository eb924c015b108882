/** What a device is to its site: it decides which quantities it can have and how screens show it. */
export type Kind = 'battery' | 'solar-charger' | 'meter';

/**
 * What one message of a device said: the one thing that every way in yields. Units and signs are the house's own
 * (`quantities` says which): current and power are positive into a battery.
 */
export interface Reading {
  /** The device's name within the site. */
  readonly device: string;
  /** When it was received, monotonic ms. */
  readonly at: number;
  /** Values that are told together and age together, such as `0x150`, `basic`, `cells`. */
  readonly group: string;
  /** ms between two of the group, as long as the device has not shown its own habit. */
  readonly period: number;
  /**
   * By quantity name. What an earlier reading of the group told and this one leaves out is unknown from now on; so is a
   * value that is not a finite number.
   */
  readonly values: Readonly<Record<string, number>>;
  /**
   * ms for which a value of this group is preferred to the same value of other groups: a finer measurement of one thing.
   * Absent: not preferred.
   */
  readonly preferred?: number;
  /** By quantity, the smallest difference that the group can tell, where that is coarser than the quantity is shown. */
  readonly resolution?: Readonly<Record<string, number>>;
  /** Firmware, model, states in words; kept until the group tells others. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Neighbouring cells, placed by `first`, never by order of arrival. */
  readonly cells?: CellReading;
  /** °C by probe; `undefined` where a probe tells nothing. */
  readonly temperatures?: readonly (number | undefined)[];
  /** °C by cell, where a device measures each. */
  readonly cellTemperatures?: readonly (number | undefined)[];
  /** Numbers (from 1) of the cells that are being balanced. */
  readonly balancing?: readonly number[];
  /** All that the device told in an interval that is over now, for a store that keeps it as another program did. */
  readonly record?: DeviceRecord;
}

/** A row that a device has told, in its own terms and not in the house's units and signs. */
export interface DeviceRecord {
  /** The table that it belongs to. */
  readonly table: 'battery_pack';
  /** By column; null is what was not told. */
  readonly values: Readonly<Record<string, number | string | null>>;
}

/** A reading of a device that is known, heard by somebody else some time ago. */
export interface AgedReading {
  readonly reading: Omit<Reading, 'device' | 'at'>;
  /** ms since it was heard. */
  readonly age: number;
}

/** The voltages of some or all cells of a battery. */
export interface CellReading {
  /** Index of the first of them, from 0. */
  readonly first: number;
  /** Cells that the battery has; cells beyond an earlier total are forgotten. */
  readonly total: number;
  /** Cells in a module, for a battery whose modules have numbers of their own; absent where modules mean nothing. */
  readonly perModule?: number;
  /** V; `undefined` for a cell that the device says nothing of. */
  readonly volts: readonly (number | undefined)[];
}

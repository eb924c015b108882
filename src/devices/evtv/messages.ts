import type { BatteryMeasurement, BatteryMessage } from './measurement';
import type { WireNumber } from '../../protocol/little-endian';

/** Where real controllers are known to differ from the manual. All default to false: the manual's rules. */
export interface EvtvOptions {
  /**
   * 0x150 counts discharging as positive, as some controllers do: turns its current and its ampere-hours, so that
   * current, power and charge agree everywhere.
   */
  readonly invertCurrent150?: boolean;
  /** 0x151 counts discharging as positive: turns its current and its power. */
  readonly invert151?: boolean;
  /** The temperatures of 0x150 are two's complement, -128..127 °C. The manual says unsigned, 0..255 °C. */
  readonly signedTemperatures?: boolean;
  /** 0x650 and 0x651 are those of the module BMS that GEVCU listens to (module-bms.ts). */
  readonly moduleBms?: boolean;
}

/** The plain numbers of a measurement. */
export type NumericField = Exclude<keyof BatteryMeasurement, 'message' | 'module'>;

/** One number in a message. */
export interface EvtvField {
  readonly key: NumericField;
  /** Its first byte. */
  readonly offset: number;
  readonly type: WireNumber;
  /** What one unit of the value is on the wire: 10 for tenths. The value is the wire's number divided by this. */
  readonly perUnit: number;
  /** The option that turns its sign. */
  readonly turnedBy?: 'invertCurrent150' | 'invert151';
  /** True when `signedTemperatures` makes it two's complement. */
  readonly temperature?: true;
  /** True for a field beyond the manual's length, there only when the sender filled all eight bytes. */
  readonly optional?: true;
}

/** One message: every byte that means something, and how many there must be. */
export interface EvtvMessage {
  readonly id: number;
  readonly name: BatteryMessage;
  /** A frame with fewer data bytes is not used at all. */
  readonly length: number;
  readonly fields: readonly EvtvField[];
}

/**
 * The messages with plain fields. 0x150, 0x650, 0x651 (six bytes) and 0x652 are as the EVTV manual v1.21 has them;
 * 0x151, 0x683 and bytes 6 and 7 of 0x651 are what controllers in the field send besides (decoded alike by
 * wreuvers/tesla_evtv_bms and mobiletru/tesla_evtv_bms_v3). All are least significant byte first.
 */
export const evtvMessages = {
  /** The pack, in whole amperes, and its terminals. */
  pack: {
    id: 0x150,
    name: '0x150',
    length: 8,
    fields: [
      { key: 'packCurrent', offset: 0, type: 's16', perUnit: 1, turnedBy: 'invertCurrent150' },
      { key: 'packVoltage', offset: 2, type: 'u16', perUnit: 10 },
      { key: 'ampHours', offset: 4, type: 's16', perUnit: 10, turnedBy: 'invertCurrent150' },
      { key: 'temperatureMax', offset: 6, type: 'u8', perUnit: 1, temperature: true },
      { key: 'temperatureMin', offset: 7, type: 'u8', perUnit: 1, temperature: true },
    ],
  },
  /** Current and power in hundredths. */
  finePower: {
    id: 0x151,
    name: '0x151',
    length: 8,
    fields: [
      { key: 'fineCurrent', offset: 0, type: 's32', perUnit: 100, turnedBy: 'invert151' },
      { key: 'finePower', offset: 4, type: 's32', perUnit: 100, turnedBy: 'invert151' },
    ],
  },
  /** Only byte 0: other products of the same maker send other things behind it. */
  stateOfCharge: {
    id: 0x650,
    name: '0x650',
    length: 1,
    fields: [{ key: 'stateOfCharge', offset: 0, type: 'u8', perUnit: 2 }],
  },
  /** Lowest, highest and mean cell. */
  cellSummary: {
    id: 0x651,
    name: '0x651',
    length: 6,
    fields: [
      { key: 'cellLow', offset: 0, type: 'u16', perUnit: 1000 },
      { key: 'cellHigh', offset: 2, type: 'u16', perUnit: 1000 },
      { key: 'cellAverage', offset: 4, type: 'u16', perUnit: 1000 },
      { key: 'maxCells', offset: 6, type: 'u8', perUnit: 1, optional: true },
      { key: 'activeCells', offset: 7, type: 'u8', perUnit: 1, optional: true },
    ],
  },
  /** Where charging and discharging are cut off; bytes 0 to 3 mean nothing. */
  cutoffs: {
    id: 0x652,
    name: '0x652',
    length: 8,
    fields: [
      { key: 'highCutoff', offset: 4, type: 'u16', perUnit: 10 },
      { key: 'lowCutoff', offset: 6, type: 'u16', perUnit: 10 },
    ],
  },
  /** What inverter and charger are asked for. */
  setPoints: {
    id: 0x683,
    name: '0x683',
    length: 6,
    fields: [
      { key: 'frequencyShiftVolts', offset: 2, type: 'u16', perUnit: 100 },
      { key: 'chargerAmps', offset: 4, type: 'u16', perUnit: 10 },
    ],
  },
} as const satisfies Record<string, EvtvMessage>;

/**
 * The cells of one module (manual, 0x68F): byte 0 its number from 0, byte 1 how many there are, bytes 2 to 7 one cell
 * each in hundredths of a volt above 2 V.
 */
export const moduleMessage = {
  id: 0x68f,
  name: '0x68F',
  length: 8,
  firstCell: 2,
  perUnit: 100,
  base: 200,
} as const;

const lengths: ReadonlyMap<number, number> = new Map(
  [...Object.values(evtvMessages), moduleMessage].map(({ id, length }) => [id, length]),
);

/** Data bytes that the message with this id must have to be used; `undefined` for one that is not decoded. */
export function evtvLength(id: number): number | undefined {
  return lengths.get(id);
}

/** Every id that is decoded: what a CAN interface is asked to let through. */
export const evtvIds: readonly number[] = [
  ...Object.values(evtvMessages).map((message) => message.id),
  moduleMessage.id,
];

/** What a message is of: two with the same number replace each other. `undefined` for one that is not decoded. */
export function evtvPart({
  id,
  data,
}: {
  readonly id: number;
  readonly data: Uint8Array;
}): number | undefined {
  if (!lengths.has(id)) return undefined;
  return id === moduleMessage.id ? id * 256 + (data[0] ?? 0) : id * 256;
}

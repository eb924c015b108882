/** Register 03, in units of the house; plausibility is not looked at. */
export interface BasicInfo {
  /** V */
  readonly voltage: number;
  /** A, + charging. */
  readonly current: number;
  /** Ah */
  readonly remaining: number;
  /** Ah */
  readonly nominal: number;
  readonly cycles: number;
  /** Packed; see `productionDate`. */
  readonly produced: number;
  /** Cells 1 to 16, bit 0 first. */
  readonly balanceLow: number;
  /** Cells 17 to 32. */
  readonly balanceHigh: number;
  readonly protection: number;
  /** 10 (hexadecimal) is 1.0. */
  readonly software: number;
  /** % */
  readonly charge: number;
  /** Bit 0 charging, bit 1 discharging allowed. */
  readonly switches: number;
  readonly cells: number;
  readonly probes: number;
  /** °C by probe, as many as there are bytes for. */
  readonly temperatures: readonly number[];
  /** Of the long form. */
  readonly tail?: BasicTail;
}

/** What the long form of register 03 has more. */
export interface BasicTail {
  /** % */
  readonly humidity: number;
  readonly alarms: number;
  /** Ah */
  readonly full: number;
  /** Ah; the same as in the short form. */
  readonly remaining: number;
  /** As it is on the wire: what it means differs. */
  readonly balanceCurrent: number;
}

interface Field {
  readonly at: number;
  readonly type: 'u8' | 'u16' | 's16';
  /** Units on the wire that make one of ours. */
  readonly per?: number;
}
type Fields<T> = Readonly<Record<keyof T, Field>>;

const basicFields: Fields<Omit<BasicInfo, 'temperatures' | 'tail'>> = {
  voltage: { at: 0, type: 'u16', per: 100 },
  current: { at: 2, type: 's16', per: 100 },
  remaining: { at: 4, type: 'u16', per: 100 },
  nominal: { at: 6, type: 'u16', per: 100 },
  cycles: { at: 8, type: 'u16' },
  produced: { at: 10, type: 'u16' },
  balanceLow: { at: 12, type: 'u16' },
  balanceHigh: { at: 14, type: 'u16' },
  protection: { at: 16, type: 'u16' },
  software: { at: 18, type: 'u8' },
  charge: { at: 19, type: 'u8' },
  switches: { at: 20, type: 'u8' },
  cells: { at: 21, type: 'u8' },
  probes: { at: 22, type: 'u8' },
};
const basicLength = 23;

const tailFields: Fields<BasicTail> = {
  humidity: { at: 0, type: 'u8' },
  alarms: { at: 1, type: 'u16' },
  full: { at: 3, type: 'u16', per: 100 },
  remaining: { at: 5, type: 'u16', per: 100 },
  balanceCurrent: { at: 7, type: 'u16' },
};
const tailLength = 9;

/** 0 °C in tenths of a kelvin. */
const freezing = 2731;

/** Register AA: how often each protection stepped in, in the order on the wire, and how often the electronics restarted. */
export const counterNames = [
  'shortCircuitCount',
  'chargeOverCurrentCount',
  'dischargeOverCurrentCount',
  'cellOverVoltageCount',
  'cellUnderVoltageCount',
  'chargeOverTemperatureCount',
  'chargeUnderTemperatureCount',
  'dischargeOverTemperatureCount',
  'dischargeUnderTemperatureCount',
  'packOverVoltageCount',
  'packUnderVoltageCount',
  'restartCount',
] as const;
const counterLength = 22;

/** Register 03, short or long; bytes behind are passed over. Undefined when there are fewer than 23. */
export function decodeBasic(data: Uint8Array): BasicInfo | undefined {
  if (data.length < basicLength) return undefined;
  const basic = readFields(data, 0, basicFields);
  const count = Math.min(basic.probes, (data.length - basicLength) >> 1);
  const temperatures = Array.from(
    { length: count },
    (_, probe) => (u16(data, basicLength + 2 * probe) - freezing) / 10,
  );
  const tailAt = basicLength + 2 * basic.probes;
  if (data.length < tailAt + tailLength) return { ...basic, temperatures };
  return { ...basic, temperatures, tail: readFields(data, tailAt, tailFields) };
}

/** Register 04: mV by cell. How many there are is told by the length alone. */
export function decodeCells(data: Uint8Array): number[] {
  return Array.from({ length: data.length >> 1 }, (_, cell) => u16(data, 2 * cell));
}

/** Register 05: what the maker calls the electronics. Empty when there is nothing that can be printed. */
export function decodeModel(data: Uint8Array): string {
  return Buffer.from(data)
    .toString('latin1')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .trim();
}

/** Register AA, by the names above; undefined when there are fewer than 22 bytes. The twelfth may be missing. */
export function decodeCounters(data: Uint8Array): Record<string, number> | undefined {
  if (data.length < counterLength) return undefined;
  const known = counterNames.slice(0, data.length >> 1);
  return Object.fromEntries(known.map((name, word) => [name, u16(data, 2 * word)]));
}

/** The day in a date of register 03 as `2022-03-28`; undefined when there is no such day. */
export function productionDate(packed: number): string | undefined {
  const year = 2000 + (packed >> 9);
  const month = (packed >> 5) & 0x0f;
  const day = packed & 0x1f;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

/** Numbers, from 1, of the cells whose bits are set: bit 0 of the lower word is cell 1. */
export function balancingCells(low: number, high: number): number[] {
  const word = low + high * 0x10000;
  return Array.from({ length: 32 }, (_, bit) => bit + 1).filter((cell) => (word >>> (cell - 1)) & 1);
}

function readFields<T>(data: Uint8Array, from: number, fields: Fields<T>): { [K in keyof T]: number } {
  const values = {} as { [K in keyof T]: number };
  for (const name of Object.keys(fields) as (keyof T)[]) {
    const { at, type, per = 1 } = fields[name];
    const raw = type === 'u8' ? (data[from + at] ?? 0) : u16(data, from + at);
    values[name] = (type === 's16' && raw >= 0x8000 ? raw - 0x10000 : raw) / per;
  }
  return values;
}

function u16(data: Uint8Array, at: number): number {
  return ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
}

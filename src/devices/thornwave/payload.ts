/**
 * What one read of a PowerMon tells, in units of the house and with the meter's own signs. A number that is NaN, infinite or
 * beyond what a meter can measure is left out.
 */
export interface MeterValues {
  readonly stateOfCharge?: number;
  readonly voltage?: number;
  readonly voltage2?: number;
  readonly current?: number;
  readonly power?: number;
  readonly temperature?: number;
  /** Ah */
  readonly charge?: number;
  /** Wh */
  readonly energy?: number;
  readonly peakCurrent?: number;
  /** s */
  readonly uptime?: number;
}

/** A read, decoded. */
export interface MeterPayload {
  readonly values: MeterValues;
  /** The meter's clock; local time without a zone where the meter keeps that. */
  readonly clock: string | undefined;
  /** Names of the numbers that were left out. */
  readonly unknown: readonly (keyof MeterValues)[];
}

interface Field {
  readonly name: keyof MeterValues;
  readonly at: number;
  readonly type: 'half-percent' | 'f32' | 'milli-s64' | 'u32';
  /** The greatest magnitude that can be. */
  readonly most: number;
}

/** How the values lie in a read. */
export interface MeterLayout {
  readonly service: string;
  readonly characteristic: string;
  /** Bytes that all fields need; firmware may send more. */
  readonly leastLength: number;
  /** Bytes that the known firmware sends. */
  readonly length: number;
  readonly fields: readonly Field[];
  readonly clock: (bytes: DataView) => string | undefined;
}

const volts = 1000;
const amperes = 10_000;
const watts = 10_000_000;
const celsius = 200;
/** Of Ah and Wh; more than any meter counts in its life. */
const counted = 1e12;
const seconds = 0xffffffff;

/** Firmware up to 2.03. */
export const oldLayout: MeterLayout = {
  service: '7a95ce00-0ea8-1bcc-71a2-fc7539b81c9c',
  characteristic: '7a95ce01-0ea8-1bcc-71a2-fc7539b81c9c',
  leastLength: 52,
  length: 52,
  fields: [
    { name: 'stateOfCharge', at: 3, type: 'half-percent', most: 100 },
    { name: 'voltage', at: 4, type: 'f32', most: volts },
    { name: 'voltage2', at: 8, type: 'f32', most: volts },
    { name: 'current', at: 12, type: 'f32', most: amperes },
    { name: 'power', at: 16, type: 'f32', most: watts },
    { name: 'temperature', at: 20, type: 'f32', most: celsius },
    { name: 'energy', at: 24, type: 'milli-s64', most: counted },
    { name: 'charge', at: 32, type: 'milli-s64', most: counted },
    { name: 'uptime', at: 40, type: 'u32', most: seconds },
    { name: 'peakCurrent', at: 48, type: 'f32', most: amperes },
  ],
  clock: (bytes) => packedTime(bytes.getUint32(44, true)),
};

/** Later firmware. Byte 50, which may be the state of charge, is not read: nothing says that it is. */
export const newLayout: MeterLayout = {
  service: 'ec7c0000-2c7b-1539-172f-29d041beab3e',
  characteristic: 'ec7c0001-2c7b-1539-172f-29d041beab3e',
  leastLength: 49,
  length: 54,
  fields: [
    { name: 'voltage', at: 13, type: 'f32', most: volts },
    { name: 'voltage2', at: 17, type: 'f32', most: volts },
    { name: 'current', at: 21, type: 'f32', most: amperes },
    { name: 'power', at: 25, type: 'f32', most: watts },
    { name: 'charge', at: 29, type: 'milli-s64', most: counted },
    { name: 'energy', at: 37, type: 'milli-s64', most: counted },
    { name: 'temperature', at: 45, type: 'f32', most: celsius },
  ],
  clock: (bytes) => unixTime(bytes.getUint32(5, true)),
};

/** Both, the older first. */
export const meterLayouts = [oldLayout, newLayout] as const;

/** Decodes a read; `undefined` when it is shorter than the layout's fields. Never throws. */
export function decodePayload(bytes: Uint8Array, layout: MeterLayout): MeterPayload | undefined {
  if (bytes.length < layout.leastLength) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: { -readonly [name in keyof MeterValues]: number } = {};
  const unknown: (keyof MeterValues)[] = [];
  for (const field of layout.fields) {
    const value = readField(view, field);
    if (Math.abs(value) <= field.most) values[field.name] = value;
    else unknown.push(field.name);
  }
  return { values, clock: layout.clock(view), unknown };
}

/** The bytes of a read with these values, as a meter of the layout gives them; its clock was never set. */
export function encodePayload(values: MeterValues, { fields, length }: MeterLayout): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (const { name, at, type } of fields) {
    const value = values[name] ?? 0;
    if (type === 'half-percent') view.setUint8(at, Math.round(value * 2));
    else if (type === 'f32') view.setFloat32(at, value, true);
    else if (type === 'u32') view.setUint32(at, value, true);
    else view.setBigInt64(at, BigInt(Math.round(value * 1000)), true);
  }
  return bytes;
}

function readField(view: DataView, { at, type }: Field): number {
  switch (type) {
    case 'half-percent':
      return view.getUint8(at) / 2;
    case 'f32':
      return view.getFloat32(at, true);
    case 'milli-s64':
      return Number(view.getBigInt64(at, true)) / 1000;
    case 'u32':
      return view.getUint32(at, true);
  }
}

/** Six bits of second and of minute, five of hour and of day, four of month, six of the year from 2017; local time. */
function packedTime(packed: number): string | undefined {
  const take = (from: number, count: number): number => (packed >>> from) & ((1 << count) - 1);
  const date = [2017 + take(26, 6), take(22, 4) - 1, take(17, 5)] as const;
  const time = [take(12, 5), take(6, 6), take(0, 6)] as const;
  const at = new Date(Date.UTC(...date, ...time));
  const right =
    at.getUTCMonth() === date[1] &&
    at.getUTCDate() === date[2] &&
    at.getUTCHours() === time[0] &&
    at.getUTCMinutes() === time[1] &&
    at.getUTCSeconds() === time[2];
  return right ? at.toISOString().slice(0, 19) : undefined;
}

/** The clock of a meter that was never set stands near 0. */
function unixTime(secondsSince1970: number): string | undefined {
  const earliest = Date.UTC(2015, 0) / 1000;
  if (secondsSince1970 < earliest) return undefined;
  return `${new Date(secondsSince1970 * 1000).toISOString().slice(0, 19)}Z`;
}

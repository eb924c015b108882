/**
 * The registers of LiTime's MPPT controllers (also sold as HQST and Helios), 16 bits each, high byte first. They resemble
 * those of the SRNE family, shifted by one.
 */
export interface RegisterBlock {
  readonly start: number;
  readonly count: number;
}

/** Ratings, model and revision: constants. */
export const ratingsBlock: RegisterBlock = { start: 0x000a, count: 0x0b };
/** All that changes. */
export const statusBlock: RegisterBlock = { start: 0x0101, count: 0x13 };
/** Written to switch the load output: 1 on, 0 off. */
export const loadRegister = 0x0120;
/** The address of every controller on its own link. */
export const controllerAddress = 1;

/** What a controller says of itself once. */
export interface Ratings {
  /** A. */
  readonly chargeCurrent: number;
  /** A. */
  readonly loadCurrent: number;
  /** V. */
  readonly systemVoltageMax: number;
  /** V. */
  readonly systemVoltageMin: number;
  /** Empty when the controller tells none. */
  readonly model: string;
  /** Such as `1.04`. */
  readonly revision: string;
}

/** What a controller says at each poll. `undefined` is unknown: no probe, or a number that can't be. */
export interface Status {
  /** %. */
  readonly stateOfCharge: number | undefined;
  readonly batteryVoltage: number;
  readonly chargeCurrent: number;
  readonly chargePower: number;
  readonly controllerTemperature: number | undefined;
  readonly batteryTemperature: number | undefined;
  readonly loadVoltage: number;
  readonly loadCurrent: number;
  readonly loadPower: number;
  readonly pvVoltage: number;
  /** W. */
  readonly maxPowerToday: number;
  /** Wh. */
  readonly chargedToday: number;
  /** Wh. */
  readonly dischargedToday: number;
  readonly loadOn: boolean;
  /** The whole byte: the switch in bit 7, a lamp's brightness in the others. */
  readonly loadStatus: number;
  readonly chargeMode: number;
  readonly alarmBits: number;
  readonly days: number;
  /** Wh. */
  readonly chargedTotal: number;
  /** Wh. */
  readonly dischargedTotal: number;
}

/** Decodes the data of a reply by its length; `undefined` for a length that is neither block's. Never throws. */
export function decodeRegisters(
  data: Uint8Array,
): { readonly ratings: Ratings } | { readonly status: Status } | undefined {
  if (data.length === ratingsBlock.count * 2) return { ratings: decodeRatings(data) };
  if (data.length === statusBlock.count * 2) return { status: decodeStatus(data) };
  return undefined;
}

function decodeRatings(data: Uint8Array): Ratings {
  const [chargeCurrent = 0, loadCurrent = 0, systemVoltageMax = 0, systemVoltageMin = 0] = data;
  const model = String.fromCharCode(...data.subarray(4, 20)).replace(/[^\x20-\x7e]/g, '');
  const revision = (view(data).getUint16(20) / 100).toFixed(2);
  return { chargeCurrent, loadCurrent, systemVoltageMax, systemVoltageMin, model: model.trim(), revision };
}

const noProbe = 0xff;
const loadOnBit = 0x80;

function decodeStatus(data: Uint8Array): Status {
  const bytes = view(data);
  const register = (address: number): number => bytes.getUint16(offsetOf(address));
  const long = (address: number): number => bytes.getUint32(offsetOf(address));
  const high = (address: number): number => bytes.getUint8(offsetOf(address));
  const low = (address: number): number => bytes.getUint8(offsetOf(address) + 1);
  const charge = register(0x0101);
  return {
    stateOfCharge: charge > 100 ? undefined : charge,
    batteryVoltage: register(0x0102) / 10,
    chargeCurrent: register(0x0103) / 100,
    chargePower: register(0x0104),
    controllerTemperature: temperatureOf(high(0x0105)),
    batteryTemperature: low(0x0105) === noProbe ? undefined : temperatureOf(low(0x0105)),
    loadVoltage: register(0x0106) / 10,
    loadCurrent: register(0x0107) / 100,
    loadPower: register(0x0108),
    pvVoltage: register(0x0109) / 10,
    maxPowerToday: register(0x010a),
    chargedToday: register(0x010b),
    dischargedToday: register(0x010c),
    loadOn: (high(0x010d) & loadOnBit) !== 0,
    loadStatus: high(0x010d),
    chargeMode: low(0x010d),
    alarmBits: register(0x010e),
    days: register(0x010f),
    chargedTotal: long(0x0110),
    dischargedTotal: long(0x0112),
  };
}

const offsetOf = (address: number): number => (address - statusBlock.start) * 2;

function view(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

const coldest = -40;

/**
 * °C of a byte. How a temperature below zero is written is documented nowhere: two's complement, or a sign bit as in the
 * SRNE family. Only one of the two gives a temperature that a controller survives; where neither does, it is unknown.
 */
export function temperatureOf(byte: number): number | undefined {
  if (byte < 0x80) return byte;
  const signBit = -(byte & 0x7f);
  return [byte - 0x100, signBit].find((value) => value >= coldest && value < 0);
}

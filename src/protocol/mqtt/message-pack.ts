import { encode } from '@msgpack/msgpack';
import type { Battery } from '../../model/battery';
import type { Device } from '../../model/device';

/** Where a device is found. */
export interface MessagePackBus {
  readonly name: string;
  /** Its Bluetooth address; null for one on a cable. */
  readonly address: string | null;
}

type Raw = number | null;

/** 0 °C in tenths of a kelvin. */
const freezing = 2731;

/** Groups of a JBD battery that make a sample. */
export const batterySample = ['basic', 'cells'] as const;
/** The same of a LiTime charger. */
export const chargerSample = ['status'] as const;

/**
 * A JBD battery as one MessagePack map with the short keys and raw scaled integers of its own monitor (topics
 * `JBD_BMS/<n>/msgpack`). What is not known is nil.
 *
 * @param now monotonic ms @param wall the time of day, as a MessagePack timestamp
 */
export function batteryPack(bus: MessagePackBus, battery: Battery, now: number, wall: Date): Uint8Array {
  const of = reader(battery, now);
  const balancing = of('balancingCells', 1);
  const probes = battery.list('temperatures', now) ?? [];
  const cells = battery.cells.freshness(now) === 'lost' ? [] : battery.cells.voltages(now);
  const [charge, discharge] = [of('chargeSwitch', 1), of('dischargeSwitch', 1)];
  return encode({
    utc: wall,
    bus: busOf(bus),
    dev: {
      hv: battery.texts.get('model') ?? null,
      sv: softwareOf(battery.texts.get('firmware')),
      pd: dateOf(battery.texts.get('produced')),
    },
    bm: {
      tv: of('voltage', 100),
      c: of('current', 100),
      nc: of('nominalCapacity', 100),
      rc: of('remainingCapacity', 100),
      soc: of('stateOfCharge', 1),
      cyc: of('cycles', 1),
      eq: balancing === null ? null : balancing % 0x10000,
      eqh: balancing === null ? null : Math.floor(balancing / 0x10000),
      ps: of('protection', 1),
      fet: charge === null || discharge === null ? null : charge + 2 * discharge,
    },
    tp: { n: probes.length, t: probes.map((celsius) => scaled(celsius, 10, freezing)) },
    bc: { n: cells.length, v: cells.map((volts) => scaled(volts, 1000)) },
  });
}

/** A LiTime charger likewise (topics `LiTime_MPPT/<n>/msgpack`). */
export function chargerPack(bus: MessagePackBus, charger: Device, now: number, wall: Date): Uint8Array {
  const of = reader(charger, now);
  return encode({
    utc: wall,
    bus: busOf(bus),
    rac: { c: of('ratedChargeCurrent', 1), d: of('ratedLoadCurrent', 1) },
    syv: { x: of('systemVoltageMax', 1), n: of('systemVoltageMin', 1) },
    dev: { m: charger.texts.get('model') ?? null, r: scaled(numberOf(charger.texts.get('revision')), 100) },
    bt: {
      soc: of('stateOfCharge', 1),
      v: of('batteryVoltage', 10),
      c: of('chargeCurrent', 100),
      p: of('chargePower', 1),
    },
    tp: { ct: of('controllerTemperature', 1), bt: of('batteryTemperature', 1) },
    ld: { v: of('loadVoltage', 10), c: of('loadCurrent', 100), p: of('loadPower', 1) },
    pv: { v: of('pvVoltage', 10) },
    st: { ld: of('loadStatus', 1), ch: of('chargeMode', 1), al: of('alarmBits', 1) },
    ds: { mp: of('maxPowerToday', 1), c: of('chargedToday', 1), d: of('dischargedToday', 1) },
    ta: { dy: of('days', 1), c: of('chargedTotal', 1), d: of('dischargedTotal', 1) },
  });
}

function busOf({ name, address }: MessagePackBus): {
  readonly t: string;
  readonly n: string;
  readonly a: string | null;
} {
  return { t: address === null ? 'serial' : 'ble', n: name, a: address };
}

function reader(device: Device, now: number): (quantity: string, per: number) => Raw {
  return (quantity, per) => scaled(device.quantity(quantity, now).value, per);
}

function scaled(value: number | undefined, per: number, offset = 0): Raw {
  return value === undefined || !Number.isFinite(value) ? null : Math.round(value * per) + offset;
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** `1.0` is 10 hexadecimal on the wire. */
function softwareOf(firmware: string | undefined): Raw {
  const [, high, low] = /^(\d+)\.(\d+)$/.exec(firmware ?? '') ?? [];
  return high === undefined || low === undefined ? null : Number(high) * 16 + Number(low);
}

/** Years since 2000, month and day in 7, 4 and 5 bits, as on the wire. */
function dateOf(produced: string | undefined): Raw {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(produced ?? '') ?? [];
  return day === undefined ? null : (Number(year) - 2000) * 512 + Number(month) * 32 + Number(day);
}

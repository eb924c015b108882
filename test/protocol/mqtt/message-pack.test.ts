import { decode } from '@msgpack/msgpack';
import { Battery } from '../../../src/model/battery';
import { Device } from '../../../src/model/device';
import { batteryPack, chargerPack } from '../../../src/protocol/mqtt/message-pack';

const wall = new Date('2026-11-28T05:31:02.125Z');
const bus = { name: 'house', address: 'A4:C1:37:04:2D:BE' };

test('S1.20: a JBD battery is one map with short keys, raw scaled integers and its time', () => {
  const battery = new Battery('house');
  battery.apply({
    device: 'house',
    at: 1000,
    group: 'basic',
    period: 27_000,
    values: {
      ...{ voltage: 13.31, current: -2.87, remainingCapacity: 234.1, nominalCapacity: 300, cycles: 42 },
      ...{ stateOfCharge: 78, protection: 5, chargeSwitch: 1, dischargeSwitch: 1, balancingCells: 0x20003 },
    },
    texts: { firmware: '1.6', produced: '2022-03-28' },
    temperatures: [22.4, undefined, -5],
  });
  const cells = { first: 0, total: 3, volts: [3.33, undefined, 3.332] };
  battery.apply({ device: 'house', at: 1000, group: 'cells', period: 27_000, values: {}, cells });
  expect(decode(batteryPack(bus, battery, 1500, wall))).toEqual({
    utc: wall,
    bus: { t: 'ble', n: 'house', a: 'A4:C1:37:04:2D:BE' },
    dev: { hv: null, sv: 0x16, pd: 22 * 512 + 3 * 32 + 28 },
    bm: { tv: 1331, c: -287, nc: 30_000, rc: 23_410, soc: 78, cyc: 42, eq: 3, eqh: 2, ps: 5, fet: 3 },
    tp: { n: 3, t: [2955, null, 2681] },
    bc: { n: 3, v: [3330, null, 3332] },
  });
});

test('S1.20: a LiTime charger likewise', () => {
  const charger = new Device('roof', 'solar-charger');
  const ratings = {
    ratedChargeCurrent: 60,
    ratedLoadCurrent: 20,
    systemVoltageMax: 48,
    systemVoltageMin: 12,
  };
  charger.apply({
    ...{ device: 'roof', at: 0, group: 'ratings', period: Infinity, values: ratings },
    texts: { model: 'M4860', revision: '1.04' },
  });
  charger.apply({
    ...{ device: 'roof', at: 1000, group: 'status', period: 27_000 },
    values: {
      ...{ stateOfCharge: 95, batteryVoltage: 13.4, chargeCurrent: 5.25, chargePower: 70, loadVoltage: 13.4 },
      ...{ loadCurrent: 0.5, loadPower: 6, pvVoltage: 36.1, controllerTemperature: 31, maxPowerToday: 120 },
      ...{ chargedToday: 400, dischargedToday: 30, days: 12, chargedTotal: 70_000, dischargedTotal: 900 },
      ...{ loadSwitch: 1, loadStatus: 0x80, chargeMode: 2, alarmBits: 0 },
    },
  });
  expect(decode(chargerPack({ name: 'roof', address: null }, charger, 1500, wall))).toEqual({
    utc: wall,
    bus: { t: 'serial', n: 'roof', a: null },
    rac: { c: 60, d: 20 },
    syv: { x: 48, n: 12 },
    dev: { m: 'M4860', r: 104 },
    bt: { soc: 95, v: 134, c: 525, p: 70 },
    tp: { ct: 31, bt: null },
    ld: { v: 134, c: 50, p: 6 },
    pv: { v: 361 },
    st: { ld: 128, ch: 2, al: 0 },
    ds: { mp: 120, c: 400, d: 30 },
    ta: { dy: 12, c: 70_000, d: 900 },
  });
});

test('the time is a MessagePack timestamp, which other libraries read as one', () => {
  const bytes = Buffer.from(batteryPack(bus, new Battery('house'), 0, wall)).toString('hex');
  // A map of six, `utc`, and a timestamp of 64 bits: 30 bits of ns, 34 of s.
  const time = ((125_000_000n << 34n) | BigInt(Math.floor(wall.getTime() / 1000)))
    .toString(16)
    .padStart(16, '0');
  expect(bytes.startsWith(`86a3757463d7ff${time}`)).toBe(true);
});

test.each(['made 2022-03-28', '2022-03-28 or later', '28.3.2022', ''])(
  'a date of production %j that is none is nothing, and no other date',
  (produced) => {
    const battery = new Battery('house');
    battery.apply({ device: 'house', at: 0, group: 'basic', period: 1000, values: {}, texts: { produced } });
    expect(decode(batteryPack(bus, battery, 0, wall))).toMatchObject({ dev: { pd: null } });
  },
);

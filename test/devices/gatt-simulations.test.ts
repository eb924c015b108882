import type { DeviceType, DeviceValues, GattLink } from '../../src/devices/device-type';
import { jbdBle } from '../../src/devices/jbd/jbd-ble';
import { litimeBle } from '../../src/devices/litime/litime-ble';
import { SimulatedController } from '../../src/devices/litime/litime-ble-simulation';
import { loadSwitchRequest, switchLoad } from '../../src/devices/litime/load-switch';
import { thornwaveBle } from '../../src/devices/thornwave/thornwave-ble';
import { simulatedMeter } from '../../src/devices/thornwave/thornwave-ble-simulation';
import { readRegistersRequest } from '../../src/protocol/modbus-rtu';
import { gattPair } from '../../src/io/links/gatt-pair';
import { CollectingSink } from './collecting-sink';
import { VirtualClock } from './virtual-clock';

/** Reads a played device for so many ms. */
async function read(
  type: DeviceType<GattLink>,
  values: DeviceValues,
  playedValues: DeviceValues,
  ms: number,
): Promise<CollectingSink> {
  const clock = new VirtualClock();
  const services = type.simulation!.offer!(playedValues).services.map(({ uuid }) => uuid);
  const { ours, played } = gattPair(services, 'A4:C1:37:04:2D:BE');
  const stop = new AbortController();
  const sink = new CollectingSink();
  const playing = type.simulation!.play(played, { name: 'played', values: playedValues, clock }, stop.signal);
  const reading = type.converse(ours, { name: 'house', values, clock }, stop.signal, sink);
  await clock.pass(ms);
  stop.abort();
  await clock.pass(10);
  await Promise.all([playing, reading]);
  return sink;
}

describe('a played JBD battery', () => {
  it('is read without a password', async () => {
    const sink = await read(jbdBle, { every: 10 }, { cells: 16, probes: 2 }, 5000);
    expect(sink.latest('basic')!.values['voltage']).toBeCloseTo(16 * 3.3, 0);
    expect(sink.latest('cells')!.cells!.total).toBe(16);
  });

  it('hands nothing on before it was told its password', async () => {
    const locked = { locked: true, password: '123456' };
    const right = await read(jbdBle, { every: 10, password: '123456' }, locked, 10_000);
    expect(right.latest('basic')).toBeDefined();
    expect(right.troubles.filter((trouble) => trouble !== undefined)).toEqual([]);
    const wrong = await read(jbdBle, { every: 10, password: '654321' }, locked, 10_000);
    expect(wrong.readings).toEqual([]);
    expect(wrong.troubles).toEqual([{ code: 'password-refused', values: {} }]);
  });
});

test('a played LiTime controller is read, and switches its load', async () => {
  const sink = await read(litimeBle, { every: 27 }, {}, 5000);
  expect(sink.latest('ratings')!.texts).toEqual({ model: 'SIMULATED', revision: '1.04' });
  expect(sink.latest('status')!.values).toMatchObject({
    batteryVoltage: 13.6,
    loadSwitch: 1,
    stateOfCharge: 80,
  });
  const clock = new VirtualClock();
  const { ours, played } = gattPair(['ffe0'], 'A4:C1:37:04:2D:BE');
  const stop = new AbortController();
  void litimeBle.simulation!.play(played, { name: 'played', values: {}, clock }, stop.signal);
  const switching = switchLoad(ours, false, { name: 'roof', values: {}, clock }, stop.signal);
  await clock.pass(1000);
  expect(await switching).toBe('done');
  stop.abort();
});

test('a played LiTime controller refuses what it does not have, and answers no noise', () => {
  const controller = new SimulatedController();
  const exception = controller.answer(readRegistersRequest(1, 0x0200, 1), 0);
  expect(Buffer.from(exception!).subarray(0, 3).toString('hex')).toBe('018302');
  expect(controller.answer(Buffer.from('0103020000010000', 'hex'), 0)).toBeUndefined();
  expect(controller.answer(loadSwitchRequest(true).subarray(1), 0)).toBeUndefined();
});

test.each(['new', 'old'])('a played Thornwave meter with %s firmware is read', async (firmware) => {
  const sink = await read(thornwaveBle, { every: 30 }, { firmware }, 61_000);
  const { values } = sink.latest('meter')!;
  // What it last had at the third read, after a minute: its value changes once a second.
  const wanted = simulatedMeter(59);
  for (const name of ['voltage', 'current', 'power', 'charge', 'energy'] as const)
    expect(values[name]).toBeCloseTo(wanted[name]!, 4);
  expect(sink.readings).toHaveLength(3);
  expect('uptime' in values).toBe(firmware === 'old');
});

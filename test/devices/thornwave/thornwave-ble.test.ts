import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { DeviceContext } from '../../../src/devices/device-type';
import { newLayout, oldLayout } from '../../../src/devices/thornwave/payload';
import { thornwaveBle } from '../../../src/devices/thornwave/thornwave-ble';
import { CollectingSink } from '../collecting-sink';
import { FakeGattLink } from '../fake-gatt-link';
import { VirtualClock } from '../virtual-clock';

interface Vector {
  readonly hex: readonly [string];
  readonly expect: Readonly<Record<string, number>> & { readonly error?: string };
}
const [older, newer, truncated] = JSON.parse(
  readFileSync(path.join(__dirname, '../../fixtures/thornwave.json'), 'utf8'),
) as [Vector, Vector, Vector];
const old = oldLayout.characteristic;
const recent = newLayout.characteristic;

function context(values: DeviceContext['values'] = {}): DeviceContext & { readonly clock: VirtualClock } {
  return { name: 'solar', values, clock: new VirtualClock() };
}

type Piece = readonly [hex: string, characteristic?: string, at?: number];

function listen(pieces: readonly Piece[], values: DeviceContext['values'] = {}): CollectingSink {
  const sink = new CollectingSink();
  const listener = thornwaveBle.listen(context(values), sink);
  pieces.forEach(([hex, characteristic, at = 0]) =>
    listener({ at, bytes: Buffer.from(hex, 'hex'), ...(characteristic !== undefined && { characteristic }) }),
  );
  return sink;
}

function changed(hex: string, at: number, bytes: string): string {
  return hex.slice(0, 2 * at) + bytes + hex.slice(2 * at + bytes.length);
}

const nan = '0000c07f';
const infinite = '0000807f';
const only = (sink: CollectingSink): Readonly<Record<string, number>> => sink.latest('meter')!.values;

describe('a read of a Thornwave meter', () => {
  it('gives the values of the published payload of old firmware', () => {
    const { expect: expected } = older;
    const { values, texts, period } = listen([[older.hex[0], old]]).latest('meter')!;
    const named = {
      stateOfCharge: expected['soc_pct'],
      voltage: expected['v1_v'],
      voltage2: expected['v2_v'],
      current: expected['current_a'],
      power: expected['power_w'],
      temperature: expected['temp_c'],
      energy: expected['energy_wh'],
      charge: expected['charge_ah'],
      uptime: expected['uptime_s'],
      peakCurrent: expected['peak_current_a'],
    };
    expect(Object.keys(values).sort()).toEqual(Object.keys(named).sort());
    for (const [name, value] of Object.entries(named)) expect(values[name]).toBeCloseTo(value!, 4);
    expect(texts).toEqual({ clock: expected['device_time_inferred'] });
    expect(period).toBe(30_000);
  });

  it('gives the values of the published payload of new firmware', () => {
    const { expect: expected } = newer;
    const { values, texts } = listen([[newer.hex[0], recent]]).latest('meter')!;
    const named = {
      voltage: expected['v1_v'],
      voltage2: expected['v2_v'],
      current: expected['current_a'],
      power: expected['power_w'],
      charge: expected['charge_ah'],
      energy: expected['energy_wh'],
      temperature: expected['temp_c'],
    };
    expect(Object.keys(values).sort()).toEqual(Object.keys(named).sort());
    for (const [name, value] of Object.entries(named)) expect(values[name]).toBeCloseTo(value!, 4);
    expect(texts).toEqual({ clock: expected['device_time_utc'] });
  });

  it('is refused when it is too short', () => {
    expect(truncated.expect.error).toContain('too short');
    const sink = listen([
      [truncated.hex[0], old],
      [older.hex[0], old, 30_000],
    ]);
    expect(sink.readings).toHaveLength(1);
    expect(sink.rejects).toEqual({ 'short answer': 1 });
  });

  it('may be longer than the fields', () => {
    expect(listen([[`${older.hex[0]}ffff`, old]]).readings).toHaveLength(1);
    expect(listen([[newer.hex[0].slice(0, 98), recent]]).readings).toHaveLength(1);
    expect(listen([[newer.hex[0].slice(0, 96), recent]]).readings).toHaveLength(0);
  });

  it('goes by the characteristic, in capitals too, and by the length without one', () => {
    expect(only(listen([[newer.hex[0], recent.toUpperCase()]]))).not.toHaveProperty('uptime');
    expect(only(listen([[older.hex[0]]]))).toHaveProperty('uptime', 428543);
    expect(only(listen([[newer.hex[0]]]))).not.toHaveProperty('uptime');
    expect(listen([[older.hex[0], '2a00']]).readings).toHaveLength(0);
  });

  it.each([
    ['not a number', nan],
    ['infinite', infinite],
    ['beyond all measure', '00007f7f'],
  ])('leaves a current that is %s unknown, and tells the rest', (_, float) => {
    const sink = listen([[changed(older.hex[0], 12, float), old]]);
    expect(only(sink)).not.toHaveProperty('current');
    expect(only(sink)).toHaveProperty('power');
    expect(sink.details).toEqual(['current']);
    expect(sink.rejects).toEqual({ implausible: 1 });
  });

  it('leaves a state of charge above 100 % and a clock that no day has unknown', () => {
    const reading = listen([[changed(changed(older.hex[0], 3, 'ff'), 44, 'ffffffff'), old]]).latest('meter')!;
    expect(reading.values).not.toHaveProperty('stateOfCharge');
    expect(reading.texts).toEqual({});
  });

  it('turns the sign of current, power, charge and energy round where the owner wants it', () => {
    const plain = only(listen([[older.hex[0], old]]));
    const turned = only(listen([[older.hex[0], old]], { invert: true }));
    for (const name of ['current', 'power', 'charge', 'energy']) expect(turned[name]).toBe(-plain[name]!);
    for (const name of ['voltage', 'temperature', 'peakCurrent', 'stateOfCharge'])
      expect(turned[name]).toBe(plain[name]);
    const none = only(listen([[changed(older.hex[0], 12, '00000000'), old]], { invert: true }));
    expect(Object.is(none['current'], 0)).toBe(true);
  });

  it.each([1, 7, 20, 22, 48])('may be cut into pieces of %d bytes', (size) => {
    const cut = (hex: string): string[] => hex.match(new RegExp(`.{1,${2 * size}}`, 'g')) ?? [];
    const sink = listen([
      ...cut(older.hex[0]).map((hex): Piece => [hex, old, 0]),
      ...cut(newer.hex[0]).map((hex): Piece => [hex, recent, 100]),
      ...cut(older.hex[0]).map((hex): Piece => [hex, old, 30_000]),
    ]);
    expect(sink.readings.map(({ values }) => values['uptime'])).toEqual([428543, undefined, 428543]);
    expect(sink.rejects).toEqual({});
  });

  it('may begin in the middle of one that was cut', () => {
    const hex = older.hex[0];
    const sink = listen([
      [hex.slice(60), old, 0],
      [hex.slice(0, 44), old, 30_000],
      [hex.slice(44), old, 30_100],
    ]);
    expect(sink.readings).toHaveLength(1);
    expect(sink.rejects).toEqual({ 'short answer': 1 });
  });
});

describe('a conversation with a Thornwave meter', () => {
  function begin(services: readonly string[], readable: Readonly<Record<string, string>>) {
    const link = new FakeGattLink(services);
    for (const [characteristic, hex] of Object.entries(readable)) link.readable.set(characteristic, hex);
    const of = context();
    const sink = new CollectingSink();
    const stop = new AbortController();
    const done = thornwaveBle.converse(link, of, stop.signal, sink);
    return { link, sink, clock: of.clock, stop, done };
  }

  it.each([oldLayout, newLayout])('reads the layout of the service $service every 30 s', async (layout) => {
    const hex = layout === oldLayout ? older.hex[0] : newer.hex[0];
    const { sink, clock, stop, done, link } = begin([layout.service.toUpperCase()], {
      [layout.characteristic]: hex,
    });
    const begun = clock.monotonic();
    await clock.pass(65_000);
    stop.abort();
    await done;
    expect(sink.readings.map(({ at }) => at - begun)).toEqual([0, 30_000, 60_000]);
    expect(sink.troubles).toEqual([undefined]);
    expect(link.written).toEqual([]);
  });

  it('says of another device that it is none', async () => {
    const { sink, done } = begin(['180f'], {});
    await done;
    expect(sink.troubles).toEqual([{ code: 'not-thornwave', values: {} }]);
  });

  it('gives the link up after three reads that failed', async () => {
    const { sink, clock, done } = begin([oldLayout.service], {});
    await clock.pass(61_000);
    await done;
    expect(sink.troubles).toEqual([{ code: 'silent', values: {} }]);
    expect(sink.rejects).toEqual({ 'no answer': 3 });
  });

  it('waits no more than 5 s for a read that hangs', async () => {
    const { sink, clock, link, stop } = begin([oldLayout.service], { [old]: older.hex[0] });
    link.read = () => new Promise(() => undefined);
    await clock.pass(34_000);
    expect(sink.rejects).toEqual({});
    await clock.pass(2000);
    expect(sink.rejects).toEqual({ 'no answer': 1 });
    stop.abort();
  });

  it('ends when the link is lost, in the middle of a read too', async () => {
    const { link, clock, done } = begin([oldLayout.service], {});
    link.read = () => new Promise(() => undefined);
    await clock.pass(31_000);
    link.close();
    await done;
  });
});

describe('recognising a Thornwave meter', () => {
  it('goes by the services of both generations', () => {
    const of = { address: 'D0:00:00:00:00:01', name: '' };
    expect(thornwaveBle.recognises?.({ ...of, services: [oldLayout.service] })).toBe(true);
    expect(thornwaveBle.recognises?.({ ...of, services: ['180f', newLayout.service.toUpperCase()] })).toBe(
      true,
    );
    expect(thornwaveBle.recognises?.({ ...of, services: ['ffe0'] })).toBe(false);
  });
});

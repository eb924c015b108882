import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { DeviceContext } from '../../../src/devices/device-type';
import { litimeBle } from '../../../src/devices/litime/litime-ble';
import { loadSwitchRequest, switchLoad } from '../../../src/devices/litime/load-switch';
import { temperatureOf } from '../../../src/devices/litime/registers';
import { modbusCrc, withCrc } from '../../../src/protocol/modbus-rtu';
import { CollectingSink } from '../collecting-sink';
import { FakeGattLink } from '../fake-gatt-link';
import { VirtualClock } from '../virtual-clock';

interface Vector {
  readonly hex: readonly string[];
  readonly expect: Record<string, number | boolean> & { readonly registers: Record<string, number> };
}
const [example, requests] = JSON.parse(
  readFileSync(path.join(__dirname, '../../fixtures/litime-mppt.json'), 'utf8'),
) as [Vector, Vector];
const statusHex = example.hex[0]!;
const ratings = Buffer.concat([
  Buffer.from([60, 30, 48, 12]),
  Buffer.from('BT-LTMPPT4860\0\0\0', 'latin1'),
  Buffer.from([0, 104]),
]);
const framed = (data: Uint8Array): string =>
  Buffer.from(withCrc(Buffer.concat([Buffer.from([1, 3, data.length]), data]))).toString('hex');
const ratingsHex = framed(ratings);

/** The example's reply with some bytes of its data changed. */
function statusWith(changes: Readonly<Record<number, number>>): string {
  const data = Buffer.from(statusHex, 'hex').subarray(3, -2);
  for (const [at, byte] of Object.entries(changes)) data[Number(at)] = byte;
  return framed(data);
}

function context(values: DeviceContext['values'] = {}): DeviceContext & { readonly clock: VirtualClock } {
  return { name: 'roof', values, clock: new VirtualClock() };
}

function listen(pieces: readonly string[], values: DeviceContext['values'] = {}): CollectingSink {
  const sink = new CollectingSink();
  const listener = litimeBle.listen(context(values), sink);
  pieces.forEach((hex, i) => listener({ at: i, characteristic: 'ffe1', bytes: Buffer.from(hex, 'hex') }));
  return sink;
}

const cut = (hex: string, size: number): string[] => hex.match(new RegExp(`.{1,${2 * size}}`, 'g')) ?? [];

describe('a capture of a LiTime controller', () => {
  it('gives the values of the published example', () => {
    const reading = listen([statusHex]).latest('status')!;
    const { expect: expected } = example;
    expect(reading).toMatchObject({ device: 'roof', at: 0, period: 27_000 });
    expect(reading.values).toEqual({
      stateOfCharge: expected.registers['0x101'],
      batteryVoltage: expected['battery_v'],
      chargeCurrent: expected['battery_a'],
      chargePower: expected['battery_w'],
      controllerTemperature: expected['controller_temp_c'],
      loadVoltage: expected['load_v'],
      loadCurrent: expected['load_a'],
      loadPower: expected['load_w'],
      pvVoltage: expected['pv_v'],
      maxPowerToday: expected['max_power_today_w'],
      chargedToday: expected['energy_today_wh'],
      dischargedToday: 0,
      loadSwitch: expected['load_on_inferred'] === true ? 1 : 0,
      loadStatus: 0x80,
      chargeMode: expected['mode_code'],
      alarmBits: 0,
      days: expected['running_days'],
      chargedTotal: expected['energy_total_32'],
      dischargedTotal: 0,
    });
    expect(reading.texts).toEqual({ mode: 'boost' });
  });

  it('knows the CRC of all published frames', () => {
    for (const hex of [...example.hex, ...requests.hex]) expect(modbusCrc(Buffer.from(hex, 'hex'))).toBe(0);
  });

  it('tells ratings from status by their length', () => {
    const sink = listen([ratingsHex, statusHex]);
    expect(sink.latest('ratings')).toMatchObject({
      period: Infinity,
      values: { ratedChargeCurrent: 60, ratedLoadCurrent: 30, systemVoltageMax: 48, systemVoltageMin: 12 },
      texts: { model: 'BT-LTMPPT4860', revision: '1.04' },
    });
    expect(sink.readings).toHaveLength(2);
  });

  it.each([1, 3, 19, 20, 42, 60])('may be cut into pieces of %d bytes', (size) => {
    const sink = listen(cut(ratingsHex + statusHex + statusHex, size));
    expect(sink.readings.map(({ group }) => group)).toEqual(['ratings', 'status', 'status']);
    expect(sink.rejects).toEqual({});
  });

  it('may begin in the middle', () => {
    const sink = listen([statusHex.slice(30), ...cut(statusHex, 20)]);
    expect(sink.readings).toHaveLength(1);
    expect(sink.rejects).toEqual({ noise: 1 });
  });

  it('counts wrong CRCs and exceptions', () => {
    const sink = listen([`${statusHex.slice(0, -2)}00`, '018302c0f1', statusHex]);
    expect(sink.rejects).toEqual({ crc: 1, exception: 1 });
    expect(sink.details).toContain('function 3, code 2');
    expect(sink.readings).toHaveLength(1);
  });

  it('takes the full UUID, and leaves other characteristics alone', () => {
    const sink = new CollectingSink();
    const listener = litimeBle.listen(context(), sink);
    const bytes = Buffer.from(statusHex, 'hex');
    listener({ at: 0, characteristic: 'ffe2', bytes });
    expect(sink.readings).toHaveLength(0);
    listener({ at: 0, characteristic: '0000FFE1-0000-1000-8000-00805F9B34FB', bytes });
    listener({ at: 0, bytes });
    expect(sink.readings).toHaveLength(2);
  });

  it('reads the higher registers as 32 bits, high word first', () => {
    const { values } = listen([
      statusWith({ 30: 0, 31: 1, 32: 2, 33: 3, 34: 0, 35: 9, 36: 0, 37: 1 }),
    ]).latest('status')!;
    expect(values).toMatchObject({ chargedTotal: 0x10203, dischargedTotal: 0x90001 });
  });

  it('leaves a state of charge above 100 % unknown', () => {
    const { values } = listen([statusWith({ 1: 101 })]).latest('status')!;
    expect(values).not.toHaveProperty('stateOfCharge');
  });

  it('names modes as the settings say, and by number where there is no name', () => {
    const mode = (byte: number, values: DeviceContext['values'] = {}): string | undefined =>
      listen([statusWith({ 25: byte })], values).latest('status')?.texts?.['mode'];
    expect(mode(2)).toBe('MPPT');
    expect(mode(4, { modes: 'venus' })).toBe('absorption');
    expect(mode(9)).toBe('9');
  });

  it.each([
    [27, 27],
    [127, 127],
    [0xf6, -10],
    [0x8a, -10],
    [0xff, -1],
    [0xd8, -40],
    [0xa8, -40],
    [0xc0, undefined],
    [0x80, undefined],
  ])('reads the byte %d as %s °C', (byte, celsius) => {
    expect(temperatureOf(byte)).toBe(celsius);
  });

  it('tells the temperature of the battery where there is a probe', () => {
    expect(listen([statusWith({ 9: 21 })]).latest('status')?.values).toMatchObject({
      batteryTemperature: 21,
    });
  });
});

describe('a conversation with a LiTime controller', () => {
  function begin(answer: (hex: string) => readonly string[]) {
    const link = new FakeGattLink(['ffe0']);
    link.answer = answer;
    const of = context();
    const sink = new CollectingSink();
    const stop = new AbortController();
    let ended = false;
    const done = litimeBle.converse(link, of, stop.signal, sink).then(() => (ended = true));
    return { link, sink, clock: of.clock, stop, done, ended: () => ended };
  }
  const ratingsRequest = 'ffe1 0103000a000b240f';
  const statusRequest = 'ffe1 010301010013543b';
  const healthy = (hex: string): string[] => cut(hex.startsWith('0103000a') ? ratingsHex : statusHex, 20);

  it('asks for the ratings once, and for the status every 27 s', async () => {
    const { link, sink, clock, stop, done } = begin(healthy);
    await clock.pass(80_000);
    stop.abort();
    await done;
    expect(link.written).toEqual([ratingsRequest, statusRequest, statusRequest, statusRequest]);
    const [first, second, third] = sink.readings.filter(({ group }) => group === 'status');
    expect([second!.at - first!.at, third!.at - second!.at]).toEqual([27_000, 27_000]);
    expect(sink.troubles).toEqual([undefined]);
    expect(link.listening).toBe(0);
  });

  it('stays on the grid when answers are late', async () => {
    let request = 0;
    // Every second request has no answer, so that each block costs 5 s more.
    const { clock, sink, stop } = begin((hex) => (request++ % 2 === 0 ? [] : healthy(hex)));
    const begun = clock.monotonic();
    await clock.pass(60_000);
    stop.abort();
    const status = sink.readings.filter(({ group }) => group === 'status');
    expect(status.map(({ at }) => at - begun)).toEqual([10_000, 32_000, 59_000]);
    expect(sink.rejects).toEqual({});
  });

  it('asks once more after a damaged answer', async () => {
    let damaged = true;
    const { link, sink, clock, stop } = begin((hex) => {
      if (hex.startsWith('0103000a')) return [ratingsHex];
      const answer = damaged ? [`${statusHex.slice(0, -2)}00`] : [statusHex];
      damaged = false;
      return answer;
    });
    await clock.pass(10_000);
    stop.abort();
    expect(sink.rejects).toEqual({ crc: 1 });
    expect(sink.latest('status')).toBeDefined();
    expect(link.written).toEqual([ratingsRequest, statusRequest, statusRequest]);
  });

  it('goes on without ratings when the controller refuses them', async () => {
    const { link, sink, clock, stop } = begin((hex) =>
      hex.startsWith('0103000a') ? ['018302c0f1'] : [statusHex],
    );
    await clock.pass(30_000);
    stop.abort();
    expect(link.written).toEqual([ratingsRequest, statusRequest, statusRequest]);
    expect(sink.latest('ratings')).toBeUndefined();
  });

  it('says once that nothing answers, and gives the link up after three polls', async () => {
    const { sink, clock, done, ended } = begin(() => []);
    await clock.pass(60_000);
    expect(ended()).toBe(false);
    await clock.pass(20_000);
    await done;
    expect(sink.troubles).toEqual([{ code: 'silent', values: {} }]);
    expect(sink.rejects).toEqual({ 'no answer': 3 });
  });

  it('takes the trouble back when answers come', async () => {
    let silent = true;
    const { sink, clock, stop } = begin((hex) => (silent ? [] : healthy(hex)));
    await clock.pass(26_000);
    silent = false;
    await clock.pass(27_000);
    stop.abort();
    expect(sink.troubles).toEqual([{ code: 'silent', values: {} }, undefined]);
  });

  it('ends when the link is lost, in the middle of a request too', async () => {
    const { link, clock, done } = begin(() => []);
    await clock.pass(1000);
    link.close();
    await done;
    expect(link.listening).toBe(0);
  });

  it('never writes anything but the two requests to read, whatever is received', async () => {
    const hostile = ['0106012000018801', '010601200001483c', 'ffaa1501', '018302c0f1', '', '01'];
    let at = 0;
    const { link, clock, stop } = begin(() => [hostile[at++ % hostile.length]!]);
    await clock.pass(300_000);
    stop.abort();
    expect(new Set(link.written)).toEqual(new Set([ratingsRequest, statusRequest]));
  });
});

describe('the load output of a LiTime controller', () => {
  const off = statusWith({ 24: 0 });

  it('is switched by the published requests', () => {
    const built = [true, false].map((on) => Buffer.from(loadSwitchRequest(on)).toString('hex'));
    expect(built).toEqual(requests.hex.slice(1));
  });

  async function switched(on: boolean, answers: Readonly<Record<string, readonly string[]>>) {
    const link = new FakeGattLink(['ffe0']);
    link.answer = (hex) => answers[hex.slice(0, 4)] ?? [];
    const of = context();
    const result = switchLoad(link, on, of, new AbortController().signal);
    await of.clock.pass(20_000);
    return { result: await result, written: link.written, listening: link.listening };
  }

  it('is read back', async () => {
    const on = await switched(true, { '0106': ['010601200001483c'], '0103': cut(statusHex, 20) });
    expect(on).toEqual({
      result: 'done',
      written: ['ffe1 010601200001483c', 'ffe1 010301010013543b'],
      listening: 0,
    });
    const unchanged = await switched(true, { '0106': ['010601200001483c'], '0103': [off] });
    expect(unchanged.result).toBe('unchanged');
  });

  it('counts as switched when only the answer was lost, and the request is not sent again', async () => {
    const { result, written } = await switched(false, { '0103': [off] });
    expect(result).toBe('done');
    expect(written.filter((line) => line.startsWith('ffe1 0106'))).toHaveLength(1);
  });

  it('is refused by an exception, and unknown without any answer', async () => {
    const exception = Buffer.from(withCrc(Buffer.from('018602', 'hex'))).toString('hex');
    expect((await switched(true, { '0106': [exception] })).result).toBe('refused');
    expect((await switched(true, {})).result).toBe('unknown');
  });
});

describe('recognising a LiTime controller', () => {
  it('goes by the name, for batteries of the maker have the same service', () => {
    const advertisement = { address: 'C8:47:80:00:00:01', services: ['ffe0'] };
    expect(litimeBle.recognises?.({ ...advertisement, name: 'BT-LTMPPT4860' })).toBe(true);
    expect(litimeBle.recognises?.({ ...advertisement, name: 'L-12100BNNA70' })).toBe(false);
    expect(litimeBle.recognises?.({ ...advertisement, name: '' })).toBe(false);
  });
});

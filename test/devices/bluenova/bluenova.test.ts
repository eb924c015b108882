import { getEventListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { bluenova } from '../../../src/devices/bluenova/bluenova';
import { ConsoleListener } from '../../../src/devices/bluenova/console-listener';
import type { DeviceContext, LineLink } from '../../../src/devices/device-type';
import type { LinkReport } from '../../../src/model/link-reports';
import { CollectingSink } from '../collecting-sink';
import { VirtualClock } from '../virtual-clock';

const [vector] = JSON.parse(
  readFileSync(path.join(__dirname, '../../fixtures/bluenova-console.json'), 'utf8'),
) as [{ readonly console: readonly { readonly t: number; readonly line: string }[] }];

function context(values: DeviceContext['values'] = {}): DeviceContext & { readonly clock: VirtualClock } {
  return { name: 'stern', values, clock: new VirtualClock() };
}

function listen(
  lines: readonly (readonly [t: number, line: string])[],
  values: DeviceContext['values'] = {},
) {
  const sink = new CollectingSink();
  const listener = bluenova.listen(context(values), sink);
  for (const [t, text] of lines) listener({ at: t * 1000, text });
  return sink;
}

describe('rows of a BlueNova console', () => {
  it('S2.11 S2.12 come at multiples of the interval by the time of day, and not before the battery has said who it is', () => {
    const sink = new CollectingSink();
    const listener = new ConsoleListener({ name: 'stern', values: { interval: 60 } }, sink);
    // Not a multiple of the interval after the other clock's zero.
    const morning = Date.UTC(2026, 5, 12, 6, 0, 30);
    for (let second = 7; second < 400; second++) {
      const message = second === 200 ? 'MCU ID: 1F\nSOC: 80\n' : second === 260 ? 'MCU ID: 1F' : 'noise';
      listener.message(message, second * 1000 + 400, morning + second * 1000);
    }
    const rows = sink.readings.filter(({ record }) => record !== undefined);
    expect(rows.map(({ at, record }) => [at, record?.values['mcu_id'], record?.values['soc']])).toEqual([
      [211_400, 31, 80],
      [271_400, 31, null],
    ]);
  });

  it('come also where the clock learns the time meanwhile', () => {
    const sink = new CollectingSink();
    const listener = new ConsoleListener({ name: 'stern', values: {} }, sink);
    listener.message('MCU ID: 1F', 0, 5000);
    listener.message('SOC: 80', 1000, Date.UTC(2026, 5, 12, 6));
    expect(sink.readings.map(({ record }) => record?.values['soc'])).toEqual([undefined, 80]);
  });
});

describe('a recording of a BlueNova console', () => {
  const lines = vector.console.map(({ t, line }) => [t, line] as const);

  it('gives readings in units of the house', () => {
    const reading = listen(lines).latest('console')!;
    expect(reading).toMatchObject({
      device: 'stern',
      period: 10_000,
      values: {
        voltage: 52.936,
        current: -12.35,
        stateOfCharge: 87,
        stateOfHealth: 99.125,
        cellLow: 3.301,
        cellHigh: 3.316,
        temperatureMax: 26,
        temperatureMin: 24,
        adcPack: 52.816,
        adc0: 2.5005,
        badCrc: 0,
        parseFail: 0,
        badCell: 0,
        units: 2,
        rank: 1,
        mcuId: 0x1a2b3c4d,
      },
      texts: { errors: 'none', systemState: 'RUN', breaker: 'CLOSED', chargeState: 'DISCHARGE' },
      temperatures: [24],
    });
    expect(reading.values['power']).toBeCloseTo(52.936 * -12.35, 6);
    expect(reading.values['cellAverage']).toBeCloseTo(3.3085, 6);
    expect(reading.values).not.toHaveProperty('adc1');
    expect(reading.values).not.toHaveProperty('energyIn');
    expect(reading.cells).toMatchObject({ first: 0, total: 16 });
    expect(reading.cells!.volts[15]).toBe(3.316);
    expect(reading.cellTemperatures!.slice(0, 3)).toEqual([25, 26, 24]);
  });

  it('tells what a line says at once', () => {
    const sink = listen([
      [1000, 'SOC: 87'],
      [1000, 'Vpack: 52000'],
    ]);
    expect(sink.readings.map(({ values }) => [values['stateOfCharge'], values['voltage']])).toEqual([
      [87, undefined],
      [87, 52],
    ]);
  });

  it('forgets what was not told for a whole interval', () => {
    const sink = listen([
      [1005, 'SOC: 87'],
      [1021, 'Vpack: 52000'],
      [1025, 'Vpack: 52100'],
      [1031, 'Vpack: 52200'],
      [1032, 'Vpack: 52300'],
    ]);
    expect(sink.readings.map(({ values }) => values['stateOfCharge'])).toEqual([
      87,
      87,
      87,
      undefined,
      undefined,
    ]);
    expect(sink.latest('console')!.values['voltage']).toBe(52.3);
  });

  it('gives no reading for noise', () => {
    expect(listen([[1000, 'noise']]).readings).toEqual([]);
  });

  it('goes by the cells that are told where their number is not, or can not be right', () => {
    const cells = ['C01) T: 20, V: 3300', 'C03) T: 21, V: 3310'];
    const totals = (...more: string[]): number | undefined =>
      listen([...cells, ...more].map((line) => [1000, line] as const)).latest('console')!.cells?.total;
    expect(totals()).toBe(3);
    expect(totals('CellCount: 8')).toBe(8);
    expect(totals('CellCount: 2')).toBe(3);
    expect(totals('CellCount: 32')).toBe(3);
    const { values, cells: of } = listen(cells.map((line) => [1000, line] as const)).latest('console')!;
    expect(of!.volts).toEqual([3.3, undefined, 3.31]);
    // One cell is not known: which is the lowest can't be told.
    expect(values).not.toHaveProperty('cellLow');
  });

  it('shows sixteen cells of a battery that has more, and counts the others', () => {
    const line = (cell: number): string => `C${String(cell).padStart(2, '0')}) T: 20, V: 3300`;
    const all = Array.from({ length: 32 }, (_, i) => [1000, line(i + 1)] as const);
    const sink = listen([[1000, 'CellCount: 16'], ...all]);
    expect(sink.latest('console')!.cells).toMatchObject({ total: 16, volts: Array(16).fill(3.3) });
    expect(sink.rejects).toEqual({ unreadable: 16 });
  });

  it('leaves what can not be unknown', () => {
    const { values } = listen([
      [1000, 'SOC: 101'],
      [1000, 'Vpack: -5'],
      [1000, 'Vc_max: 33000'],
      [1000, 'Temp: 999'],
    ]).latest('console')!;
    for (const name of ['stateOfCharge', 'voltage', 'cellHigh', 'temperatureMax'])
      expect(values).not.toHaveProperty(name);
  });

  it('turns the sign of the current round where the owner wants it', () => {
    const lines = [
      [1000, 'Vpack: 50000'],
      [1000, 'Current: 10'],
    ] as const;
    expect(listen(lines).latest('console')!.values).toMatchObject({ current: 10, power: 500 });
    expect(listen(lines, { invert: true }).latest('console')!.values).toMatchObject({
      current: -10,
      power: -500,
    });
  });

  it('takes a message of several lines apart, and line ends of both kinds', () => {
    const { values, texts } = listen([[1000, 'SOC: 87\r\nBreaker: OPEN\r\n\nVpack: 52000\n']]).latest(
      'console',
    )!;
    expect(values).toMatchObject({ stateOfCharge: 87, voltage: 52 });
    expect(texts).toEqual({ breaker: 'OPEN' });
  });

  it('counts lines that can not be read, are too long or are no text', () => {
    const sink = listen([
      [1000, 'SOC: ?'],
      [1000, `Breaker: ${'x'.repeat(1_000_000)}`],
      [1000, 'y'.repeat(1_000_000)],
    ]);
    expect(sink.rejects).toEqual({ unreadable: 1, 'long line': 2 });
    expect(sink.latest('console')!.texts).toEqual({ breaker: 'x'.repeat(32) });
    const listener = bluenova.listen(context(), sink);
    listener({ at: 0, bytes: Buffer.from('SOC: 87') });
    expect(sink.rejects).toMatchObject({ binary: 1 });
  });
});

class FakeLineLink implements LineLink {
  readonly kind = 'lines';
  readonly listeners = new Set<(text: string) => void>();
  lose: (reason: LinkReport) => void = () => undefined;
  readonly closed = new Promise<LinkReport>((resolve) => (this.lose = resolve));

  receive(line: (text: string) => void): () => void {
    this.listeners.add(line);
    return () => this.listeners.delete(line);
  }

  say(text: string): void {
    for (const listener of this.listeners) listener(text);
  }
}

describe('a conversation with a BlueNova battery', () => {
  it('listens until the link is lost, and begins anew on the next without what the last one told', async () => {
    const sink = new CollectingSink();
    const stop = new AbortController();
    const of = context();
    for (const charge of [87, 88]) {
      const link = new FakeLineLink();
      const done = bluenova.converse(link, of, stop.signal, sink);
      if (charge === 87) link.say('DEBUG: CALC PACK_CHARGE, STORE IN FLASH\nWrite EnergyOut: 5');
      link.say(`SOC: ${charge}`);
      link.lose({ code: 'link-gone', values: { place: 'it' } });
      await done;
      expect(link.listeners.size).toBe(0);
    }
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
    expect(sink.latest('console')!.values).toMatchObject({ stateOfCharge: 88 });
    expect(sink.latest('console')!.values).not.toHaveProperty('energyOut');
  });

  it('ends when it is to end', async () => {
    const sink = new CollectingSink();
    const link = new FakeLineLink();
    const stop = new AbortController();
    const done = bluenova.converse(link, context(), stop.signal, sink);
    stop.abort();
    await done;
    link.say('SOC: 87');
    expect(sink.readings).toEqual([]);
  });
});

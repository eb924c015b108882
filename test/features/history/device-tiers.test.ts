import { join } from 'node:path';
import { HistoryKeeper } from '../../../src/features/history/history-keeper';
import { HistoryDatabase } from '../../../src/io/recorders/history-database';
import { HistoryStore } from '../../../src/io/recorders/history-store';
import type { RecordedSample } from '../../../src/io/recorders/recorder';
import { Battery } from '../../../src/model/battery';
import type { Device } from '../../../src/model/device';
import { block, tiers } from '../../../src/model/history/tiers';
import { cellForm, probeForm, quantities } from '../../../src/model/quantities';
import type { QuantityForm } from '../../../src/model/quantity-form';
import { Site } from '../../../src/model/site';
import { seededRandom } from '../../../src/simulation/random';
import { temporaryFolder } from '../../temporary-folder';
import { protectionTold, toldDevices } from './told-devices';

const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.UTC(2026, 5, 1);

/** The values of a quantity as they were known, one for each time. */
interface Raw {
  readonly form: QuantityForm;
  readonly times: number[];
  readonly values: number[];
}

/** One entry of a tier: start, count, mean, least, greatest, last. */
type Entry = readonly [start: number, count: number, mean: number, min: number, max: number, last: number];

/** A site whose devices tell what they like, and whose past is kept. */
class Recording {
  now = 0;
  readonly raw = new Map<string, Raw>();
  private readonly site = new Site();
  private readonly devices = toldDevices();
  private readonly random = seededRandom(11);
  private readonly store: HistoryStore;
  private readonly keeper: HistoryKeeper;
  private pending: RecordedSample[] = [];
  private written = 0;

  constructor(database: HistoryDatabase) {
    this.store = new HistoryStore(database);
    for (const { name, kind } of this.devices) this.site.add(name, kind);
    this.keeper = new HistoryKeeper({
      site: this.site,
      clock: { monotonic: () => this.now, wall: () => new Date(start + this.now) },
      recorder: {
        status: {
          state: 'up',
          report: { code: 'history-written', values: { file: '', behind: false } },
          waiting: 0,
          dropped: 0,
        },
        record: (sample) => void this.pending.push(sample),
        close: () => Promise.resolve(),
      },
      reader: { query: () => Promise.resolve([]), recent: () => Promise.resolve([]) },
    });
  }

  /**
   * A block of two hours: at first often, then rarely, and in the middle nothing for an hour.
   *
   * @param names of those that tell something
   */
  block(names: readonly string[] = this.devices.map(({ name }) => name)): void {
    const begin = this.now;
    for (let at = begin; at < begin + block; at += at < begin + 12 * minute ? 20_000 : 5 * minute) {
      this.now = at;
      const silent = at >= begin + 20 * minute && at < begin + 80 * minute;
      if (!silent) this.tell(names);
      this.note();
      this.keeper.sample();
    }
    this.now = begin + block;
    this.write();
  }

  /** What a tier has of a quantity. */
  kept(
    device: string,
    quantity: string,
    tier: (typeof tiers)[number]['name'],
    from: number,
    to: number,
  ): Entry[] {
    return this.store
      .query({ device, quantity, from: start + from, to: start + to, points: 1, tier })
      .map(({ start: at, count, mean, min, max, last }) => [at, count, mean, min, max, last]);
  }

  private tell(names: readonly string[]): void {
    for (const device of this.devices.filter(({ name }) => names.includes(name)))
      for (const reading of device.tell(this.now, this.random)) this.site.apply(reading);
  }

  /** Writes down what is known now, apart from the history. */
  private note(): void {
    for (const device of this.site.devices())
      for (const [name, form, value] of knownNow(device, this.now)) {
        const key = `${device.name}/${name}`;
        const raw = this.raw.get(key) ?? { form, times: [], values: [] };
        this.raw.set(key, raw);
        raw.times.push(start + this.now);
        raw.values.push(value);
      }
  }

  private write(): void {
    this.store.append('run', this.written + 1, this.pending);
    this.written += this.pending.length;
    this.pending = [];
    const wall = start + this.now + minute;
    for (let due = this.store.due(wall); due !== undefined; due = this.store.due(wall))
      this.store.settle(due, wall);
  }
}

function* knownNow(device: Device, now: number): Iterable<readonly [string, QuantityForm, number]> {
  for (const [name, form] of Object.entries<QuantityForm>(quantities[device.kind])) {
    const { value, freshness } = device.quantity(name, now);
    if (form.computed !== true && value !== undefined && freshness === 'fresh') yield [name, form, value];
  }
  for (const [i, celsius] of device.temperatures(now).entries())
    if (celsius !== undefined) yield [`temperature${i + 1}`, probeForm, celsius];
  if (!(device instanceof Battery)) return;
  for (const [i, volts] of device.cells.freshVoltages(now).voltages.entries())
    if (volts !== undefined) yield [`cell${i + 1}`, cellForm, volts];
}

/** What a tier must say, straight from the table's word and the values. */
function recomputed(
  { form: { kept }, times, values }: Raw,
  window: number,
  from: number,
  to: number,
): Entry[] {
  const windows = new Map<number, number[]>();
  for (const [i, time] of times.entries()) {
    if (time < start + from || time >= start + to) continue;
    const begin = time - (time % window);
    const all = windows.get(begin) ?? [];
    windows.set(begin, all);
    all.push(values[i]!);
  }
  return Array.from(windows, ([begin, all]): Entry => {
    const last = all.at(-1)!;
    if (kept === 'measurement') {
      const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
      return [begin, all.length, mean, Math.min(...all), Math.max(...all), last];
    }
    const one = kept === 'state' ? last : Number(all.reduce((bits, value) => bits | BigInt(value), 0n));
    return [begin, all.length, one, one, one, one];
  });
}

/** True for the same entry, as exactly as its quantity is kept: a mean was rounded twice. */
function same(a: Entry | undefined, b: Entry | undefined, { kept, decimals }: QuantityForm): boolean {
  if (a === undefined || b === undefined || a[0] !== b[0] || a[1] !== b[1]) return false;
  const half = typeof kept === 'object' ? 0 : 10 ** -decimals / 2;
  return a.slice(2).every((value, i) => {
    const fraction = 1e-12 * Math.abs(value);
    return Math.abs(value - b[i + 2]!) <= half * (i === 0 ? 2 : 1) + fraction;
  });
}

/** Every difference between a tier and the values; empty when there is none. */
function differences(
  recording: Recording,
  name: (typeof tiers)[number]['name'],
  from: number,
  to: number,
): unknown[] {
  const { window } = tiers.find((tier) => tier.name === name)!;
  return [...recording.raw].flatMap(([key, raw]) => {
    const [device = '', quantity = ''] = key.split('/');
    const wanted = recomputed(raw, window, from, to);
    const found = recording.kept(device, quantity, name, from, to);
    const wrong = wanted.findIndex((entry, i) => !same(entry, found[i], raw.form));
    if (wrong < 0 && found.length === wanted.length) return [];
    return [{ key, wanted: wanted[wrong], found: found[wrong], entries: [wanted.length, found.length] }];
  });
}

describe('the past of devices of every kind', () => {
  const database = new HistoryDatabase(join(temporaryFolder(), 'history.sqlite'));
  const recording = new Recording(database);
  const [days, later] = [2 * day, Math.round((9.5 * 365 * day) / block) * block];

  beforeAll(() => {
    for (let at = 0; at < days; at += 12 * 60 * minute) {
      recording.now = at;
      recording.block();
    }
  });
  afterAll(() => database.close());

  test('S1.21 to S1.23: each quantity of the tables is there, and those of the new devices', () => {
    const names = (device: string): string[] =>
      [...recording.raw.keys()]
        .filter((key) => key.startsWith(`${device}/`))
        .map((key) => key.split('/')[1]!);
    for (const [kind, forms] of Object.entries(quantities)) {
      const wanted = Object.keys(forms).filter((name) => forms[name]?.computed !== true);
      expect(names(`every quantity of a ${kind}`).sort()).toEqual(wanted.sort());
    }
    const some = (...wanted: string[]): unknown => expect.arrayContaining(wanted);
    expect(names('jbd')).toEqual(
      some('protection', 'warnings', 'balancingCells', 'restartCount', 'temperature3', 'cell8'),
    );
    expect(names('litime')).toEqual(
      some('alarmBits', 'chargeMode', 'loadSwitch', 'chargedTotal', 'ratedChargeCurrent'),
    );
    expect(names('thornwave')).toEqual(some('current', 'power', 'charge', 'energy'));
    expect(names('old thornwave')).toEqual(some('peakCurrent', 'uptime'));
    expect(names('bluenova')).toEqual(some('mcuId', 'energyIn', 'adc4', 'badCrc', 'cell8'));
  });

  test.each(tiers.map(({ name }) => name))(
    'S1.22, S1.23: the tier of %s says of each what its values say: mean and extremes, the last, or every bit',
    (name) => expect(differences(recording, name, 0, days)).toEqual([]),
  );

  test('S1.23: a bit that stood in a single frame of two hours is in their entry of the ten-year tier', () => {
    const wanted = new Map<number, number>();
    for (const { at, bits } of protectionTold) {
      const begin = at - (at % block);
      wanted.set(begin, (wanted.get(begin) ?? 0) | bits);
    }
    const found = recording
      .kept('jbd', 'protection', '2 h', 0, days)
      .map(([at, , , , , last]) => [at - start, last]);
    expect(found).toEqual([...wanted]);
    const frames = protectionTold.filter(({ bits }) => bits !== 0);
    expect([frames.length > wanted.size, new Set(wanted.values()).size]).toEqual([true, wanted.size]);
  });

  test('S1.21, S1.26: nine and a half years later the ten-year tier has it still, and what is told then', () => {
    recording.now = later;
    // A day's worth must be there before what is old is thrown away.
    for (let i = 0; i < 12; i++) recording.block(['jbd']);
    const end = later + 12 * block;
    expect(differences(recording, '2 h', 0, days)).toEqual([]);
    for (const { name } of tiers) {
      expect(differences(recording, name, later, end)).toEqual([]);
      expect(recording.kept('jbd', 'protection', name, 0, days).length).toBe(name === '2 h' ? 4 : 0);
    }
    expect(recording.kept('jbd', 'protection', '2 h', days, later)).toEqual([]);
  });
});

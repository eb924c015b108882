import type { HistoryDatabase } from '../../../src/io/recorders/history-database';
import { HistoryStore } from '../../../src/io/recorders/history-store';
import type { Bucket } from '../../../src/model/history/bucket';
import { usualQuantities, cellQuantities, keptForm } from '../../../src/model/history/quantities';
import { block, coarseTiers, rawTier, startOf, type Tier } from '../../../src/model/history/tiers';
import type { Series } from '../../../src/protocol/history-batch';
import { encodeBuckets, encodeSamples } from '../../../src/protocol/history-pieces';
import { noiseAt, seededRandom } from '../../../src/simulation/random';

const second = 1000;
const day = 86_400 * second;

/** 117 minutes into a block (ms since 1970): as much of it as there can be is not settled. */
export const tenYearsEnd = startOf(Date.UTC(2036, 5, 1), block) + 117 * 60 * second;

/** Cells with a pattern of their own; the others have one of these, for making them takes long and their size is the same. */
const patterns = 8;

/** What a quantity may be at a time: its season, its day, its trembling in the last digit that the wire has. */
interface Course {
  readonly level: number;
  readonly daily: number;
  readonly seasonal: number;
  /** The wire's step. */
  readonly step: number;
  /** Steps that it trembles from second to second. */
  readonly noise: number;
}

const courses: Readonly<Record<string, Course>> = {
  voltage: { level: 350, daily: 12, seasonal: 3, step: 0.1, noise: 3 },
  current: { level: 0, daily: 60, seasonal: 15, step: 0.01, noise: 300 },
  power: { level: 0, daily: 20_000, seasonal: 5000, step: 1, noise: 1000 },
  stateOfCharge: { level: 60, daily: 30, seasonal: 5, step: 0.5, noise: 0 },
  ampHours: { level: -60, daily: 50, seasonal: 5, step: 0.1, noise: 0 },
  temperatureMax: { level: 25, daily: 6, seasonal: 12, step: 1, noise: 0 },
  temperatureMin: { level: 23, daily: 5, seasonal: 12, step: 1, noise: 0 },
  cellAverage: { level: 3.65, daily: 0.15, seasonal: 0.02, step: 0.01, noise: 1 },
};
const cellCourse: Course = { level: 3.65, daily: 0.15, seasonal: 0.02, step: 0.01, noise: 1 };
const setPoint: Course = { level: 96, daily: 0, seasonal: 0, step: 1, noise: 0 };

/**
 * Fills an empty database as ten years of one battery that never paused would: every tier as long as it is kept, a value a
 * second of every quantity, noisier than a battery is. The block under way is written second by second.
 *
 * @param cells 0..240 @param end ms since 1970 @param usual besides the cells
 */
export function writeTenYears(
  database: HistoryDatabase,
  cells: number,
  end: number,
  usual: readonly string[] = usualQuantities,
): void {
  const names = [...usual, ...cellQuantities.slice(0, cells)];
  const settledTo = startOf(end, block);
  database.db.transaction(() => {
    const made = new Map<string, readonly (readonly [Tier, number, Uint8Array])[]>();
    for (const [i, name] of names.entries()) {
      const pattern = name.startsWith('cell') && /\d/.test(name) ? `cell ${i % patterns}` : name;
      let pieces = made.get(pattern);
      if (pieces === undefined) {
        pieces = [...piecesOf(name, pattern, settledTo)];
        made.set(pattern, pieces);
      }
      const series = database.makeSeries('battery', 'battery', name)!;
      for (const [tier, time, data] of pieces) database.putPiece(tier, series, time, data);
    }
    for (let back = 0; back < 3660; back++)
      for (
        let start = startOf(settledTo - back * day, day);
        start < Math.min(settledTo, startOf(settledTo - back * day, day) + day);
        start += block
      )
        database.noteBlock(start);
  })();
  const store = new HistoryStore(database);
  let number = 1;
  for (let time = settledTo; time < end; time += 10 * second) {
    const samples = Array.from({ length: 10 }, (_, i) => time + i * second).map((at) => ({
      device: 'battery',
      kind: 'battery' as const,
      at,
      names,
      values: Float64Array.from(names, (name, i) => valueAt(courseOf(name), at, noiseAt(i, at / second))),
    }));
    store.append('run', number, samples);
    number += samples.length;
  }
}

function* piecesOf(name: string, seed: string, end: number): Generator<readonly [Tier, number, Uint8Array]> {
  const series: Series = { id: 1, form: keptForm('battery', name) };
  const course = courseOf(name);
  const random = seededRandom(seed.length * 1000 + seed.charCodeAt(seed.length - 1));
  for (let time = end - rawTier.retention; time < end; time += block) {
    const times = Array.from({ length: block / second }, (_, i) => time + i * second);
    yield [
      rawTier,
      time,
      encodeSamples({ times, values: times.map((at) => valueAt(course, at, random())) }, series.form),
    ];
  }
  for (const tier of coarseTiers) {
    for (let time = startOf(end - tier.retention, tier.piece); time < end; time += tier.piece) {
      const buckets: Bucket[] = [];
      for (let start = time; start < Math.min(end, time + tier.piece); start += tier.window)
        buckets.push(bucketAt(course, start, tier.window, random));
      yield [tier, time, encodeBuckets(buckets, series.form, tier.window)];
    }
  }
}

function courseOf(name: string): Course {
  return courses[name] ?? (name.startsWith('cell') ? cellCourse : setPoint);
}

/** @param chance 0..1 */
function valueAt({ level, daily, seasonal, step, noise }: Course, at: number, chance: number): number {
  const turn = (2 * Math.PI * at) / day;
  const value =
    level + daily * Math.sin(turn) + seasonal * Math.sin(turn / 365) + (chance - 0.5) * noise * step;
  return Math.round(value / step) * step;
}

/** The days differ: in a window of two hours the mean is nowhere near the one of the day before. */
function bucketAt(course: Course, start: number, span: number, random: () => number): Bucket {
  const weather = course.daily * 0.3 * (random() - 0.5);
  const last = valueAt(course, start + span, random()) + weather;
  const mean =
    valueAt(course, start + span / 2, random()) +
    weather +
    course.step * (random() - 0.5) * Math.min(1, course.noise + course.daily);
  const reach = course.step * course.noise + (course.daily * span) / day;
  const min = Math.round((mean - reach * random()) / course.step) * course.step;
  const max = Math.round((mean + reach * random()) / course.step) * course.step;
  return {
    start,
    span,
    count: span / second,
    mean,
    min: Math.min(min, last),
    max: Math.max(max, last),
    last,
  };
}

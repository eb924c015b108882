import fc from 'fast-check';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { HistoryDatabase } from '../../../src/io/recorders/history-database';
import { HistoryStore } from '../../../src/io/recorders/history-store';
import type { RecordedSample } from '../../../src/io/recorders/recorder';
import { aggregate } from '../../../src/model/history/bucket';
import { block, coarseTiers, rawTier } from '../../../src/model/history/tiers';
import { temporaryFolder } from '../../temporary-folder';
import { sampleAt } from './temporary-history';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 5, 1);
const folder = temporaryFolder();
const file = join(folder, 'history.sqlite');

let database: HistoryDatabase;
let store: HistoryStore;
let sequence: number;

beforeEach(() => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  open();
  sequence = 1;
});
afterEach(() => database.close());

function open(): void {
  database = new HistoryDatabase(file);
  store = new HistoryStore(database);
}

/** The program is killed and started again. */
function restart(): void {
  database.close();
  open();
}

function write(...samples: RecordedSample[]): void {
  store.append('run', sequence, samples);
  sequence += samples.length;
}

/** A value every `every` ms, in batches of ten. */
function live(from: number, to: number, value: (at: number) => number, every = 10 * second): void {
  for (let at = from; at < to; at += 10 * every)
    write(
      ...Array.from({ length: 10 }, (_, i) => at + i * every)
        .filter((time) => time < to)
        .map((time) => sampleAt(time, { voltage: value(time) })),
    );
}

function settleAll(now: number): number[] {
  const settled: number[] = [];
  for (let due = store.due(now); due !== undefined; due = store.due(now)) {
    store.settle(due, now);
    settled.push(due);
  }
  return settled;
}

const query = (from: number, to: number, points: number, quantity = 'voltage') =>
  store.query({ device: 'battery', quantity, from, to, points });

const wave = (at: number): number => Math.round(350 + 10 * Math.sin(at / hour) + ((at / second) % 7));

/** What the tiers should say, from the values that were written. */
function expected(times: readonly number[], span: number, from: number, to: number) {
  const known = times.filter((time) => time >= from && time < to);
  return aggregate('measurement', { times: known, values: known.map(wave) }, span).map((bucket) => ({
    ...bucket,
    mean: Math.round(bucket.mean * 100) / 100,
  }));
}

const rounded = (buckets: ReturnType<typeof query>) =>
  buckets.map((bucket) => ({ ...bucket, mean: Math.round(bucket.mean * 100) / 100 }));

function timesOf(from: number, to: number, every = 10 * second): number[] {
  return Array.from({ length: Math.ceil((to - from) / every) }, (_, i) => from + i * every);
}

test('S1.22: a quantity is there in every tier as soon as a block is settled, and was there before', () => {
  const end = start + 2 * block;
  live(start, end, wave);
  const ask = () => coarseTiers.map(({ window }) => rounded(query(start, end, (end - start) / window)));
  const fresh = ask();
  expect(settleAll(end + hour)).toEqual([start, start + block]);
  for (const [i, { window }] of coarseTiers.entries()) {
    expect(fresh[i]).toEqual(expected(timesOf(start, end), window, start, end));
    expect(ask()[i]).toEqual(fresh[i]);
  }
});

test('S1.20: times are UTC: a day on which the clocks are changed is one like any other', () => {
  const night = Date.UTC(2026, 9, 25);
  live(night, night + 2 * block, wave);
  settleAll(night + day);
  expect(query(night, night + 2 * block, 8)).toHaveLength(8);
});

test('a block is settled a minute after its end, not before', () => {
  live(start, start + block, wave);
  expect(store.due(start + block + minute - 1)).toBeUndefined();
  expect(store.due(start + block + minute)).toBe(start);
});

test('S1.26: what a display was switched off in the middle of is put into the tiers when it is back, days later', () => {
  const off = start + 3 * block + 37 * minute;
  live(start, start + block, wave);
  settleAll(start + block + hour);
  live(start + block, off, wave);
  restart();
  const back = start + 40 * day;
  live(back, back + block, wave);
  settleAll(back + block + hour);
  const times = timesOf(start, off);
  for (const { window } of coarseTiers)
    expect(rounded(query(start, start + 4 * block, (4 * block) / window))).toEqual(
      expected(times, window, start, start + 4 * block),
    );
  expect(query(back - day, back, 12)).toEqual([]);
});

test('S1.26: a kill in the middle of settling undoes all of it, and the next start does it again', () => {
  live(start, start + block, wave);
  write(sampleAt(start, { current: 1, power: 2 }));
  const steps = store.settling(start, start + day);
  steps.next();
  steps.next();
  restart();
  expect(settleAll(start + day)).toEqual([start]);
  expect(rounded(query(start, start + block, 60))).toEqual(
    expected(timesOf(start, start + block), 2 * minute, start, start + block),
  );
});

test('while a block is being settled, queries are answered as before and after', () => {
  live(start, start + block, wave);
  write(...timesOf(start, start + block).map((at) => sampleAt(at, { current: wave(at) })));
  const before = [query(start, start + block, 60), query(start, start + block, 60, 'current')];
  const steps = store.settling(start, start + day);
  do
    expect(
      [query(start, start + block, 60), query(start, start + block, 60, 'current')].map(rounded),
    ).toEqual(before.map(rounded));
  while (steps.next().done !== true);
});

describe('S1.25: what arrives late', () => {
  const late = timesOf(start + 5 * minute, start + 20 * minute);
  const early = timesOf(start, start + block).filter((time) => !late.includes(time));

  test('is in every aggregate', () => {
    write(...early.map((time) => sampleAt(time, { voltage: wave(time) })));
    settleAll(start + 3 * hour);
    write(...late.map((time) => sampleAt(time, { voltage: wave(time) })));
    const all = timesOf(start, start + block);
    for (const settle of [false, true]) {
      if (settle) expect(settleAll(start + 3 * hour)).toEqual([start]);
      for (const { window } of coarseTiers) {
        const wanted = expected(all, window, start, start + block);
        const buckets = query(start, start + block, block / window);
        expect(buckets.map(({ count }) => count)).toEqual(wanted.map(({ count }) => count));
        // While some of it is fresh, means that were rounded when they were stored are in it.
        for (const [i, { mean }] of buckets.entries())
          expect(Math.abs(mean - wanted[i]!.mean)).toBeLessThan(0.011);
      }
    }
    expect(rounded(query(start, start + block, 720))).toEqual(
      expected(all, 10 * second, start, start + block),
    );
  });

  test('counts for what it is worth even when the raw values are gone, and again and again', () => {
    write(...early.map((time) => sampleAt(time, { voltage: wave(time) })));
    const now = start + 3 * day;
    live(start + block, now, wave, minute);
    settleAll(now + hour);
    expect(database.pieces(rawTier, database.series('battery', 'voltage')!, start, start + block)).toEqual(
      [],
    );
    for (const time of late) {
      write(sampleAt(time, { voltage: wave(time) }));
      settleAll(now + hour);
    }
    const [bucket] = query(start, start + block, 1);
    const [wanted] = expected(timesOf(start, start + block), block, start, start + block);
    expect(bucket).toMatchObject({ count: wanted!.count, min: wanted!.min, max: wanted!.max });
    expect(bucket!.mean).toBeCloseTo(wanted!.mean, 1);
  });

  test('in any order and any pieces gives the same tiers as at once', () => {
    const all = timesOf(start, start + block, minute);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.integer({ min: 1, max: 40 }),
        (order, size) => {
          database.close();
          for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
          open();
          sequence = 1;
          for (let i = 0; i < order.length; i += size) {
            write(...order.slice(i, i + size).map((time) => sampleAt(time, { voltage: wave(time) })));
            if (i % 3 === 0) settleAll(start + 3 * hour);
          }
          settleAll(start + 3 * hour);
          for (const { window } of coarseTiers)
            expect(rounded(query(start, start + block, block / window))).toEqual(
              expected(all, window, start, start + block),
            );
        },
      ),
      { numRuns: 15 },
    );
  });
});

test('S1.24: what is too old in a tier is thrown away, and comes from the next one', () => {
  const end = start + 9 * day;
  live(start, end, wave, minute);
  settleAll(end + hour);
  const series = database.series('battery', 'voltage')!;
  const [, twoMinutes, fiveMinutes] = [rawTier, ...coarseTiers];
  expect(database.pieces(rawTier, series, start, end - day - block)).toEqual([]);
  expect(database.pieces(rawTier, series, end - day, end)).toHaveLength(12);
  expect(database.pieces(twoMinutes!, series, start, end - 7 * day - 12 * hour)).toEqual([]);
  expect(database.pieces(twoMinutes!, series, end - 7 * day, end)).not.toHaveLength(0);
  expect(database.pieces(fiveMinutes!, series, start, start + hour)).not.toHaveLength(0);
  const whole = query(start, end, (end - start) / (2 * minute));
  const spans = new Set(whole.map(({ span }) => span));
  expect(spans).toEqual(new Set([5 * minute, 2 * minute]));
  // No hole and nothing twice where the one ends and the other begins.
  for (const [i, bucket] of whole.entries()) {
    const next = whole[i + 1];
    if (next !== undefined) expect(bucket.start + bucket.span).toBe(next.start);
  }
  expect(whole.reduce((sum, { count }) => sum + count, 0)).toBe((end - start) / minute);
});

describe('a clock that is set', () => {
  test('years ahead throws nothing away in a day, and what was written then stays where it said', () => {
    live(start, start + day, wave, minute);
    settleAll(start + day + hour);
    const ahead = Date.UTC(2046, 0, 1);
    live(ahead, ahead + 10 * hour, wave, minute);
    settleAll(ahead + 11 * hour);
    expect(query(start, start + day, 1440)).toHaveLength(1440);
    const back = start + day + 10 * hour;
    live(back, back + day, wave, minute);
    settleAll(back + day + hour);
    expect(query(start, start + day, 720)).toHaveLength(720);
    expect(query(back, back + day, 1440)).toHaveLength(1440);
    expect(query(ahead, ahead + 10 * hour, 600)).toHaveLength(600);
  });

  test('back an hour overwrites nothing: both are there', () => {
    live(start, start + hour, () => 100);
    settleAll(start + 3 * hour);
    live(start + 30 * minute, start + hour, () => 200);
    for (const settle of [false, true]) {
      if (settle) settleAll(start + 3 * hour);
      expect(query(start + 30 * minute, start + hour, 1)[0]).toMatchObject({
        count: 360,
        mean: 150,
        min: 100,
        max: 200,
      });
      expect(query(start, start + 30 * minute, 1)[0]).toMatchObject({ count: 180, mean: 100 });
    }
  });

  test.each([-1, NaN, Infinity, 2 ** 60])('to %p is not written at all, and harms nothing', (at) => {
    write(sampleAt(at, { voltage: 1 }), sampleAt(start, { voltage: 2 }));
    expect(query(start - hour, start + hour, 10)).toHaveLength(1);
    expect(settleAll(start + day)).toEqual([start]);
  });
});

test('what was not fresh leaves a gap', () => {
  write(
    sampleAt(start, { voltage: 1, current: 5 }),
    sampleAt(start + second, { voltage: NaN, current: 6 }),
    sampleAt(start + 2 * second, { voltage: 3, current: 7 }),
  );
  expect(query(start, start + 3 * second, 3).map(({ start: at }) => at - start)).toEqual([0, 2000]);
  expect(query(start, start + 3 * second, 3, 'current')).toHaveLength(3);
  expect(query(start, start + 3 * second, 3, 'power')).toEqual([]);
});

test('samples that are sent again after a crash are not written twice', () => {
  const samples = timesOf(start, start + 100 * second).map((at) => sampleAt(at, { voltage: 1 }));
  store.append('run', 1, samples.slice(0, 6));
  restart();
  store.append('run', 1, samples);
  store.append('run', 5, samples.slice(4));
  expect(query(start, start + hour, 1)[0]?.count).toBe(10);
  store.append('another run', 1, samples);
  expect(query(start, start + hour, 1)[0]?.count).toBe(20);
});

test('devices are kept apart', () => {
  write(sampleAt(start, { voltage: 1 }), sampleAt(start, { voltage: 2 }, 'shed'));
  settleAll(start + day);
  expect(query(start, start + hour, 1)[0]?.mean).toBe(1);
  expect(
    store.query({ device: 'shed', quantity: 'voltage', from: start, to: start + hour, points: 1 })[0]?.mean,
  ).toBe(2);
});

test('a piece that a faulty card has spoilt is left out and counted, the others are there', () => {
  live(start, start + 2 * block, wave);
  settleAll(start + day);
  database.putPiece(rawTier, database.series('battery', 'voltage')!, start, new Uint8Array([1, 2, 3]));
  expect(query(start, start + 2 * block, 1440)[0]?.start).toBe(start);
  expect(query(start + block, start + 2 * block, 720)).toHaveLength(720);
  expect(store.unreadable).toBe(1);
});

test('the absurd is kept as it was told', () => {
  const absurd = { current: -32_768, voltage: 6553.5, stateOfCharge: 127.5, power: -32_768 * 6553.5 };
  write(sampleAt(start, absurd));
  settleAll(start + day);
  for (const [name, value] of Object.entries(absurd))
    expect(query(start, start + hour, 1, name)[0]).toMatchObject({ min: value, max: value, last: value });
});

test('a value keeps the decimals that its own kind of device has for it', () => {
  const one = (device: string, kind: RecordedSample['kind'], voltage: number) =>
    write({ ...sampleAt(start, { voltage }, device), kind });
  one('shunt', 'meter', 13.123456);
  one('battery', 'battery', 13.123456);
  const last = (device: string) =>
    store.query({ device, quantity: 'voltage', from: start, to: start + second, points: 1 })[0]?.last;
  expect(last('shunt')).toBe(13.123456);
  expect(last('battery')).toBe(13.123);
});

import { evtvReading } from '../../src/devices/evtv/readings';
import fc from 'fast-check';
import { Site } from '../../src/model/site';
import { SocLog, socLogLength, socLogScales } from '../../src/model/soc-log';

const second = 1000;

test('S0.37, S0.38: ten scales, each twice the one before, from 1 to 512 s a bar', () => {
  expect(socLogScales).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
  expect((702 * 1) / 60).toBeCloseTo(11.7, 9);
  expect((702 * 512) / 86_400).toBeCloseTo(4.16, 2);
});

test('S0.39: a bar is one sample, the first of its seconds, and stays as it is', () => {
  const log = new SocLog();
  for (let s = 0; s <= 1023; s++) log.sample(s * second, s < 512 ? 40 + s / 100 : 60);
  expect(log.bars(9, 1023 * second, 2)).toEqual([40, 60]);
  expect(log.bars(1, 5 * second, 3)).toEqual([0, 2, 4].map((s) => Math.fround(40 + s / 100)));
});

test('S0.40: every scale is logged whatever is looked at', () => {
  const log = new SocLog();
  for (let s = 0; s < 2048; s++) log.sample(s * second, 50);
  socLogScales.forEach((seconds, scale) => {
    const count = Math.min(socLogLength, 2048 / seconds);
    expect(log.bars(scale, 2047 * second, count)).toEqual(Array.from({ length: count }, () => 50));
  });
});

test('where nothing fresh was heard there is a gap, not a line', () => {
  const log = new SocLog();
  for (let s = 0; s < 60; s++) log.sample(s * second, s >= 20 && s < 30 ? undefined : 50);
  const bars = log.bars(0, 59 * second, 60);
  expect(bars.map((value, s) => (value === undefined ? s : -1)).filter((s) => s >= 0)).toEqual([
    20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
  ]);
  expect(log.bars(0, 63 * second, 4)).toEqual([undefined, undefined, undefined, undefined]);
});

test('a timer that is late by a little leaves no gap, however long it goes on', () => {
  const log = new SocLog();
  let now = 0;
  for (let tick = 0; tick < 1500; tick++) log.sample((now += 1001.7), 50);
  expect(log.bars(0, now, 1400)).not.toContain(undefined);
});

test('a value that is no number is a gap', () => {
  const log = new SocLog();
  log.sample(0, NaN);
  log.sample(second, Infinity);
  log.sample(2 * second, 127.5);
  expect(log.bars(0, 2 * second, 3)).toEqual([undefined, undefined, 127.5]);
});

test('what was logged before a restart is there again, on every scale, also from before the clock started', () => {
  const log = new SocLog();
  const day = Array.from({ length: 86_400 }, (_, s) => ({ age: (86_400 - s) * second, value: 50 }));
  const before = Array.from({ length: 2880 }, (_, i) => ({
    age: 86_400_000 + (2880 - i) * 120_000,
    value: 40,
  }));
  const now = 3 * second;
  log.restore([...day, ...before], now);
  // The second under way has not been sampled yet.
  expect(log.bars(0, now, 703).slice(0, 702)).not.toContain(undefined);
  for (let scale = 1; scale < 10; scale++)
    expect(log.bars(scale, now, 703).slice(0, 702)).not.toContain(undefined);
  expect(log.bars(9, now, 703)[0]).toBe(40);
});

test('restoring changes nothing that has been heard since, and leaves gaps as they were', () => {
  const log = new SocLog();
  log.sample(10 * second, 80);
  const samples = [1, 2, 3, 20, 21, 22].map((s) => ({ age: (22 - s) * second, value: 30 }));
  log.restore(
    [{ age: -5, value: 1 }, { age: NaN, value: 1 }, { age: 12 * second, value: 30 }, ...samples],
    22 * second,
  );
  expect(log.bars(0, 22 * second, 22)).toEqual(
    Array.from({ length: 22 }, (_, i) =>
      i + 1 === 10 ? 80 : [1, 2, 3, 20, 21, 22].includes(i + 1) ? 30 : undefined,
    ),
  );
});

test('two lonely samples are not joined by a line', () => {
  const log = new SocLog();
  log.restore(
    [
      { age: 3_600_000, value: 50 },
      { age: 0, value: 60 },
    ],
    0,
  );
  expect(log.bars(5, 0, 200).filter((value) => value !== undefined)).toEqual([50, 60]);
});

test('how far back it reaches', () => {
  const log = new SocLog();
  expect(log.extent(0)).toBe(0);
  log.sample(0, 50);
  log.sample(3600 * second, 50);
  expect(log.extent(3600 * second)).toBe(3600 * second);
});

test('however time passes, no bar holds what was not sampled, and the number of bars is what was asked for', () => {
  const step = fc.tuple(fc.nat(700_000), fc.option(fc.integer({ min: 0, max: 255 }), { nil: undefined }));
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 200 }),
      fc.integer({ min: 0, max: 9 }),
      fc.nat(2048),
      (steps, scale, count) => {
        const log = new SocLog();
        let now = 0;
        const told = new Set<number>();
        for (const [later, half] of steps) {
          if (half !== undefined) told.add(half / 2);
          log.sample((now += later), half === undefined ? undefined : half / 2);
        }
        const bars = log.bars(scale, now, count);
        expect(bars).toHaveLength(count);
        for (const bar of bars) if (bar !== undefined) expect(told.has(bar)).toBe(true);
      },
    ),
  );
});

test('S0.78: the site samples state of charge and power in the same second, and only what is fresh', () => {
  const site = new Site();
  const { battery, socLog, powerLog } = site.battery('battery');
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 77.5 }, 0));
  battery.apply(evtvReading({ message: '0x150', packCurrent: 10, packVoltage: 50 }, 0));
  for (let s = 0; s < 8; s++) site.sample(s * second);
  expect(socLog.bars(0, 7 * second, 8)).toEqual([
    77.5,
    77.5,
    77.5,
    ...Array.from({ length: 5 }, () => undefined),
  ]);
  expect(powerLog.series(7 * second).at(-1)).toBe(500);
});

test('a display that stood still for some seconds has a gap there, one that was half a second late has none', () => {
  const log = new SocLog();
  log.sample(900, 50);
  log.sample(2400, 50);
  log.sample(3901, 50);
  log.sample(10 * second, 51);
  const gap = [undefined, undefined, undefined, undefined, undefined, undefined];
  expect(log.bars(0, 10 * second, 11)).toEqual([50, 50, 50, 50, ...gap, 51]);
  log.sample(19_900, 52);
  log.sample(21_401, 52);
  expect(log.bars(0, 21_401, 3)).toEqual([52, undefined, 52]);
});

test('the past is the same in whichever order it is read', () => {
  const samples = Array.from({ length: 50 }, (_, i) => ({ age: (49 - i) * 120_000, value: i }));
  const bars = (list: readonly { age: number; value: number }[]): unknown => {
    const log = new SocLog();
    log.restore(list, 0);
    return log.bars(4, 0, 400);
  };
  expect(bars([...samples].reverse())).toEqual(bars(samples));
});

test('a line every two minutes stands for the time to the next one, unless one is missing', () => {
  const log = new SocLog();
  // The fourth comes late, the sixth not at all.
  const minutes = [0, 2, 4, 6.8, 8.8, 12.8, 14.8, 16.8];
  log.restore(
    minutes.map((at) => ({ age: (20 - at) * 60_000, value: 50 })),
    0,
  );
  // 8 s a bar: which of the minutes have one.
  const bars = log.bars(3, 0, 150).map((value) => value !== undefined);
  const filled = (from: number, to: number): boolean[] => bars.slice((from * 60) / 8, (to * 60) / 8 - 1);
  expect(filled(0.3, 8.8)).not.toContain(false);
  expect(filled(9, 12.7)).not.toContain(true);
  expect(filled(13, 14.8)).not.toContain(false);
  expect(filled(17, 20)).not.toContain(true);
});

test('what is in the future is left out', () => {
  const log = new SocLog();
  log.restore([{ age: -5, value: 30 }], 0);
  expect(log.bars(0, 0, 1)).toEqual([undefined]);
});

test('what is too old for a scale does not turn up as the present', () => {
  const log = new SocLog();
  const now = 3 * 3600 * second;
  // Up to a quarter of an hour ago, and longer ago than the shortest scale reaches.
  log.restore(
    Array.from({ length: 60 }, (_, i) => ({ age: 900_000 + (60 - i) * 120_000, value: 30 })),
    now,
  );
  expect(log.bars(0, now, 800).filter((value) => value !== undefined)).toEqual([]);
  for (let s = 1; s <= socLogLength; s++) log.sample(now + s * second, 40);
  const silent = now + (socLogLength + 5) * second;
  expect(log.bars(0, silent, 6)).toEqual([40, ...Array.from({ length: 5 }, () => undefined)]);
});

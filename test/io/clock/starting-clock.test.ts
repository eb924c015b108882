import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { isPlausible } from '../../../src/base/clock';
import { machineSigns } from '../../../src/io/clock/machine-signs';
import { StartingClock } from '../../../src/io/clock/starting-clock';
import { HistoryKeeper } from '../../../src/features/history/history-keeper';
import type { RecordedSample } from '../../../src/io/recorders/recorder';
import { Site } from '../../../src/model/site';
import { SimulatedTime } from '../../soak/simulated-time';
import { temporaryFolder } from '../../temporary-folder';

const top = temporaryFolder();
const switchedOff = new Date('2026-11-20T20:00:00Z');
const really = new Date('2026-11-29T08:00:00Z');

/** A machine without a clock that was switched off nine days ago, 20 s after its start. */
function machine({ uptime = 20, hasClock = false, synchronised = false } = {}) {
  const time = new SimulatedTime();
  time.setWall(switchedOff);
  const signs = { uptime, hasClock, synchronised };
  const told: string[] = [];
  const clock = new StartingClock(
    time,
    {
      uptime: () => signs.uptime,
      hasClock: () => signs.hasClock,
      isSynchronised: () => signs.synchronised,
    },
    (why) => told.push(why),
  );
  return { time, signs, clock, told };
}

test.each([
  ['has a clock of its own', { hasClock: true }],
  ['is synchronised already', { synchronised: true }],
  ['has been up for ten minutes', { uptime: 600 }],
])('a machine that %s is believed at once', (_, signs) => {
  const { clock, told } = machine(signs);
  expect([clock.wall(), clock.isWaiting, told]).toEqual([switchedOff, false, []]);
});

test('the time of the last switch-off is no time of day until the first synchronisation', async () => {
  const { time, signs, clock, told } = machine();
  expect(isPlausible(clock.wall())).toBe(false);
  await time.pass(60_000);
  expect([isPlausible(clock.wall()), clock.isWaiting]).toEqual([false, true]);
  // The daemon has found that the clock is right to the second, and says so.
  signs.synchronised = true;
  await time.pass(1000);
  expect(clock.wall()).toEqual(new Date(switchedOff.getTime() + 61_000));
  expect([clock.isWaiting, told]).toEqual([false, ['synchronised']]);
});

test('who sets the clock knows the time', async () => {
  const { time, clock, told } = machine();
  await time.pass(30_000);
  clock.wall();
  time.setWall(really);
  await time.pass(1000);
  expect(clock.wall()).toEqual(new Date(really.getTime() + 1000));
  expect(told).toEqual(['synchronised']);
});

test('nobody is waited for longer than three minutes', async () => {
  const { time, clock, told } = machine();
  await time.pass(179_000);
  expect(isPlausible(clock.wall())).toBe(false);
  await time.pass(1000);
  expect(clock.wall()).toEqual(new Date(switchedOff.getTime() + 180_000));
  expect(told).toEqual(['waited long enough']);
});

test('it looks twice a second at most, and grows while nobody knows the time', async () => {
  const { time, signs, clock } = machine();
  let looks = 0;
  Object.defineProperty(signs, 'synchronised', { get: () => (looks++, false) });
  for (let i = 0; i < 1000; i++) clock.wall();
  expect(looks).toBe(0);
  const before = clock.wall().getTime();
  for (let i = 0; i < 100; i++) {
    await time.pass(100);
    for (let each = 0; each < 10; each++) clock.wall();
  }
  expect(looks).toBe(20);
  expect(clock.wall().getTime() - before).toBe(10_000);
});

test('samples of the wait get the times at which they were measured, and the past is asked for with the right time', async () => {
  const { time, clock } = machine();
  const site = new Site();
  const { battery } = site.battery('battery');
  const written: RecordedSample[] = [];
  const asked: number[] = [];
  const keeper = new HistoryKeeper({
    site,
    clock,
    recorder: {
      status: { state: 'up', report: { code: 'history-made-up', values: {} }, waiting: 0, dropped: 0 },
      record: (sample) => void written.push(sample),
      close: () => Promise.resolve(),
    },
    reader: {
      query: () => Promise.resolve([]),
      recent: ({ now }) => {
        asked.push(now);
        return Promise.resolve([]);
      },
    },
  });
  for (let second = 0; second < 30; second++) {
    await time.pass(1000);
    const at = time.monotonic();
    battery.apply({ device: 'battery', at, group: 'x', period: 1000, values: { voltage: 48 + second } });
    if (second === 20) time.setWall(really);
    keeper.sample();
    if (second < 20) expect([written, asked]).toEqual([[], []]);
  }
  await time.pass(0);
  expect(written.map(({ at }) => at)).toEqual(
    Array.from({ length: 30 }, (_, second) => really.getTime() + (second - 20) * 1000),
  );
  expect(asked.length).toBeGreaterThan(0);
  for (const now of asked) expect(now).toBeGreaterThanOrEqual(really.getTime());
});

describe('this machine', () => {
  const clocks = (content?: string): string => {
    const folder = join(top, `rtc-${content ?? 'none'}`.replace(/\s/g, ''));
    mkdirSync(join(folder, 'rtc0'), { recursive: true });
    if (content !== undefined) writeFileSync(join(folder, 'rtc0/since_epoch'), content);
    return folder;
  };

  test('has a clock where one has a time that can be right', () => {
    expect(machineSigns('', clocks('1796000000\n')).hasClock()).toBe(true);
    expect(machineSigns('', clocks('86400\n')).hasClock()).toBe(false);
    expect(machineSigns('', clocks(), 'x64').hasClock()).toBe(false);
    expect(machineSigns('', join(top, 'nothing'), 'arm64').hasClock()).toBe(false);
    expect(machineSigns('', join(top, 'nothing'), 'x64').hasClock()).toBe(true);
  });

  test('is synchronised where timesyncd says so, else where the kernel does', () => {
    const mark = join(top, 'synchronized');
    writeFileSync(mark, '');
    expect(machineSigns(mark).isSynchronised()).toBe(true);
    const script =
      'import ctypes; b = ctypes.create_string_buffer(256); ctypes.CDLL(None).adjtimex(b); print(int.from_bytes(b[40:44], "little"))';
    const status = Number(execFileSync('python3', ['-c', script], { encoding: 'utf8' }));
    expect(machineSigns(join(top, 'nothing')).isSynchronised()).toBe((status & 0x40) === 0);
  });

  test('tells how long it has been up', () => {
    expect(machineSigns().uptime()).toBeGreaterThan(0);
  });
});

import { evtvReading } from '../../../src/devices/evtv/readings';
import { LogFile } from '../../../src/io/recorders/log-file';
import type { RecorderState } from '../../../src/model/recorder-state';
import { freshValues } from '../../../src/model/log-values';
import { Battery } from '../../../src/model/battery';
import { SimulatedTime } from '../../soak/simulated-time';
import type { LogReport } from '../../../src/model/recorder-reports';
import { logText, noticeWords } from '../../../src/words/en';

/** How a log is, in words. */
function said({ state: { state, report } }: LogFile): readonly [string, string] {
  return [state, logText(report)];
}

/** A log of a battery that says how it is once a second, on a disk that does what the test wants. */
function recording(wall = '2026-06-12T10:00:00.300Z', every = 1) {
  const time = new SimulatedTime();
  time.setWall(new Date(wall));
  const battery = new Battery('battery');
  const writes: { at: number; lines: string[] }[] = [];
  const states: RecorderState<LogReport>[] = [];
  const disk = { error: undefined as string | undefined, wait: undefined as Promise<void> | undefined };
  const appender = {
    append: async (text: string): Promise<number> => {
      if (disk.wait !== undefined) await disk.wait;
      if (disk.error !== undefined) throw Object.assign(new Error(disk.error), { code: disk.error });
      if (text !== '') writes.push({ at: time.monotonic(), lines: text.trimEnd().split('\n') });
      return 0;
    },
  };
  const log = new LogFile({
    clock: time,
    timers: time,
    appender,
    read: (now) => freshValues(battery, now),
    changed: (state) => states.push(state),
    every,
  });
  let beat = 0;
  const hear = (): void => {
    const now = time.monotonic();
    battery.apply(
      evtvReading(
        { message: '0x150', packCurrent: -34, packVoltage: 41.1, ampHours: -1415.7, temperatureMax: 36 },
        now,
      ),
    );
    battery.apply(evtvReading({ message: '0x650', stateOfCharge: 11.5 + (beat++ % 2) * 0.5 }, now));
  };
  const live = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      hear();
      await time.pass(1000);
    }
  };
  const lines = (): string[] => writes.flatMap((write) => write.lines);
  return { time, battery, log, writes, states, disk, hear, live, lines };
}

const stamp = (line: string): string => line.slice(11, 19);

test('S0.71, S0.72: a line a second on the second, in the format of the manual', async () => {
  const { log, live, lines } = recording();
  log.start();
  await live(30);
  await log.close();
  expect(lines()).toHaveLength(30);
  expect(lines()[0]).toBe('06/12/2026 12:00:01 ,11.5,41.1,-34,-1397,-1415.70,036');
  expect(lines().map(stamp)).toEqual(
    Array.from({ length: 30 }, (_, i) => `12:00:${String(i + 1).padStart(2, '0')}`),
  );
});

test('S0.72: silence is a gap, not a repetition', async () => {
  const { log, live, time, lines } = recording();
  log.start();
  await live(10);
  await time.pass(60_000);
  await live(10);
  await log.close();
  // What was heard last is fresh for three of its periods.
  expect(lines().map((line) => Number(line.slice(14, 16)) * 60 + Number(line.slice(17, 19)))).toEqual([
    ...Array.from({ length: 12 }, (_, i) => i + 1),
    ...Array.from({ length: 10 }, (_, i) => i + 71),
  ]);
});

test('S0.72: what is not fresh any more is an empty field beside what is', async () => {
  const { log, time, battery, live, lines } = recording();
  log.start();
  await live(2);
  for (let second = 0; second < 20; second++) {
    battery.apply(evtvReading({ message: '0x650', stateOfCharge: 12 }, time.monotonic()));
    await time.pass(1000);
  }
  await log.close();
  expect(lines()[1]).toMatch(/ ,12.0,41.1,-34,-1397,-1415.70,036$/);
  expect(lines()).toHaveLength(22);
  expect(lines()[21]).toMatch(/ ,12.0,,,,,$/);
});

test('S0.78: power and current of the finer message are logged where they are heard', async () => {
  const { log, time, battery, lines } = recording();
  log.start();
  battery.apply(evtvReading({ message: '0x151', fineCurrent: 2.34, finePower: 121.6 }, time.monotonic()));
  await time.pass(1000);
  await log.close();
  expect(lines()[0]).toMatch(/ ,,52.0,2,122,,$/);
});

test('an option: a line every n seconds', async () => {
  const { log, live, lines } = recording('2026-06-12T10:00:00.300Z', 5);
  log.start();
  await live(20);
  await log.close();
  expect(lines().map(stamp)).toEqual(['12:00:05', '12:00:10', '12:00:15', '12:00:20']);
});

test('at most ten lines are in memory only, and the disk is asked once in ten seconds', async () => {
  const { log, live, writes, lines } = recording();
  log.start();
  let made = 0;
  for (let second = 0; second < 120; second++) {
    await live(1);
    made++;
    expect(made - lines().length).toBeLessThanOrEqual(10);
  }
  expect(writes).toHaveLength(12);
  for (const [i, { at }] of writes.entries()) {
    if (i > 0) expect(at - writes[i - 1]!.at).toBeGreaterThanOrEqual(9_990);
  }
  await log.close();
});

test('what came last before a silence is written too', async () => {
  const { log, live, time, lines } = recording();
  log.start();
  await live(3);
  await time.pass(12_000);
  expect(lines()).toHaveLength(5);
  await log.close();
});

test('at its end what waits is written', async () => {
  const { log, live, lines } = recording();
  log.start();
  await live(4);
  expect(lines()).toHaveLength(0);
  await log.close();
  expect(lines()).toHaveLength(4);
});

test('a disk that hangs does not keep the program from ending', async () => {
  const { log, live, disk, time } = recording();
  log.start();
  await live(4);
  disk.wait = new Promise(() => undefined);
  const closed = log.close().then(() => 'closed');
  await time.pass(3000);
  expect(await closed).toBe('closed');
  expect(time.pending).toBe(0);
});

test.each([
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the disk is read-only'],
  ['EIO', 'the disk does not work (EIO)'],
  ['EACCES', 'packdial has no right to'],
])('%s: it is said, tried again, and no line is lost', async (code, words) => {
  const { log, live, lines, disk, states } = recording();
  log.start();
  await live(15);
  disk.error = code;
  await live(600);
  expect(said(log)).toEqual(['down', `The log can't be written: ${words}; the last lines wait in memory.`]);
  const { short } = noticeWords({ code: 'log-not-written', values: log.state.report });
  expect(short).toBe(`Not logging: ${words}`);
  disk.error = undefined;
  await live(20);
  expect(said(log)).toEqual(['up', 'The log is written.']);
  await log.close();
  expect(lines()).toHaveLength(635);
  expect(new Set(lines().map(stamp)).size).toBe(635);
  expect(states.map(({ state }) => state)).toEqual(['down', 'up']);
  expect(log.counters).toEqual({ written: 635, lost: 0 });
});

test('a disk that is away for a day costs the oldest lines, which are counted, and no more memory', async () => {
  const { log, live, lines, disk } = recording();
  log.start();
  disk.error = 'EIO';
  await live(12_000);
  expect(log.counters).toEqual({ written: 0, lost: 2000 });
  expect(logText(log.state.report)).toMatch(/; the oldest lines are being lost\.$/);
  disk.error = undefined;
  await live(120);
  await log.close();
  expect(lines()).toHaveLength(10_110);
  expect(stamp(lines()[0]!)).toBe('12:33:31');
  expect(said(log)).toEqual(['up', 'The log is written; 2010 lines got lost.']);
}, 60_000);

test('a slow disk is told and loses nothing', async () => {
  const { log, live, lines, disk } = recording();
  log.start();
  await live(5);
  let go = (): void => undefined;
  disk.wait = new Promise((resolve) => (go = resolve));
  await live(40);
  expect(said(log)).toEqual(['behind', 'The disk is slow: the last lines of the log wait in memory.']);
  disk.wait = undefined;
  go();
  await live(20);
  await log.close();
  expect(lines()).toHaveLength(65);
  expect(log.state.state).toBe('up');
});

test('nothing is written before the time is known; then it is, with the right times', async () => {
  const { log, live, time, lines } = recording('1970-01-01T00:00:07.300Z');
  log.start();
  await live(300);
  expect(lines()).toEqual([]);
  expect(said(log)).toEqual(['behind', 'The time is not known yet: lines of the log wait in memory for it.']);
  time.setWall(new Date('2026-06-12T10:05:00.600Z'));
  await live(12);
  await log.close();
  const stamps = lines().map(stamp);
  expect(stamps[0]).toBe('12:00:01');
  expect(new Set(stamps).size).toBe(stamps.length);
  expect(stamps.length).toBeGreaterThanOrEqual(311);
  expect(log.state.state).toBe('up');
});

test.each(['2027-03-28T00:59:55Z', '2026-10-25T00:59:55Z'])(
  'when summer time changes (%s), a line is written each second as ever',
  async (wall) => {
    const { log, live, lines } = recording(wall);
    log.start();
    await live(20);
    await log.close();
    expect(lines()).toHaveLength(20);
  },
);

test('a log that is about to be erased is not written any more', async () => {
  const { log, live, lines, time } = recording();
  log.start();
  await live(4);
  await log.pause();
  await time.pass(60_000);
  expect([lines().length, time.pending]).toEqual([0, 0]);
  // It could not be: nothing was lost but the seconds meanwhile.
  log.start();
  await live(8);
  await log.close();
  await log.close();
  expect(lines()).toHaveLength(12);
});

import { evtvDecoder } from '../src/devices/evtv/decoder';
import { HeardLog } from '../src/features/hearing/heard-log';
import { systemClock } from '../src/base/clock';
import { FrameIntake } from '../src/io/sources/frame-intake';
import { SimulateSource } from '../src/io/sources/simulate-source';
import { LogLimiter } from '../src/logging/log-limiter';
import { Site } from '../src/model/site';
import { completeStatus } from '../src/protocol/complete-status';
import { formatMoment } from '../src/screens/format';
import { mainView, type MainView } from '../src/screens/main/main-view';
import { SimulatedTime } from './soak/simulated-time';

// The tests run in Europe/Berlin, see global-setup.cjs: summer time ends at 2026-10-25 03:00 and begins at 2027-03-28 02:00.

/** A display's model that hears a controller, with a clock that can be set. */
function living() {
  const time = new SimulatedTime();
  const site = new Site();
  const monitored = site.battery('battery');
  const limiter = new LogLimiter();
  const lines: string[] = [];
  const warn = (text: string, times = 1): void => {
    for (const [, line] of limiter.offer('warn', text, times, time.monotonic())) lines.push(line);
  };
  const heardLog = new HeardLog(
    { error: warn, warn, info: warn, debug: warn, open: () => Promise.resolve() },
    time,
  );
  const intake = new FrameIntake(time, evtvDecoder(), {
    reading: (reading) => monitored.battery.apply(reading),
    rejected: (cause, detail) => heardLog.rejected(cause, detail),
    status: () => undefined,
  });
  const stop = new AbortController();
  void new SimulateSource({ modules: 2, timers: time }).run(stop.signal, intake);
  const view = (): MainView =>
    mainView(monitored, {
      now: time.monotonic(),
      wall: time.wall(),
      address: undefined,
      source: {
        label: 'UDP 6500',
        text: '',
        up: true,
        frames: 1,
        ignored: 0,
        malformed: 0,
        sender: undefined,
      },
    });
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      await time.pass(1000);
      site.sample(time.monotonic());
    }
  };
  return { time, monitored, intake, lines, stop, view, pass };
}

test.each([
  ['years forward at the first synchronisation', '1970-01-01T00:00:07Z', '2026-11-21T08:30:00Z', '09:30'],
  [
    'six years forward, from the time it was switched off',
    '2020-11-21T08:00:00Z',
    '2026-11-21T08:30:00Z',
    '09:30',
  ],
  ['an hour back', '2026-06-12T10:00:00Z', '2026-06-12T09:00:00Z', '11:00'],
  ['an hour forward', '2026-06-12T10:00:00Z', '2026-06-12T11:00:00Z', '13:00'],
  ['a year back', '2026-06-12T10:00:00Z', '2025-06-12T10:00:00Z', '12:00'],
  ['to the end of summer time', '2026-10-25T00:59:00Z', '2026-10-25T01:00:00Z', '02:00'],
  ['to the beginning of summer time', '2027-03-28T00:59:00Z', '2027-03-28T01:00:00Z', '03:00'],
  ['beyond the seconds of 32 bits', '2026-06-12T10:00:00Z', '2038-01-19T03:14:08Z', '04:14'],
  ['beyond the unsigned ones', '2026-06-12T10:00:00Z', '2106-02-07T06:28:16Z', '07:28'],
  ['to before it was made', '2026-06-12T10:00:00Z', '1999-12-31T23:00:00Z', '--:--'],
])('a clock that is set %s is shown, and nothing else has changed', async (_name, before, after, shown) => {
  const { time, monitored, stop, view, pass } = living();
  time.setWall(new Date(before));
  await pass(600);
  const old = { ...view(), clock: '' };
  const series = monitored.powerLog.series(time.monotonic());
  time.setWall(new Date(after));
  const set = view();
  expect(set.clock).toBe(shown);
  expect({ ...set, clock: '' }).toEqual(old);
  expect(monitored.powerLog.series(time.monotonic())).toEqual(series);
  await pass(600);
  const { current, cellsLate, banner } = view();
  expect([current.tone, current.age, cellsLate, banner.title]).toEqual(['fresh', '', false, '']);
  const filled = monitored.powerLog.series(time.monotonic()).filter((power) => power !== undefined);
  expect(filled).toHaveLength(11);
  stop.abort();
});

test('summer time ends and begins while the clock runs: the strip follows, ages do not', async () => {
  for (const [start, shown] of [
    ['2026-10-25T00:59:50Z', ['02:59', '02:00']],
    ['2027-03-28T00:59:50Z', ['01:59', '03:00']],
  ] as const) {
    const { time, stop, view, pass } = living();
    time.setWall(new Date(start));
    await pass(5);
    const seen = [view().clock];
    await pass(10);
    seen.push(view().clock);
    expect(seen).toEqual(shown);
    expect(view().current.tone).toBe('fresh');
    stop.abort();
  }
});

test('since when nothing is heard is told in the time that the clock has now', async () => {
  const { time, stop, view, pass } = living();
  time.setWall(new Date('1970-01-01T00:00:00Z'));
  await pass(60);
  stop.abort();
  await pass(120);
  expect(view().banner.title).toBe('No data for 2 min (UDP 6500)');
  time.setWall(new Date('2026-10-25T01:01:00Z'));
  // 02:59 in summer time, 61 minutes ago by the figures of the clock and two minutes in truth.
  expect(view().banner.title).toMatch(/^No data since 02:59:0\d \(UDP 6500\)$/);
  time.setWall(new Date('2024-01-01T00:00:30+01:00'));
  expect(view().banner.title).toBe('No data for 2 min (UDP 6500)');
});

test('what repeats is held back by the time that passes, not by what the clock says', async () => {
  const { time, intake, lines, stop } = living();
  for (let second = 0; second < 59; second++) {
    time.setWall(new Date(Date.UTC(2020 + (second % 20), 5, 12)));
    intake.rejected('wrong length', `${second} bytes`);
    await time.pass(1000);
  }
  expect(lines).toEqual(['Not used, wrong length: 0 bytes']);
  stop.abort();
});

test('ages in a message are measured, its stamp is the clock', async () => {
  const { time, monitored, stop, pass } = living();
  time.setWall(new Date('2020-01-01T00:00:00Z'));
  await pass(30);
  stop.abort();
  await pass(3);
  time.setWall(new Date('2026-06-12T10:00:00Z'));
  const origin = { bmsId: null, source: 'test' };
  const status = completeStatus(monitored.battery, origin, time.monotonic(), time.wall());
  expect(status.timestamp).toBe('2026-06-12T10:00:00.000Z');
  expect(status.age['0x150']).toBe(3);
});

test('a moment of a day with 25 hours is told in the time of that moment', () => {
  const wall = new Date('2026-10-25T12:00:00Z');
  expect(formatMoment(new Date('2026-10-25T00:30:00Z'), wall)).toBe('02:30:00');
  expect(formatMoment(new Date('2026-10-25T01:30:00Z'), wall)).toBe('02:30:00');
  expect(formatMoment(new Date('2026-10-24T21:59:00Z'), wall)).toBe('2026-10-24 23:59:00');
});

test('the clock that ages are measured with is not the one that can be set', () => {
  const [before, wall] = [systemClock.monotonic(), jest.spyOn(Date, 'now')];
  wall.mockReturnValue(0);
  expect(systemClock.monotonic()).toBeGreaterThanOrEqual(before);
  wall.mockRestore();
});

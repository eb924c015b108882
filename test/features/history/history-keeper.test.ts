import { evtvReading } from '../../../src/devices/evtv/readings';
import { HistoryKeeper } from '../../../src/features/history/history-keeper';
import type { RecordedSample, Recorder } from '../../../src/io/recorders/recorder';
import type { HistoryReader, PastValue } from '../../../src/model/history/history-reader';
import { Site } from '../../../src/model/site';
import { SimulatedTime } from '../../soak/simulated-time';

/** A keeper whose recorder and past are at hand. */
function keeping(past: readonly PastValue[] | HistoryReader['recent'] = []) {
  const time = new SimulatedTime();
  const site = new Site();
  const written: RecordedSample[] = [];
  const asked: unknown[] = [];
  const recorder: Recorder = {
    status: {
      state: 'up',
      report: { code: 'history-written', values: { file: 'history.sqlite', behind: false } },
      waiting: 0,
      dropped: 0,
    },
    record: (sample) => void written.push(sample),
    close: () => Promise.resolve(),
  };
  const reader: HistoryReader = {
    query: () => Promise.resolve([]),
    recent: (question) => {
      asked.push(question);
      return typeof past === 'function' ? past(question) : Promise.resolve(past);
    },
  };
  const keeper = new HistoryKeeper({ site, clock: time, recorder, reader, suffix: ' (not real)' });
  const { battery, powerLog, socLog } = site.battery('battery');
  const second = async (power?: number): Promise<void> => {
    await time.pass(1000);
    if (power !== undefined)
      battery.apply(evtvReading({ message: '0x151', finePower: power }, time.monotonic()));
    keeper.sample();
    await Promise.resolve();
  };
  const powers = () =>
    written.map(({ at, names, values }) => [
      new Date(at).toISOString().slice(11, 19),
      values[names.indexOf('power')],
    ]);
  return { time, site, keeper, written, asked, powerLog, socLog, second, powers };
}

test('S1.20: a sample a second with its time of day, while there is something fresh', async () => {
  const { time, second, powers, written } = keeping();
  time.setWall(new Date('2026-06-01T12:00:00Z'));
  await second();
  await second(100);
  await second(200);
  for (let i = 0; i < 6; i++) await second();
  expect(written[0]?.device).toBe('battery (not real)');
  // Fresh for three seconds; then nothing, not the last value again.
  expect(powers()).toEqual([
    ['12:00:02', 100],
    ['12:00:03', 200],
    ['12:00:04', 200],
    ['12:00:05', 200],
  ]);
});

test('what was measured before the time was known is written with its true time when it is', async () => {
  const { time, second, powers, asked } = keeping();
  time.setWall(new Date('1970-01-01T00:00:10Z'));
  await second(1);
  await second(2);
  expect(powers()).toEqual([]);
  expect(asked).toEqual([]);
  time.setWall(new Date('2026-06-01T12:00:00Z'));
  await second(3);
  expect(powers()).toEqual([
    ['11:59:59', 1],
    ['12:00:00', 2],
    ['12:00:01', 3],
  ]);
});

test('what finds no room while the time is not known is counted', async () => {
  const { time, second, keeper } = keeping();
  time.setWall(new Date('1970-01-01T00:00:10Z'));
  for (let i = 0; i < 3605; i++) await second(1);
  expect(keeper.untimed).toBe(5);
});

test('the power log is there again after a restart, once the time is known', async () => {
  const { time, second, asked, powerLog } = keeping([
    { age: 3 * 3_600_000, value: -500 },
    { age: 130_000, value: 300 },
  ]);
  time.setWall(new Date('2026-06-01T12:00:00Z'));
  await second(1);
  await second(1);
  const device = 'battery (not real)';
  expect(asked.map((asking) => ({ ...(asking as object), now: 0 }))).toEqual([
    { device, quantity: 'stateOfCharge', seconds: 3600, step: 1, now: 0 },
    { device, quantity: 'stateOfCharge', seconds: 86_400, step: 8, now: 0 },
    { device, quantity: 'stateOfCharge', seconds: 359_424, step: 120, now: 0 },
    { device, quantity: 'power', seconds: 86_400, step: 10, now: 0 },
  ]);
  const series = powerLog.series(time.monotonic());
  expect(series.filter((power) => power !== undefined)).toEqual([-500, 300]);
});

test('S0.39: a gap that was there before the restart is a gap afterwards, however short', async () => {
  const outage = { from: 90, to: 30 };
  /** 60 % in each second of two hours, but for the outage, put together as the history does. */
  const recent: HistoryReader['recent'] = ({ quantity, seconds, step }) => {
    if (quantity !== 'stateOfCharge') return Promise.resolve([]);
    const values: PastValue[] = [];
    for (let start = Math.min(seconds, 7200); start > 0; start -= step) {
      const known = Array.from({ length: step }, (_, i) => start - i).some(
        (age) => age > 0 && (age > outage.from || age <= outage.to),
      );
      if (known) values.push({ age: Math.max(0, (start - step / 2) * 1000), value: 60 });
    }
    return Promise.resolve(values);
  };
  const { time, second, socLog } = keeping(recent);
  time.setWall(new Date('2026-06-01T12:00:00Z'));
  for (let i = 0; i < 6; i++) await second();
  const bars = socLog.bars(0, time.monotonic(), 300);
  const ago = (seconds: number): number | undefined => bars[bars.length - 1 - seconds];
  for (let age = outage.to + 8; age < outage.from; age++) expect([age, ago(age)]).toEqual([age, undefined]);
  for (const age of [8, 30, 100, 200, 290]) expect([age, ago(age)]).toEqual([age, 60]);
  // Further back the coarser samples are there.
  expect(socLog.bars(1, time.monotonic(), 2048).filter((bar) => bar !== undefined).length).toBeGreaterThan(
    1900,
  );
});

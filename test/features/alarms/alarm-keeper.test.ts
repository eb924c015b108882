import { evtvReading } from '../../../src/devices/evtv/readings';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { AlarmKeeper } from '../../../src/features/alarms/alarm-keeper';
import { textStore, type TextStore } from '../../../src/io/text-store';
import { alarmLogLength } from '../../../src/model/alarm-log';
import type { AlarmReport, AlarmReports, LimitAlarmCode } from '../../../src/model/alarm-reports';
import { protectionFlags, warningFlags } from '../../../src/model/flag-names';
import { Site } from '../../../src/model/site';
import { decodeAlarms, encodeAlarms, type KeptAlarm } from '../../../src/protocol/alarm-file';
import { alarmRow } from '../../../src/screens/alarms/alarm-rows';
import { SimulatedTime } from '../../soak/simulated-time';
import { alarmSentence, namedAlarm } from '../../worded';
import { temporaryFolder } from '../../temporary-folder';

const top = temporaryFolder();
const limits = {
  packHigh: 57.6,
  packLow: 44,
  temperatureHigh: undefined,
  temperatureLow: undefined,
  spread: undefined,
  stateOfChargeLow: undefined,
  silence: undefined,
};

/** A run of packdial that keeps its alarms in a file that outlives it. */
function run(path: string, from: string, changes: Partial<TextStore> = {}, name = 'battery') {
  const time = new SimulatedTime();
  time.setWall(new Date(from));
  const site = new Site(limits);
  const { battery, alarms } = site.battery(name);
  const warnings: string[] = [];
  const store = { ...textStore(path), ...changes };
  const writes: string[] = [];
  // What the real disk does takes as long as it takes, and no simulated time.
  const pending = new Set<Promise<unknown>>();
  const awaited = <T>(work: Promise<T>): Promise<T> => {
    const end = work.then(
      () => undefined,
      () => undefined,
    );
    pending.add(end);
    void end.then(() => pending.delete(end));
    return work;
  };
  const keeper = new AlarmKeeper({
    site,
    clock: time,
    store: {
      read: () => awaited(store.read()),
      setAside: () => awaited(store.setAside()),
      write: (content) => {
        writes.push(content);
        return awaited(store.write(content));
      },
    },
    log: { info: () => undefined, warn: (text) => warnings.push(text) },
  });
  const live = async (seconds: number, volts?: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      await time.pass(1000);
      if (volts !== undefined)
        battery.apply(evtvReading({ message: '0x150', packVoltage: volts }, time.monotonic(), name));
      site.sample(time.monotonic());
      keeper.sample();
      do {
        await Promise.all(pending);
        // Who has waited for it goes on, and may ask for more.
        await new Promise((resolve) => setImmediate(resolve));
      } while (pending.size > 0);
    }
  };
  const rows = () =>
    alarms.log.list.map((entry) => {
      const { when, what, state } = alarmRow(entry, time.monotonic(), time.wall(), { units: 'celsius' });
      return [when, what, state];
    });
  return { time, alarms, keeper, live, rows, warnings, writes };
}

const newFile = (): string => join(mkdtempSync(join(top, 'alarms-')), 'alarms.json');
const high = 'Pack at 58.0 V, above 57.6 V';
const low = 'Pack at 43.0 V, below 44.0 V';

test('alarms are there again after a restart, with the times at which they rose, were seen and were over', async () => {
  const file = newFile();
  const first = run(file, '2026-06-12T12:00:00');
  await first.live(5, 50);
  await first.live(120, 58);
  first.alarms.acknowledge();
  await first.live(60, 50);
  await first.live(60, 43);
  await first.keeper.close();
  expect(first.rows()).toEqual([
    ['12:03', low, 'NOW'],
    ['12:00', high, 'over 12:02'],
  ]);
  const second = run(file, '2026-06-13T08:00:00');
  await second.live(5, 50);
  // Whether it went on while nobody looked, nobody can say.
  expect(second.rows()).toEqual([
    ['12 Jun 12:03', low, 'end not known'],
    ['12 Jun 12:00', high, 'over 12 Jun 12:02'],
  ]);
  await second.live(30, 58);
  await second.keeper.close();
  const third = run(file, '2026-06-14T08:00:00');
  await third.live(3);
  expect(third.rows().map(([when, what]) => [when, what])).toEqual([
    ['13 Jun 08:00', high],
    ['12 Jun 12:03', low],
    ['12 Jun 12:00', high],
  ]);
  expect(decodeAlarms(readFileSync(file, 'utf8'))?.[2]?.acknowledged).toBe(
    new Date('2026-06-12T12:02:05').getTime(),
  );
});

describe('what was acknowledged and stands when packdial starts again', () => {
  /** A run in which the pack stood at 58 V and was acknowledged, and which then ended. */
  async function acknowledged(): Promise<string> {
    const file = newFile();
    const first = run(file, '2026-06-12T12:00:00');
    await first.live(5, 50);
    await first.live(20, 58);
    first.alarms.acknowledge();
    await first.live(20, 58);
    await first.keeper.close();
    return file;
  }

  test('stays acknowledged, as the same alarm', async () => {
    const file = await acknowledged();
    const second = run(file, '2026-06-12T12:02:00');
    await second.live(5, 58);
    expect(second.alarms.alarming).toBe(false);
    expect(second.rows()).toEqual([['12:00', high, 'seen 12:00']]);
    await second.live(5, 50);
    expect(second.rows()).toEqual([['12:00', high, 'over 12:02']]);
    await second.keeper.close();
    // And it is carried from each run to the next.
    expect(decodeAlarms(readFileSync(file, 'utf8'))).toHaveLength(1);
  });

  test('and the list may come when the alarm has risen already', async () => {
    const file = await acknowledged();
    const second = run(file, '1970-01-01T00:00:00');
    await second.live(5, 58);
    expect(second.alarms.alarming).toBe(true);
    second.time.setWall(new Date('2026-06-12T12:02:00'));
    await second.live(5, 58);
    expect(second.alarms.alarming).toBe(false);
  });

  test.each([
    ['it is clearly worse', '2026-06-12T12:02:00', 60.5],
    ['it is another one', '2026-06-12T12:02:00', 43],
    ['packdial was off for hours', '2026-06-12T14:02:00', 58],
    ['the clock was set back by hours', '2026-06-12T09:02:00', 58],
  ])('rises again when %s', async (_, from, volts) => {
    const second = run(await acknowledged(), from);
    await second.live(5, volts);
    expect(second.alarms.alarming).toBe(true);
  });

  test('rises again when it was over in between, and when it comes much later', async () => {
    const over = run(await acknowledged(), '2026-06-12T12:02:00');
    await over.live(5, 58);
    await over.live(20, 50);
    await over.live(5, 58);
    expect(over.alarms.alarming).toBe(true);
    const late = run(await acknowledged(), '2026-06-12T12:02:00');
    await late.live(605, 50);
    await late.live(5, 58);
    expect(late.alarms.alarming).toBe(true);
  });

  test('is kept over two restarts, and over a run in which nothing was heard', async () => {
    const file = await acknowledged();
    const silent = run(file, '2026-06-12T12:02:00');
    await silent.live(5);
    await silent.keeper.close();
    const third = run(file, '2026-06-12T12:04:00');
    await third.live(15, 58);
    expect(third.alarms.alarming).toBe(false);
    await third.keeper.close();
    const fourth = run(file, '2026-06-12T12:06:00');
    await fourth.live(5, 58);
    expect(fourth.alarms.alarming).toBe(false);
    expect(fourth.rows()).toEqual([['12:00', high, 'seen 12:00']]);
  });
});

test('a power cut costs ten seconds of alarms at most', async () => {
  const file = newFile();
  const first = run(file, '2026-06-12T12:00:00');
  await first.live(12, 50);
  await first.live(10, 58);
  // Nobody closes it.
  const second = run(file, '2026-06-12T12:10:00');
  await second.live(3);
  expect(second.rows()).toEqual([['12:00', high, 'end not known']]);
});

test('a standing alarm whose value changes all the time does not wear the card out', async () => {
  const { live, writes } = run(newFile(), '2026-06-12T12:00:00');
  for (let i = 0; i < 150; i++) await live(1, 58 + (i % 7) / 10);
  expect(writes).toHaveLength(1);
});

test('alarms get their times when the time is known, and keep them when the clock is set', async () => {
  const file = newFile();
  const first = run(file, '1970-01-01T00:00:00');
  await first.live(20, 58);
  await first.live(20, 50);
  expect(first.writes).toEqual([]);
  first.time.setWall(new Date('2026-06-12T12:00:40'));
  await first.live(15, 50);
  first.time.setWall(new Date('2031-01-01T00:00:00'));
  await first.live(15, 43);
  await first.keeper.close();
  const kept = decodeAlarms(readFileSync(file, 'utf8'))!;
  expect(kept.map(({ risen }) => new Date(risen).getFullYear())).toEqual([2031, 2026]);
  expect(new Date(kept[1]!.risen).toTimeString().slice(0, 8)).toBe('12:00:01');
  // On a machine whose clock is behind, nothing is in the future.
  const second = run(file, '2026-06-12T13:00:00');
  await second.live(3);
  expect(second.alarms.log.list.every(({ risenAt }) => risenAt <= second.time.monotonic())).toBe(true);
});

test('a list that is damaged is set aside and a new one begun; a disk that fails is told once', async () => {
  const file = newFile();
  writeFileSync(file, '{"version":1,"alarms":[{"batt');
  const first = run(file, '2026-06-12T12:00:00');
  await first.live(15, 58);
  await first.keeper.close();
  expect(first.warnings).toEqual([expect.stringMatching(/was damaged: it is kept as .*damaged\.json/)]);
  expect(readdirSync(join(file, '..')).sort()).toEqual(['alarms.damaged.json', 'alarms.json']);
  expect(decodeAlarms(readFileSync(file, 'utf8'))).toHaveLength(1);

  const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
  const second = run(newFile(), '2026-06-12T12:00:00', { write: () => Promise.reject(full) });
  await second.live(60, 58);
  expect(second.warnings).toEqual(["The list of alarms can't be written: the disk is full"]);
  expect(second.writes.length).toBeGreaterThan(3);
  expect(second.rows()).toHaveLength(1);
});

const moment = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
/** As exact as a file is. */
const number = fc.integer({ min: -1e6, max: 1e6 }).map((tenThousandths) => (tenThousandths + 0) / 1e4);
const limited = fc.record({ value: number, limit: number, beyond: fc.boolean() });
const cell = { volts: number, limit: number, beyond: fc.boolean() };
const report = fc.oneof(
  fc
    .constantFrom<LimitAlarmCode>('pack-low', 'spread', 'members-charge')
    .chain((code) => coded(code, limited)),
  coded('cell-high', fc.record({ ...cell, cell: fc.integer({ min: 1, max: 240 }) })),
  coded('cell-low', fc.record(cell)),
  coded('silence', fc.record({ seconds: fc.nat() })),
  coded('silence', fc.record({ seconds: fc.nat(), kind: fc.constantFrom('solar-charger', 'meter') })),
  coded('protection', fc.record({ flag: fc.constantFrom(...protectionFlags) })),
  coded(
    'warning',
    fc.record({ flag: fc.constantFrom(...warningFlags), cell: fc.constant(7), value: number }),
  ),
  coded('charger-alarm', fc.record({ bit: fc.integer({ min: 0, max: 15 }) })),
  coded('battery-error', fc.record({ text: fc.string({ maxLength: 32, unit: 'grapheme-ascii' }) })),
  coded('as-written', fc.record({ text: fc.string({ maxLength: 200, unit: 'grapheme-ascii' }) })),
);

function coded<Code extends AlarmReport['code']>(
  code: Code,
  values: fc.Arbitrary<AlarmReports[Code]>,
): fc.Arbitrary<AlarmReport> {
  return values.map((some) => ({ code, values: some }) as AlarmReport);
}

const alarm: fc.Arbitrary<KeptAlarm> = fc.record({
  battery: fc.string({ maxLength: 64 }),
  report,
  risen: moment,
  acknowledged: fc.option(moment, { nil: undefined }),
  ended: fc.option(moment, { nil: undefined }),
});

test('what is written is read again; anything else is no list of alarms, and nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.array(alarm, { maxLength: 20 }), (alarms) => {
      expect(decodeAlarms(encodeAlarms(alarms))).toEqual(alarms);
    }),
    { numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(decodeAlarms(text)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
  const long = encodeAlarms(
    Array.from({ length: 300 }, (_, i) => ({
      battery: 'battery',
      report: namedAlarm(`alarm ${i}`),
      risen: i,
      acknowledged: undefined,
      ended: i,
    })),
  );
  expect(decodeAlarms(long)).toHaveLength(alarmLogLength);
});

test('a file of version 1 is read: its sentences are shown as they were written, and kept under codes', async () => {
  const file = newFile();
  copyFileSync(join(__dirname, '../../fixtures/alarms-version-1.json'), file);
  const written = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly alarms: readonly { readonly text: string }[];
  };
  const shown = decodeAlarms(readFileSync(file, 'utf8'));
  expect(shown?.map((alarm) => alarmSentence(alarm, 'celsius'))).toEqual(
    written.alarms.map(({ text }) => text),
  );
  expect(shown?.at(-1)).toEqual({
    battery: 'bow',
    report: namedAlarm('Lowest cell at 2.610 V, below 2.80 V'),
    risen: Date.UTC(2026, 5, 12, 10, 0, 6),
    acknowledged: Date.UTC(2026, 5, 12, 10, 0, 35),
    ended: Date.UTC(2026, 5, 12, 10, 0, 36),
  });

  const next = run(file, '2026-06-13T08:00:00', {}, 'house');
  await next.live(15, 58);
  await next.keeper.close();
  expect(next.warnings).toEqual([]);
  expect(next.rows().map(([, what]) => what)).toEqual([
    high,
    'Battery at 126 °F, above 122 °F',
    'Pack at 58.1 V, above 57.6 V',
    'Cells differ by 422 mV, above 300 mV',
    'Cell 3 at 3.71 V, above 3.65 V',
  ]);
  const [first, second] = (JSON.parse(readFileSync(file, 'utf8')) as { readonly alarms: readonly object[] })
    .alarms;
  expect(first).toMatchObject({ code: 'pack-high', values: { value: 58, limit: 57.6, beyond: true } });
  expect(second).toMatchObject({ code: 'as-written', values: { text: 'Battery at 126 °F, above 122 °F' } });
});

test('an alarm of another version is kept by its code, and the others beside it as they are', async () => {
  const alarm = (code: string, values: object) => ({
    battery: 'battery',
    code,
    values,
    risen: '2026-06-12T10:00:06.000Z',
  });
  const file = newFile();
  const others = [
    alarm('coil-hot', { value: 1, limit: 2, beyond: true }),
    alarm('toString', {}),
    alarm('silence', { text: 'quiet' }),
    alarm('protection', { flag: 'coil-open' }),
    alarm('cell-high', { cell: 0, volts: 4.25, limit: 4.2, beyond: true }),
    alarm('silence', { seconds: 60 }),
  ];
  writeFileSync(file, JSON.stringify({ version: 2, alarms: others, invented: true }));
  const { live, keeper, rows, warnings } = run(file, '2026-06-13T08:00:00');
  await live(15, 58);
  await keeper.close();
  expect(warnings).toEqual([]);
  expect(rows().map(([, what]) => what)).toEqual([
    high,
    'An alarm that another version calls "coil hot"',
    'An alarm that another version calls "toString"',
    'An alarm that another version calls "silence"',
    'An alarm that another version calls "protection"',
    'An alarm that another version calls "cell high"',
    'Nothing heard from the battery for over 60 s',
  ]);
  expect(decodeAlarms(readFileSync(file, 'utf8'))?.map(({ report }) => report.code)).toEqual([
    'pack-high',
    ...Array<string>(5).fill('other-version'),
    'silence',
  ]);
  const ofAnotherForm = JSON.stringify({ version: 3, alarms: [] });
  expect(decodeAlarms(ofAnotherForm)).toBeUndefined();
});

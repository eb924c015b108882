import { Databases, startDatabases, type Recording } from '../../../src/features/databases/database-keeper';
import { RowTimes } from '../../../src/features/databases/row-times';
import type { DatabaseStatus } from '../../../src/io/databases/database-recorder';
import type { SpoolRow } from '../../../src/io/databases/spool';
import type { Log } from '../../../src/logging/log';
import { Site } from '../../../src/model/site';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { noticeWords } from '../../../src/words/en';
import { SimulatedTime } from '../../soak/simulated-time';

const address = 'postgres://me:hush@pi/boat';

function start(more: Readonly<Record<string, unknown>> = {}) {
  const time = new SimulatedTime();
  time.setWall(new Date('2026-06-12T10:00:00.300Z'));
  const site = new Site();
  site.battery('house');
  site.add('sun', 'meter');
  const logged: string[] = [];
  const say = (text: string): void => void logged.push(text);
  const log = { info: say, warn: say, error: say, debug: say } as unknown as Log;
  const rows: SpoolRow[] = [];
  let tell: (status: DatabaseStatus) => void = () => undefined;
  let status: DatabaseStatus = {
    state: 'up',
    report: { code: 'database-connecting', values: { host: 'pi/boat' } },
    waiting: 0,
    dropped: 0,
    refused: 0,
    written: 0,
  };
  const recorder: Recording = {
    get status() {
      return status;
    },
    keep: (row) => rows.push(row),
    close: () => Promise.resolve(),
  };
  const settings = resolveSettings([{ values: { databases: [address], ...more }, describe: (name) => name }]);
  const databases = new Databases(settings, {
    site,
    clock: time,
    log,
    changed: () => undefined,
    record: (_url, _place, changed) => {
      tell = changed;
      return recorder;
    },
  });
  const now = (next: Partial<DatabaseStatus>): void => {
    status = { ...status, ...next };
    tell(status);
  };
  const live = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      const of = { at: time.monotonic(), period: 1000, group: 'all' };
      site.apply({ ...of, device: 'house', values: { voltage: 52.1, current: 3 } });
      site.apply({ ...of, device: 'sun', values: { power: 7 } });
      databases.everySecond();
      await time.pass(1000);
    }
  };
  return { databases, time, rows, live, now, logged, site };
}

test('each device has a row at multiples of the interval', async () => {
  const { rows, live } = start();
  await live(31);
  const house = rows.filter(({ device }) => device === 'house');
  expect(house.map(({ at }) => new Date(at).toISOString().slice(17, 19))).toEqual(['00', '10', '20', '30']);
  const power = Number((52.1 * 3).toFixed(1));
  expect(JSON.parse(house[0]!.text)).toEqual({
    kind: 'battery',
    values: { voltage: 52.1, current: 3, power },
  });
});

test('what is simulated has another name', async () => {
  const { rows, live } = start({ source: 'simulate' });
  await live(1);
  expect(rows.map(({ device }) => device)).toContain('house (not real)');
});

test('rows wait for the time of day, and get the one that they were taken at', async () => {
  const { rows, live, time } = start();
  time.setWall(new Date('1970-01-01T00:00:00Z'));
  await live(25);
  expect(rows).toEqual([]);
  time.setWall(new Date('2026-06-12T12:00:00Z'));
  await live(1);
  const times = rows.filter(({ device }) => device === 'house').map(({ at }) => at);
  expect(times.length).toBeGreaterThanOrEqual(3);
  expect(times[0]).toBeLessThan(Date.UTC(2026, 5, 12, 11, 59, 50));
});

test('a database that is away for a minute is a notice until it is back; what is lost until it was read', async () => {
  const { databases, now, time, logged } = start();
  const down = { code: 'database-not-listening', values: { host: 'pi', port: 5432 } } as const;
  now({ state: 'down', report: down, waiting: 3 });
  expect(databases.notices).toEqual([]);
  await time.pass(61_000);
  expect(databases.notices.map(({ report }) => noticeWords(report))).toEqual([
    {
      short: 'No rows get into the database',
      title: 'The database is not written',
      text: 'No database: nothing listens on port 5432 of pi. 3 rows wait on the disk; nothing is lost.',
    },
  ]);
  expect(databases.note).toBe('database');
  now({ dropped: 12 });
  now({
    state: 'up',
    report: { code: 'database-written', values: { host: 'pi/boat', behind: false } },
    waiting: 0,
  });
  expect(databases.notices.map(({ report, untilRead }) => [noticeWords(report).text, untilRead])).toEqual([
    [
      'The database at pi/boat was away for so long that there was no room left: 12 rows are lost, the oldest.',
      true,
    ],
  ]);
  expect(databases.lines).toEqual([
    { label: 'Database', text: 'Rows go to the database at pi/boat; 12 rows could not be kept and are lost' },
  ]);
  expect(logged).toEqual([
    'No database: nothing listens on port 5432 of pi; 3 rows wait',
    'Rows go to the database at pi/boat; 12 rows could not be kept and are lost',
  ]);
  expect(JSON.stringify([logged, databases.lines, databases.all])).not.toContain('hush');
});

test('S2.4 a battery’s own rows go to the databases that ask for them, each once, and no others', async () => {
  const { rows, live, site, time } = start({ databases: ['postgres://pi/boat?shape=battery_pack'] });
  const tell = (values: Readonly<Record<string, number>>): void =>
    site.apply({
      device: 'house',
      at: time.monotonic(),
      group: 'console',
      period: 10_000,
      values: {},
      record: { table: 'battery_pack', values },
    });
  await live(3);
  tell({ mcu_id: 7, soc: 80 });
  await live(12);
  tell({ mcu_id: 7, soc: 81 });
  await live(3);
  expect(
    rows.map(({ at, device, text }) => [new Date(at).toISOString(), device, JSON.parse(text) as unknown]),
  ).toEqual([
    ['2026-06-12T10:00:03.300Z', 'house', { table: 'battery_pack', values: { mcu_id: 7, soc: 80 } }],
    ['2026-06-12T10:00:15.300Z', 'house', { table: 'battery_pack', values: { mcu_id: 7, soc: 81 } }],
  ]);
});

test('S2.4 of what is replayed there are no such rows, for nothing in them would say so', async () => {
  const { rows, live, site, time } = start({
    databases: ['postgres://pi/boat?shape=battery_pack'],
    source: 'simulate',
  });
  const record = { table: 'battery_pack', values: { mcu_id: 7 } } as const;
  site.apply({ device: 'house', at: time.monotonic(), group: 'console', period: 10_000, values: {}, record });
  await live(12);
  expect(rows).toEqual([]);
});

test('a demonstration writes to no database', () => {
  const settings = resolveSettings([
    { values: { databases: [address], demo: 'boat' }, describe: (name) => name },
  ]);
  const parts = { site: new Site(), clock: new SimulatedTime(), log: {} as Log, changed: () => undefined };
  expect(startDatabases(settings, parts)).toBeUndefined();
});

test.each([
  [1, [0, 999, 2001, 3000], [true, true, true, true]],
  [10, [0, 9999, 10_001, 19_000, 20_000, 5000, 6000], [true, false, true, false, true, true, false]],
])('rows each %d s are due in time, also when the clock is set back', (seconds, times, due) => {
  const rows = new RowTimes(seconds);
  expect(times.map((at) => rows.due(at))).toEqual(due);
});

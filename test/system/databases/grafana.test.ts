import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard, Panel, RowPanel } from '@grafana/schema';
import { DatabaseRecorder } from '../../../src/io/databases/database-recorder';
import { DatabaseThread } from '../../../src/io/databases/database-thread';
import { rows, type Wanted } from '../../grafana/panels';
import { bundled } from '../../io/recorders/temporary-history';
import { temporaryFolder } from '../../temporary-folder';
import { until } from '../../until';
import { chosen, dayStart, expected, history, now, type Points } from './grafana-history';
import { expandOther, expandSql, secondsOf, type Asked } from './grafana-macros';
import { InfluxServer, VictoriaServer } from './line-servers';
import { MariadbServer } from './mariadb-server';
import { PostgresServer } from './postgres-server';

const workerFile = bundled('src/io/databases/database-worker.ts');
const top = temporaryFolder();
const day = 86_400_000;
/** Days begin at 22:00 in UTC: two hours before the first Monday of 1970. */
const zone = 94;

type Target = Readonly<Record<string, string>>;

/** A server with a database in it, and how a target of a panel is asked. */
interface Filled {
  readonly url: string;
  /** Whether an interval is named by its end. */
  readonly byEnd: boolean;
  readonly ask: (target: Target, asked: Asked) => Promise<Points>;
  /** What a variable lists. */
  readonly list: (query: string, asked: Asked) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

const ofSql = (found: readonly Record<string, unknown>[]): Points =>
  new Map(found.map(({ time, metric, value }) => [`${Number(time)},${String(metric)}`, Number(value)]));

/** A legend such as `{{device}} in` or `$tag_device in` with what stands for its names. */
const named = (legend: string, tags: Readonly<Record<string, string>>): string =>
  legend.replaceAll(
    /\{\{(\w+)\}\}|\$tag_(\w+)/g,
    (_, one?: string, other?: string) => tags[one ?? other ?? ''] ?? '',
  );

/** The zone of a session with MariaDB, as Grafana gets it. The tests’ own is another. */
function provisionedZone(): string {
  const yaml = readFileSync(
    join(__dirname, '../../../deploy/grafana/provisioning/datasources/packdial-mariadb.yaml'),
    'utf8',
  );
  return /^ +timezone: '([^']+)'$/m.exec(yaml)?.[1] ?? 'SYSTEM';
}

const stores: Readonly<Record<string, () => Promise<Filled>>> = {
  postgresql: async () => {
    const server = await PostgresServer.start();
    return {
      ...{ url: await server.makeDatabase('boat'), byEnd: false, close: () => server.close() },
      ask: async ({ rawSql = '' }, asked) =>
        ofSql(await server.query(expandSql(rawSql, asked, 'postgres'), 'boat')),
      list: async (query, asked) =>
        (await server.query(expandSql(query, asked, 'postgres'), 'boat')).map(({ device }) => String(device)),
    };
  },
  mariadb: async () => {
    const server = await MariadbServer.start();
    return {
      ...{ url: await server.makeDatabase('boat'), byEnd: false, close: () => server.close() },
      ask: async ({ rawSql = '' }, asked) =>
        ofSql(await server.query(expandSql(rawSql, asked, 'mysql'), 'boat', [], provisionedZone())),
      list: async (query, asked) =>
        (await server.query(expandSql(query, asked, 'mysql'), 'boat', [], provisionedZone())).map(
          ({ device }) => String(device),
        ),
    };
  },
  victoriametrics: async () => {
    const server = await VictoriaServer.start();
    return {
      ...{ url: `http://127.0.0.1:${server.port}/write`, byEnd: true, close: () => server.close() },
      ask: async ({ expr = '', legendFormat = '' }, asked) => {
        // Grafana begins at a step of its time zone.
        const step = asked.interval;
        const ahead = step >= 86_400 ? (dayStart - day) / 1000 : 0;
        const start = Math.floor((asked.from / 1000 - ahead) / step) * step + ahead;
        const query = expandOther(expr, asked, 'prometheus');
        const found = await server.range(query, start, asked.to / 1000, step);
        return new Map(
          found.flatMap(({ metric, values }) =>
            values.map(([at, value]) => [`${at},${named(legendFormat, metric)}`, Number(value)] as const),
          ),
        );
      },
      list: (query) => {
        const [, series = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(query) ?? [];
        return server.labels(label, series);
      },
    };
  },
  influxdb: async () => {
    const server = await InfluxServer.start();
    return {
      ...{ url: await server.makeDatabase('boat'), byEnd: false, close: () => server.close() },
      ask: async ({ query = '', alias = '' }, asked) => {
        const found = await server.series(expandOther(query, asked, 'influx'), 'boat');
        return new Map(
          found.flatMap(({ tags, values }) =>
            values.flatMap(([at, value]) =>
              value === null ? [] : [[`${Number(at) / 1000},${named(alias, tags)}`, Number(value)] as const],
            ),
          ),
        );
      },
      list: async (query) => (await server.query(query, 'boat')).map(([, device]) => String(device)),
    };
  },
};

function read(
  name: string,
): Pick<Dashboard, 'templating'> & { readonly panels: readonly (Panel | RowPanel)[] } {
  const file = join(__dirname, `../../../deploy/grafana/dashboards/packdial-${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof read>;
}

/** The panels of a file that ask something, those in closed rows too. */
function panelsOf(name: string): readonly Panel[] {
  const { panels } = read(name);
  return panels.flatMap((panel) => ('panels' in panel ? panel.panels : [panel]));
}

/** What a target is there for, by the title of its panel. */
function wantedOf(title: string, refId: string): Wanted {
  const plans = rows.flatMap(({ panels }) => panels);
  const plan = plans.find((one) => one.title === title.replace(', a year before', ''));
  const number = title.endsWith(', a year before') ? 1 : refId.charCodeAt(0) - 65;
  return plan!.wanted[number]!;
}

/** An interval that Grafana would choose: as many points as a wide panel has pixels, and not less than the panel's. */
function intervalOf(length: number, least: string): number {
  return Math.max(secondsOf(least), length > day ? 3600 : 10);
}

describe.each(Object.keys(stores))('the dashboard of %s', (name) => {
  const samples = history();
  let filled: Filled;

  beforeAll(async () => {
    filled = await stores[name]!();
    const file = join(mkdtempSync(join(top, 'spool-')), 'spool.sqlite');
    const recorder = new DatabaseRecorder({
      url: filled.url,
      file,
      place: 'here/boat',
      limits: {},
      thread: new DatabaseThread(workerFile),
    });
    for (const sample of samples) recorder.record(sample);
    await until(
      'all is written',
      () => {
        const { waiting, report } = recorder.status;
        return waiting === 0 && report.code === 'database-written';
      },
      60,
    );
    expect(recorder.status).toMatchObject({ dropped: 0, refused: 0 });
    await recorder.close();
  }, 120_000);
  afterAll(() => filled.close());

  test('S0.124, S1.21: every panel shows what was recorded', async () => {
    const panels = panelsOf(name).filter(({ targets }) => targets !== undefined);
    expect(panels.length).toBeGreaterThanOrEqual(rows.flatMap(({ panels: plans }) => plans).length);
    for (const { title = '', targets = [], timeFrom = '2d', timeShift, interval = '' } of panels) {
      const shift = timeShift === undefined ? 0 : secondsOf(timeShift) * 1000;
      const length = secondsOf(timeFrom) * 1000;
      const [from, to] = [now - length - shift, now - shift];
      const asked = { from, to, interval: intervalOf(length, interval), chosen, zone };
      for (const target of targets as Target[]) {
        const wanted = wantedOf(title, target.refId ?? '');
        const got = await filled.ask(target, asked);
        // A panel that is itself of another year shows it where it was.
        const plain = shift > 0 && wanted.ask === 'weeks' ? { ...wanted, yearBefore: false } : wanted;
        const monday = name === 'victoriametrics' ? dayStart - day : zone * 3_600_000;
        const raster = { from, to, interval: asked.interval * 1000, byEnd: filled.byEnd, weekStart: monday };
        const due = expected(samples, plain, raster);
        expect([title, [...got.keys()].sort()]).toEqual([title, [...due.keys()].sort()]);
        const wrong = [...due].filter(([key, value]) => !(Math.abs((got.get(key) ?? NaN) - value) < 1e-6));
        expect([title, wrong.map(([key, value]) => [key, value, got.get(key)])]).toEqual([title, []]);
        expect(due.size).toBeGreaterThan(0);
      }
    }
  });

  test('its variables list the devices of each kind', async () => {
    const asked = { from: now - 2 * day, to: now, interval: 3600, chosen, zone };
    const listed: Record<string, readonly string[]> = {};
    for (const { name: variable, type, query = '' } of read(name).templating?.list ?? []) {
      if (type !== 'query') continue;
      const text = typeof query === 'string' ? query : String(query['query']);
      listed[variable] = [...(await filled.list(text, asked))].sort();
    }
    expect(listed).toEqual(
      Object.fromEntries(Object.entries(chosen).map(([variable, names]) => [variable, [...names].sort()])),
    );
  });
});

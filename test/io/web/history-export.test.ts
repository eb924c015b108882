import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { Bucket } from '../../../src/model/history/bucket';
import type { HistoryQuery } from '../../../src/model/history/query-plan';
import { tiers } from '../../../src/model/history/tiers';
import { HistoryDownloads, type HistoryFile } from '../../../src/io/web/history-export';
import type { PastDevice, WebHistory } from '../../../src/io/web/web-parts';
import { bundled } from '../recorders/temporary-history';

const now = Date.UTC(2026, 5, 8, 12, 0, 0);
const day = 86_400_000;
const parquet = { workerFile: bundled('src/io/web/parquet-worker.ts'), program: 'packdial version 1.2.3' };
let asked: HistoryQuery[] = [];

const house: PastDevice = {
  name: 'house',
  kind: 'battery',
  kept: 'house',
  quantities: ['voltage', 'current', 'cell9'],
};
const roof: PastDevice = {
  ...{ name: '=1,"roof"', kind: 'solar-charger', kept: 'roof' },
  quantities: ['pvPower', 'voltage'],
};

/** Each window from `since` on has the seconds since then as its mean; of `cell9` nothing is known. */
function made(devices: readonly PastDevice[], since: number): WebHistory {
  return {
    devices: () => devices,
    reader: {
      recent: () => Promise.resolve([]),
      query: (query) => {
        asked.push(query);
        const { quantity, from, to, tier } = query;
        const span = tiers.find(({ name }) => name === tier)?.window ?? to - from;
        const buckets: Bucket[] = [];
        for (let start = Math.max(from, since); start < to && quantity !== 'cell9'; start += span) {
          const mean = (start - since) / 1000 + 0.123456789;
          buckets.push({ start, span, count: 1, mean, min: 0, max: 0, last: 0 });
        }
        return Promise.resolve(buckets);
      },
    },
  };
}

async function textOf(file: unknown): Promise<string> {
  return new Response((file as HistoryFile).body).text();
}

async function bytesOf(file: unknown): Promise<ArrayBuffer> {
  return new Response((file as HistoryFile).body).arrayBuffer();
}

beforeEach(() => (asked = []));

test('CSV has ISO dates, the documented names and only what is known', async () => {
  const file = new HistoryDownloads(parquet).file(
    made([house], now - 2000),
    { from: 'now-1h', to: 'now' },
    now,
  );
  expect(file).toMatchObject({
    name: 'packdial-2026-06-08T1300-to-2026-06-08T1400.csv',
    type: 'text/csv; charset=utf-8',
  });
  // Berlin, as in the tests' set-up.
  expect(await textOf(file)).toBe(
    [
      'time,device,voltage,current',
      '2026-06-08T13:59:58+02:00,house,0.1234568,0.1234568',
      '2026-06-08T13:59:59+02:00,house,1.123457,1.123457',
      '',
    ].join('\n'),
  );
});

test('the manual’s dates are those of PowerSafe100.log; all devices share the columns', async () => {
  const question = { from: 'now-1h', to: 'now', format: 'csv-manual' };
  const lines = await textOf(
    new HistoryDownloads(parquet).file(made([house, roof], now - 1000), question, now),
  );
  expect(lines.split('\n')).toEqual([
    'time,device,voltage,current,pvPower',
    '06/08/2026 13:59:59 ,house,0.1234568,0.1234568,',
    `06/08/2026 13:59:59 ,"'=1,""roof""",0.1234568,,0.1234568`,
    '',
  ]);
});

test('JSON Lines leave out what is not known', async () => {
  const question = { from: 'now-1h', to: 'now', format: 'jsonl', device: roof.name };
  const lines = await textOf(
    new HistoryDownloads(parquet).file(made([house, roof], now - 1000), question, now),
  );
  expect(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { time: '2026-06-08T13:59:59+02:00', device: roof.name, pvPower: 0.1234568, voltage: 0.1234568 },
  ]);
});

test('Parquet has the same rows: times in UTC, null for what is not known, and a group for each slice', async () => {
  const question = { from: 'now-1h', to: 'now', format: 'parquet' };
  const file = new HistoryDownloads(parquet).file(made([house, roof], now - 1000), question, now);
  expect(file).toMatchObject({
    name: 'packdial-2026-06-08T1300-to-2026-06-08T1400.parquet',
    type: 'application/vnd.apache.parquet',
  });
  const bytes = await bytesOf(file);
  const time = new Date(now - 1000);
  const known = { voltage: 0.1234568, pvPower: null };
  expect(await parquetReadObjects({ file: bytes })).toEqual([
    { time, device: 'house', ...known, current: 0.1234568 },
    { time, device: '=1,"roof"', voltage: 0.1234568, current: null, pvPower: 0.1234568 },
  ]);
  const { created_by, schema, row_groups } = parquetMetadata(bytes);
  expect(created_by).toBe('packdial version 1.2.3');
  expect(schema.map(({ name, type, converted_type }) => [name, type, converted_type])).toEqual([
    ['packdial', undefined, undefined],
    ['time', 'INT64', 'TIMESTAMP_MILLIS'],
    ['device', 'BYTE_ARRAY', 'UTF8'],
    ...['voltage', 'current', 'pvPower'].map((name) => [name, 'DOUBLE', undefined]),
  ]);
  expect(row_groups).toHaveLength(1);
});

test('Parquet of a time without anything is a file without rows', async () => {
  const question = { from: 'now-1h', to: 'now', format: 'parquet' };
  const bytes = await bytesOf(new HistoryDownloads(parquet).file(made([house], now), question, now));
  expect(parquetMetadata(bytes)).toMatchObject({ num_rows: 0n, row_groups: [] });
  expect(await parquetReadObjects({ file: bytes })).toEqual([]);
});

test('a year as Parquet has every row once, a group for each slice', async () => {
  const cells = Array.from({ length: 3 }, (_, i) => `cell${i + 10}`);
  const since = now - 365 * day;
  const question = { from: 'now-1y', to: 'now', format: 'parquet' };
  const history = made([{ ...house, quantities: cells }], since);
  const bytes = await bytesOf(new HistoryDownloads(parquet).file(history, question, now));
  const { row_groups } = parquetMetadata(bytes);
  expect(row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([
    ...Array.from({ length: 9 }, () => 1800),
    365 * 48 - 9 * 1800,
  ]);
  const rows = await parquetReadObjects({ file: bytes, columns: ['time', 'cell12'] });
  expect(rows.every(({ time }, i) => Number(time) === since + i * 1_800_000)).toBe(true);
  expect(rows.at(-1)).toMatchObject({
    cell12: Number(((365 * 48 - 1) * 1800 + 0.123456789).toPrecision(7)),
  });
});

test('a thread for Parquet that breaks ends the file with an error, and makes room for others', async () => {
  const downloads = new HistoryDownloads({ ...parquet, workerFile: '/nowhere/parquet-worker.js' });
  for (let i = 0; i < 5; i++) {
    const file = downloads.file(made([house], now - 1000), { from: 'now-1h', format: 'parquet' }, now);
    await expect(bytesOf(file)).rejects.toThrow(/Cannot find module/);
  }
});

test.each([
  ['now-24h', 'raw'],
  ['now-7d', '2 min'],
  ['now-30d', '5 min'],
  ['now-1y', '30 min'],
  ['now-5y', '2 h'],
  ['1', '2 h'],
])('from %s on it comes from %s, the finest that reaches so far', async (from, tier) => {
  await textOf(new HistoryDownloads(parquet).file(made([house], now - 1000), { from, to: 'now' }, now));
  expect(new Set(asked.flatMap((query) => query.tier ?? []))).toEqual(new Set([tier]));
  expect(Math.min(...asked.map((query) => query.from))).toBeGreaterThanOrEqual(now - 3661 * day);
});

test('a year has every window once, and no question asks for more than a slice of it', async () => {
  const since = now - 365 * day;
  const text = await textOf(
    new HistoryDownloads(parquet).file(made([house], since), { from: 'now-1y', to: 'now' }, now),
  );
  const times = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Date.parse(line.split(',')[0]!));
  expect(times).toHaveLength(365 * 48);
  expect(times.every((time, i) => time === since + i * 1_800_000)).toBe(true);
  for (const { from, to, tier } of asked)
    if (tier !== undefined) expect(to - from).toBeLessThanOrEqual(1800 * 1_800_000);
});

test('nothing is read before it is taken, and who goes away makes room for others', async () => {
  const downloads = new HistoryDownloads(parquet);
  const history = made([house], now - 365 * day);
  const ask = () => downloads.file(history, { from: 'now-1y', to: 'now' }, now);
  const [first, second] = [ask() as HistoryFile, ask() as HistoryFile];
  expect(ask()).toMatchObject({
    status: 503,
    problem: expect.stringMatching(/^Two downloads .*\.$/) as string,
  });
  const reader = first.body.getReader();
  for (let i = 0; i < 3; i++) await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 20));
  // The columns of both, two slices that were taken and the one that is next, each of two columns.
  expect(asked.length).toBeLessThanOrEqual(2 * house.quantities.length + 3 * 2);
  await reader.cancel();
  const third = ask();
  expect(third).toHaveProperty('body');
  await (third as HistoryFile).body.cancel();
  await second.body.cancel();
  expect(ask()).toHaveProperty('body');
});

test.each<[Record<string, string>, number, string]>([
  [{ from: 'now-1h', format: 'xlsx' }, 400, 'format must be csv, csv-manual, jsonl or parquet.'],
  [{ from: 'now-1h', format: 'toString' }, 400, 'format must be csv, csv-manual, jsonl or parquet.'],
  [
    { from: 'now', to: 'now-1h' },
    400,
    'from and to must be two moments, the earlier first, such as from=now-2d and to=now.',
  ],
  [{}, 400, 'from and to must be two moments, the earlier first, such as from=now-2d and to=now.'],
  [{ from: 'now-1h', device: 'stern' }, 404, 'There is no device of this name.'],
])('%j is refused with one sentence', (question, status, problem) => {
  const answer = new HistoryDownloads(parquet).file(made([house], now), question, now);
  expect(answer).toEqual({ status, problem });
});

test('without a history there is none', () => {
  const answer = new HistoryDownloads(parquet).file(undefined, { from: 'now-1h' }, now);
  expect(answer).toEqual({ status: 404, problem: 'No history is kept.' });
});

import { join } from 'node:path';
import { HistoryDatabase } from '../../../src/io/recorders/history-database';
import { HistoryStore } from '../../../src/io/recorders/history-store';
import { HistoryQuestions, type HistoryAnswer } from '../../../src/io/web/history-answer';
import { tiers } from '../../../src/model/history/tiers';
import { temporaryFolder } from '../../temporary-folder';
import { sampleAt } from '../recorders/temporary-history';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** A moment on which no window ends. */
const now = Date.UTC(2026, 5, 8, 13, 7, 23, 456);

describe('one resolution of a real history', () => {
  const database = new HistoryDatabase(join(temporaryFolder(), 'history.sqlite'));
  const store = new HistoryStore(database);
  const web = {
    reader: {
      query: (query: Parameters<HistoryStore['query']>[0]) => Promise.resolve(store.query(query)),
      recent: () => Promise.resolve([]),
    },
    devices: () => [{ name: 'battery', kind: 'battery' as const, kept: 'battery', quantities: ['power'] }],
  };
  const ask = async (question: Readonly<Record<string, string>>): Promise<HistoryAnswer> =>
    (await new HistoryQuestions().answer(web, { value: 'power', ...question }, now)) as HistoryAnswer;

  beforeAll(() => {
    const times = Array.from({ length: (5 * day) / minute }, (_, i) => now - 5 * day + i * minute);
    const samples = times.map((at, i) => sampleAt(at, { power: i }));
    for (let i = 0; i < samples.length; i += 120) store.append('run', i + 1, samples.slice(i, i + 120));
    for (let due = store.due(now); due !== undefined; due = store.due(now)) store.settle(due, now);
  });
  afterAll(() => database.close());

  test.each(['now-3d/d', 'now-3d', 'now-77h', 'now-5m'])(
    '2 h since %s has every span of 2 h',
    async (from) => {
      const { start, span, from: begin, to } = await ask({ from, tier: '2 h' });
      expect(span).toEqual(span.map(() => 7_200_000));
      expect(start).toEqual(start.map((_, i) => begin + i * 7_200_000));
      expect(start.length).toBe((to - begin) / 7_200_000);
      expect(begin % 7_200_000).toBe(0);
      expect([to, start.at(-1)]).toEqual([Date.UTC(2026, 5, 8, 14), Date.UTC(2026, 5, 8, 12)]);
    },
  );

  test.each(tiers.map(({ name, window }) => [name, window]))(
    '%s has spans of %d ms, and all of their values',
    async (tier, window) => {
      const { span, start } = await ask({ from: 'now-50m', tier });
      expect(start.length).toBeGreaterThan(0);
      expect(new Set(span)).toEqual(new Set([window]));
      expect(start.every((time) => time % window === 0)).toBe(true);
    },
  );

  test('a window that is cut by from or to is in the answer as a whole', async () => {
    const begin = Date.UTC(2026, 5, 7, 9);
    const mean = async (from: number, to: number) =>
      (await ask({ from: String(from), to: String(to), tier: '30 min' })).mean;
    const [whole] = await mean(begin, begin + 30 * minute);
    expect(await mean(begin + 7 * minute, begin + 20 * minute)).toEqual([whole]);
  });

  test('single seconds of three days ago are no more: there is nothing then, and not something else', async () => {
    const from = now - 3 * day;
    const question = { from: String(from), to: String(from + hour) };
    expect(await ask({ ...question, tier: 'raw' })).toMatchObject({ start: [], span: [], mean: [] });
    expect((await ask({ ...question, tier: '2 min' })).span).toHaveLength(31);
    expect((await ask({ ...question, points: '3600' })).span[0]).toBe(120_000);
  });
});

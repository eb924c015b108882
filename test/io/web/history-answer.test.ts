import { HistoryQuestions, mostPoints, type HistoryAnswer } from '../../../src/io/web/history-answer';
import type { WebHistory } from '../../../src/io/web/web-parts';
import type { HistoryQuery } from '../../../src/model/history/query-plan';

const now = Date.UTC(2026, 5, 8, 12);

function history(): { readonly web: WebHistory; readonly asked: HistoryQuery[]; release: () => void } {
  const asked: HistoryQuery[] = [];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const reader: WebHistory['reader'] = {
    query: async (query) => {
      asked.push(query);
      await held;
      return [{ start: query.from, span: 1000, count: 3, mean: 1 / 3, min: 0, max: 1, last: 0.5 }];
    },
    recent: () => Promise.resolve([]),
  };
  const devices = () => [
    { name: 'battery', kind: 'battery' as const, kept: 'battery (not real)', quantities: ['power', 'cell1'] },
  ];
  return { web: { reader, devices }, asked, release };
}

test('S0.138: a question as it stands in the address, with the last two days as what is usual', async () => {
  const { web, asked, release } = history();
  release();
  const answer = (await new HistoryQuestions().answer(web, { value: 'power' }, now)) as HistoryAnswer;
  const [query] = asked;
  expect(query).toMatchObject({ device: 'battery (not real)', quantity: 'power', to: now, points: 800 });
  expect(now - query!.from).toBe(2 * 86_400_000);
  expect(answer).toMatchObject({
    device: 'battery',
    value: 'power',
    now,
    mean: [0.3333333],
    min: [0],
    max: [1],
    last: [0.5],
  });
});

test('a tier is asked for by its name, in its whole windows', async () => {
  const { web, asked, release } = history();
  release();
  await new HistoryQuestions().answer(web, { value: 'cell1', from: 'now-1h', tier: 'raw' }, now);
  await new HistoryQuestions().answer(web, { value: 'cell1', from: 'now-24h', tier: '2 min' }, now);
  const odd = await new HistoryQuestions().answer(
    web,
    { value: 'cell1', from: 'now-1h', tier: '5 min' },
    now + 1,
  );
  expect(asked.map(({ tier, from, to, points }) => [tier, now - from, to - now, points])).toEqual([
    ['raw', 3_600_000, 0, 3600],
    ['2 min', 86_400_000, 0, 720],
    ['5 min', 3_600_000, 300_000, 13],
  ]);
  expect(odd).toMatchObject({ from: now - 3_600_000, to: now + 300_000 });
});

test.each([
  [{ value: 'nonsense' }, 404],
  [{ value: 'power', device: 'other' }, 404],
  [{}, 404],
  [{ value: 'power', from: 'now', to: 'now-2d' }, 400],
  [{ value: 'power', from: 'x' }, 400],
  [{ value: 'power', points: '0' }, 400],
  [{ value: 'power', points: '1.5' }, 400],
  [{ value: 'power', points: String(mostPoints + 1) }, 400],
  [{ value: 'power', points: '1e3x' }, 400],
  [{ value: 'power', tier: 'fine' }, 400],
  [{ value: 'power', from: 'now-24h', tier: 'raw' }, 400],
  [{ value: 'power', from: String(now - 4000_001), tier: 'raw' }, 400],
])('%j is refused in a sentence, and the history is not asked', async (question, status) => {
  const { web, asked } = history();
  const answer = await new HistoryQuestions().answer(web, question, now);
  expect(answer).toEqual({ status, problem: expect.stringMatching(/^[A-Z]?.*\.$/) as string });
  expect(asked).toHaveLength(0);
});

test('without a history that is said', async () => {
  expect(await new HistoryQuestions().answer(undefined, { value: 'power' }, now)).toMatchObject({
    status: 404,
  });
});

test('twelve may wait, so that the display’s own questions are not kept waiting', async () => {
  const { web, release } = history();
  const questions = new HistoryQuestions();
  const waiting = Array.from({ length: 12 }, () => questions.answer(web, { value: 'power' }, now));
  expect(await questions.answer(web, { value: 'power' }, now)).toMatchObject({ status: 503 });
  release();
  await Promise.all(waiting);
  expect(await questions.answer(web, { value: 'power' }, now)).toMatchObject({ value: 'power' });
});

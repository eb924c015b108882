import { join, resolve } from 'node:path';
import { HistoryDatabase } from '../../../src/io/recorders/history-database';
import { SqliteRecorder } from '../../../src/io/recorders/sqlite-recorder';
import { HistoryQuestions, type HistoryAnswer } from '../../../src/io/web/history-answer';
import { block, startOf } from '../../../src/model/history/tiers';
import { ranges } from '../../../src/web-page/ranges';
import { median } from '../../bench/measure';
import { temporaryFolder } from '../../temporary-folder';
import { writeTenYears } from '../recorders/ten-years';

/** 117 minutes into a block: as much of it as there can be is not settled. */
const now = startOf(Date.UTC(2036, 5, 1), block) + 117 * 60_000;

describe('S0.123, S0.124, S0.138: ten years, asked from the page through the history’s own thread', () => {
  const file = join(temporaryFolder(), 'history.sqlite');
  let recorder: SqliteRecorder;
  /** ms of each range. */
  const times: number[] = [];

  beforeAll(() => {
    const database = new HistoryDatabase(file);
    writeTenYears(database, 6, now);
    database.close();
    recorder = new SqliteRecorder({
      file,
      workerFile: resolve(__dirname, '../../../dist/history-worker.js'),
      wall: () => now,
    });
  }, 180_000);
  afterAll(() => recorder.close());

  test.each(ranges.map(({ label, from, to }) => [label, from, to]))(
    '%s in less than a second',
    async (_, from, to) => {
      const devices = () => [
        {
          name: 'battery',
          kind: 'battery' as const,
          kept: 'battery',
          quantities: ['power', 'stateOfCharge', 'cell3'],
        },
      ];
      const questions = new HistoryQuestions();
      let best = Infinity;
      // The machine may have others to do: what counts is what it can.
      for (let time = 0; time < 5 && best > 300; time++) {
        const before = performance.now();
        const answers = await Promise.all(
          ['power', 'stateOfCharge', 'cell3'].map((value) =>
            questions.answer({ reader: recorder, devices }, { value, from, to, points: '800' }, now),
          ),
        );
        best = Math.min(best, performance.now() - before);
        for (const answer of answers as HistoryAnswer[]) {
          expect(answer.start.length).toBeGreaterThan(100);
          expect(answer.start.length).toBeLessThanOrEqual(801);
          expect(JSON.stringify(answer).length).toBeLessThan(100_000);
        }
      }
      times.push(best);
      expect(best).toBeLessThan(1000);
    },
  );

  test('and most of them much faster', () => {
    console.info(`slowest range of three values: ${Math.max(...times).toFixed(0)} ms`);
    expect(median(times)).toBeLessThan(500);
  });
});

import type { HistoryReport } from '../../src/model/recorder-reports';
import type { RecordedSample, Recorder, RecorderStatus } from '../../src/io/recorders/recorder';
import { until } from '../until';

/** One recorder with what it writes to at hand: what a kind of recorder provides to be checked. */
export interface RecorderBench<Report = HistoryReport> {
  readonly recorder: Recorder<Report>;
  /** What it has said of itself, each time that was another. */
  readonly told: readonly RecorderStatus<Report>[];
  /** Samples that may wait; small, so that it can be filled. */
  readonly limit: number;
  /** Takes away what it writes to, and gives it back. */
  break(): Promise<void>;
  mend(): Promise<void>;
  /** The numbers of the samples that are written, in the order of their times; asked of a recorder that is closed. */
  written(): Promise<readonly number[]>;
  /** Puts the bench away. */
  close(): Promise<void>;
}

/** What every recorder keeps, whatever it writes to. */
export function recorderContract<Report = HistoryReport>(
  name: string,
  makeBench: (options: { readonly broken: boolean }) => Promise<RecorderBench<Report>>,
  /** The sample of this number: a value for each second. */
  sample: (number: number) => RecordedSample,
  /** What it reports, in words. */
  words: (report: Report) => string,
): void {
  describe(`${name} as a recorder`, () => {
    let bench: RecorderBench<Report>;

    const numbers = (first: number, last: number): number[] =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const record = (first: number, last: number): void => {
      for (const number of numbers(first, last)) bench.recorder.record(sample(number));
    };
    const comes = (what: string, condition: (status: RecorderStatus<Report>) => boolean): Promise<void> =>
      until(what, () => condition(bench.recorder.status));
    const isWritten = (): Promise<void> => comes('all is written', ({ waiting }) => waiting === 0);
    const isDown = (): Promise<void> => comes('it is down', ({ state }) => state === 'down');

    beforeEach(async () => {
      bench = await makeBench({ broken: false });
    });
    afterEach(async () => {
      await bench.recorder.close();
      await bench.close();
    });

    it('writes what it is given, in its order', async () => {
      record(1, 25);
      await isWritten();
      expect(bench.recorder.status).toMatchObject({ state: 'up', dropped: 0 });
      await bench.recorder.close();
      expect(await bench.written()).toEqual(numbers(1, 25));
    });

    it('writes what waits when it is closed', async () => {
      record(1, 25);
      await bench.recorder.close();
      expect(await bench.written()).toEqual(numbers(1, 25));
    });

    it('does not keep its caller waiting', () => {
      const before = performance.now();
      record(1, bench.limit);
      // A write to a disk, for each of them, would take longer.
      expect((performance.now() - before) / bench.limit).toBeLessThan(10);
    });

    it('says in a sentence that it can not write, and writes all of it when it can', async () => {
      await bench.break();
      record(1, 25);
      await isDown();
      expect(bench.recorder.status.waiting).toBe(25);
      expect(words(bench.recorder.status.report)).toMatch(/^\S.* .*[^.\s]$/);
      record(26, 30);
      await bench.mend();
      await comes('it is up, and all is written', ({ state, waiting }) => state === 'up' && waiting === 0);
      const states = bench.told.map(({ state }) => state);
      // It may find another reason while it is down.
      expect(states.filter((state, i) => state !== states[i - 1])).toEqual(['up', 'down', 'up']);
      await bench.recorder.close();
      expect(await bench.written()).toEqual(numbers(1, 30));
    });

    it('heals when it was broken from the start', async () => {
      await bench.close();
      bench = await makeBench({ broken: true });
      record(1, 5);
      await isDown();
      await bench.mend();
      await isWritten();
      await bench.recorder.close();
      expect(await bench.written()).toEqual(numbers(1, 5));
    });

    it('drops the oldest when there is no room, and counts them', async () => {
      await bench.break();
      record(1, 1);
      await isDown();
      record(2, bench.limit + 7);
      await comes(
        'as many wait as have room',
        ({ waiting, dropped }) => waiting === bench.limit && dropped === 7,
      );
      await bench.mend();
      await isWritten();
      await bench.recorder.close();
      expect(await bench.written()).toEqual(numbers(8, bench.limit + 7));
    });

    it('closes while it is broken, within seconds, and twice', async () => {
      await bench.break();
      record(1, 5);
      const before = performance.now();
      await Promise.all([bench.recorder.close(), bench.recorder.close()]);
      // The service gives packdial 10 s to end.
      expect(performance.now() - before).toBeLessThan(9000);
    });

    it('accepts nothing when it is closed', async () => {
      record(1, 3);
      await bench.recorder.close();
      record(4, 6);
      expect(bench.recorder.status.waiting).toBe(0);
      expect(await bench.written()).toEqual([1, 2, 3]);
    });

    it('never says the same thing twice running', async () => {
      record(1, 40);
      await isWritten();
      const texts = bench.told.map(({ report }) => words(report));
      for (const [i, text] of texts.entries()) expect(text).not.toBe(texts[i + 1]);
    });
  });
}

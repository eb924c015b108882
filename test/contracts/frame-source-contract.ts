import { getEventListeners } from 'node:events';
import type { FrameSource } from '../../src/io/sources/frame-source';
import type { CanFrame } from '../../src/protocol/can-frame';
import { RecordingSink } from '../io/sources/recording-sink';

/** One source with its wire at hand: what a kind of source provides to be checked. */
export interface SourceBench {
  readonly source: FrameSource;
  /** The frames that `play` makes the source hear, in their order; from the first on, for a source that goes on for ever. */
  readonly frames: readonly CanFrame[];
  /** Puts the frames on the wire; called when the source is up. Absent where they come by themselves. */
  play?(): Promise<void>;
  /** Puts things on the wire that can't be used; resolves to how many, all of which must be counted. */
  spoil?(): Promise<number>;
  /** Makes time pass, where the bench has a clock of its own; called again and again while something is waited for. */
  tick?(): Promise<void>;
  /** Takes away what the source needs; with `mend` it is to be up again. */
  break?(): Promise<void>;
  mend?(): Promise<void>;
  /** How many sockets, files, channels and timers the source holds now. */
  held(): number;
  /** Puts the bench away. */
  close(): Promise<void>;
}

/** How a bench is to be made. */
export interface BenchOptions {
  /** The way in is broken from the start; only asked of a bench with `mend`. */
  readonly broken?: boolean;
}

/**
 * What every source of frames keeps, whatever its wire.
 *
 * @param may what can happen to the source: `fail` from the start, for a bench with `mend`; `break` later, for one with `break`
 */
export function frameSourceContract(
  name: string,
  makeBench: (options?: BenchOptions) => Promise<SourceBench>,
  may: readonly ('fail' | 'break')[],
): void {
  describe(`${name} as a source of frames`, () => {
    let bench: SourceBench;
    let sink: RecordingSink;
    let controller: AbortController;
    let run: Promise<void>;

    async function start(options?: BenchOptions): Promise<void> {
      bench = await makeBench(options);
      sink = new RecordingSink();
      controller = new AbortController();
      run = bench.source.run(controller.signal, sink);
    }

    /** Waits for the condition, and lets the bench's own time pass meanwhile. */
    async function until(condition: (sink: RecordingSink) => boolean): Promise<void> {
      const waiting = { met: false };
      const done = sink.until(condition).then(() => (waiting.met = true));
      while (bench.tick !== undefined && !waiting.met) {
        await bench.tick();
        await new Promise((resolve) => setImmediate(resolve));
      }
      await done;
    }

    const isUp = (heard: RecordingSink): boolean => heard.statuses.at(-1)?.state === 'up';
    const wasUp = (heard: RecordingSink): boolean => heard.statuses.some(({ state }) => state === 'up');

    afterEach(async () => {
      controller.abort();
      await run;
      await bench.close();
    });

    it('says that it is up, in words, before or with its first frame', async () => {
      await start();
      await until(wasUp);
      const up = sink.statuses.find(({ state }) => state === 'up');
      expect(up?.text).toMatch(/^\S.*[^.\s]$/);
      expect(up?.label).toMatch(/^\S+( \S+)?$/);
    });

    it('delivers the frames of its wire in their order', async () => {
      await start();
      await until(wasUp);
      await bench.play?.();
      await until((heard) => heard.frames.length >= bench.frames.length);
      const plain = ({ id, data, extended, remote }: CanFrame): unknown => [id, [...data], extended, remote];
      expect(sink.frames.slice(0, bench.frames.length).map(plain)).toEqual(bench.frames.map(plain));
    });

    it('counts what it can not use and goes on', async () => {
      await start();
      await until(wasUp);
      const spoilt = (await bench.spoil?.()) ?? 0;
      await until((heard) => heard.rejections.length >= spoilt);
      await bench.play?.();
      await until((heard) => heard.frames.length >= bench.frames.length);
      expect(sink.rejections).toHaveLength(spoilt);
    });

    it('stops when it is told to, at once, and holds nothing then', async () => {
      await start();
      await until(wasUp);
      const before = performance.now();
      controller.abort();
      await run;
      // Not after its next try, nor when a frame comes; a busy machine may need a while.
      expect(performance.now() - before).toBeLessThan(5000);
      expect(bench.held()).toBe(0);
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    });

    it('is silent when it has stopped', async () => {
      await start();
      await until(wasUp);
      controller.abort();
      await run;
      const heard = [sink.frames.length, sink.rejections.length, sink.statuses.length];
      await bench.play?.().catch(() => undefined);
      await bench.tick?.();
      await new Promise((resolve) => setImmediate(resolve));
      expect([sink.frames.length, sink.rejections.length, sink.statuses.length]).toEqual(heard);
    });

    it('does nothing when it is told to stop before it starts', async () => {
      bench = await makeBench();
      sink = new RecordingSink();
      controller = new AbortController();
      controller.abort();
      run = bench.source.run(controller.signal, sink);
      await run;
      expect([sink.frames, sink.statuses, sink.rejections]).toEqual([[], [], []]);
      expect(bench.held()).toBe(0);
    });

    it('runs once', async () => {
      await start();
      await expect(bench.source.run(new AbortController().signal, new RecordingSink())).rejects.toThrow(
        /once/,
      );
    });

    it('never says the same thing twice running', async () => {
      await start();
      await until(wasUp);
      await bench.spoil?.();
      await bench.play?.();
      await until((heard) => heard.frames.length >= bench.frames.length);
      for (const [i, status] of sink.statuses.entries()) expect(status).not.toEqual(sink.statuses[i + 1]);
    });

    if (may.includes('fail')) {
      it('heals itself when what it needs comes, and says so', async () => {
        await start({ broken: true });
        await until((heard) => heard.statuses.at(-1)?.state === 'connecting');
        expect(sink.statuses.some(({ state }) => state === 'up')).toBe(false);
        expect(sink.text).toMatch(/next try in \d+ s|waiting for it/);
        await bench.mend?.();
        await until(isUp);
        await bench.play?.();
        await until((heard) => heard.frames.length >= bench.frames.length);
        for (const [i, status] of sink.statuses.entries()) expect(status).not.toEqual(sink.statuses[i + 1]);
      });

      it('stops while it waits for its next try', async () => {
        await start({ broken: true });
        await until((heard) => heard.statuses.length > 0);
        controller.abort();
        await run;
        expect(bench.held()).toBe(0);
        expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
      });
    }

    if (may.includes('break')) {
      it('heals itself when what it needs goes and comes back, and says so', async () => {
        await start();
        await until(isUp);
        await bench.break?.();
        await until((heard) => !isUp(heard));
        await bench.mend?.();
        await until(isUp);
        await bench.play?.();
        await until((heard) => heard.frames.length >= bench.frames.length);
        for (const [i, status] of sink.statuses.entries()) expect(status).not.toEqual(sink.statuses[i + 1]);
      });
    }
  });
}

import { isAborted } from '../../base/is-aborted';
import { createReadStream } from 'node:fs';
import * as path from 'node:path';
import { systemClock, type Clock } from '../../base/clock';
import { CandumpLog, type PlayedLine } from '../../protocol/candump-log';
import { sleep, systemTimers, type Timers } from '../timers';
import { boundedLines } from './bounded-lines';
import type { FrameSink, FrameSource } from './frame-source';
import { RunOnce } from './run-once';
import { StatusReporter } from './status-reporter';
import { checkLog, longestLine, unreadableLog } from './unreadable-log';

/** What to play and how. */
export interface ReplaySourceOptions {
  /** A log that candump wrote. */
  readonly file: string;
  /** The interface whose frames are played; absent for the first on which one of the ids is found. */
  readonly interface?: string | undefined;
  /** Default: all. */
  readonly ids?: readonly number[] | 'all';
  /** How many times faster than it was heard; 0 or Infinity: as fast as possible. Default 1. */
  readonly speed?: number;
  /** Start again at the end, for ever. Default false. */
  readonly loop?: boolean;
  /** Default: the machine's own. */
  readonly timers?: Timers;
  /** Default: the machine's own. */
  readonly clock?: Pick<Clock, 'monotonic'>;
}

// As fast as possible still lets the screen be drawn: after this many lines the event loop has its turn.
const linesAtATime = 200;

/** Plays a log of a CAN bus. Lines that are no frame are counted and passed over; the file is never held in memory. */
export class ReplaySource implements FrameSource {
  readonly name = 'replay';
  private readonly timers: Timers;
  private readonly clock: Pick<Clock, 'monotonic'>;
  private readonly once = new RunOnce();
  private readonly speed: number;
  private frames = 0;

  /** @throws RangeError when the speed is negative or not a number. */
  constructor(private readonly options: ReplaySourceOptions) {
    const { speed = 1 } = options;
    if (!(speed >= 0)) throw new RangeError(`speed must be 0 or more, not ${speed}`);
    this.speed = speed === 0 ? Infinity : speed;
    this.timers = options.timers ?? systemTimers;
    this.clock = options.clock ?? systemClock;
  }

  /** @throws UserError (as a rejection) when the file can't be read. */
  async run(signal: AbortSignal, sink: FrameSink): Promise<void> {
    this.once.start();
    const { file, loop = false } = this.options;
    const name = path.basename(file);
    const status = new StatusReporter(sink, 'REPLAY');
    let before: number;
    do {
      before = this.frames;
      await this.playOnce(signal, sink, ({ interface: bus, others }) => {
        const buses = others.length === 0 || bus === undefined ? {} : { bus, others: others.join(', ') };
        status.report('up', { code: 'replaying', values: { file: name, speed: this.speed, ...buses } });
      });
      // A file without a single frame would be read for ever and ever.
    } while (loop && !signal.aborted && this.frames > before);
    if (!signal.aborted) {
      status.report('ended', { code: 'replayed', values: { file: name, frames: this.frames } });
    }
  }

  private async playOnce(
    signal: AbortSignal,
    sink: FrameSink,
    report: (log: CandumpLog) => void,
  ): Promise<void> {
    if (signal.aborted) return;
    const log = new CandumpLog(this.options);
    const stream = createReadStream(this.options.file, { encoding: 'latin1', highWaterMark: 1 << 16 });
    const gone = new Promise<void>((resolve) => stream.once('close', resolve));
    // 'ready' says that the file is open. Reading a directory opens it too and fails only afterwards.
    stream.once('ready', () => report(log));
    try {
      const lines = boundedLines(stream as AsyncIterable<string>, longestLine);
      await this.playLines(log, lines, signal, sink, () => report(log));
    } catch (error) {
      throw unreadableLog(this.options.file, error);
    } finally {
      stream.destroy();
      await gone;
    }
  }

  private async playLines(
    log: CandumpLog,
    lines: AsyncIterable<string>,
    signal: AbortSignal,
    sink: FrameSink,
    report: () => void,
  ): Promise<void> {
    let start: number | undefined;
    let buses = 0;
    let sinceBreath = 0;
    const play = async (played: readonly PlayedLine[]): Promise<boolean> => {
      for (const line of played) {
        if ('rejected' in line) {
          sink.rejected(line.rejected, line.line.slice(0, 60));
          continue;
        }
        start ??= this.clock.monotonic() - (1000 * line.at) / this.speed;
        const wait = start + (1000 * line.at) / this.speed - this.clock.monotonic();
        if (wait >= 1 && !(await sleep(wait, signal, this.timers))) return false;
        this.frames++;
        sink.frame(line.frame);
      }
      return true;
    };
    for await (const line of lines) {
      if (signal.aborted) return;
      if (++sinceBreath >= linesAtATime) {
        sinceBreath = 0;
        await new Promise((resolve) => setImmediate(resolve));
        if (isAborted(signal)) return;
      }
      if (line.trim() === '') continue;
      if (!(await play(log.read(line)))) return;
      checkLog(this.options.file, log);
      if (log.others.length > buses) report();
      buses = log.others.length;
    }
    if (await play(log.end())) checkLog(this.options.file, log, true);
  }
}

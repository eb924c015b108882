import { isAborted } from '../../base/is-aborted';
import { createReadStream } from 'node:fs';
import * as path from 'node:path';
import { systemClock, type Clock } from '../../base/clock';
import { parseCandumpLine } from '../../protocol/candump';
import { LogTime } from '../../protocol/log-time';
import { sleep, systemTimers, type Timers } from '../timers';
import { boundedLines } from './bounded-lines';
import type { FrameSink, FrameSource } from './frame-source';
import { RunOnce } from './run-once';
import { StatusReporter } from './status-reporter';
import { unreadableLog } from './unreadable-log';

/** What to play and how. */
export interface ReplaySourceOptions {
  /** A log that `candump -L` wrote. */
  readonly file: string;
  /** How many times faster than it was heard; 0 or Infinity: as fast as possible. Default 1. */
  readonly speed?: number;
  /** Start again at the end, for ever. Default false. */
  readonly loop?: boolean;
  /** Default: the machine's own. */
  readonly timers?: Timers;
  /** Default: the machine's own. */
  readonly clock?: Pick<Clock, 'monotonic'>;
}

// A line of candump is under 60 characters.
const longestLine = 200;
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
      await this.playOnce(signal, sink, () =>
        status.report('up', { code: 'replaying', values: { file: name, speed: this.speed } }),
      );
      // A file without a single frame would be read for ever and ever.
    } while (loop && !signal.aborted && this.frames > before);
    if (!signal.aborted) {
      status.report('ended', { code: 'replayed', values: { file: name, frames: this.frames } });
    }
  }

  private async playOnce(signal: AbortSignal, sink: FrameSink, onOpen: () => void): Promise<void> {
    if (signal.aborted) return;
    const stream = createReadStream(this.options.file, { encoding: 'latin1', highWaterMark: 1 << 16 });
    const gone = new Promise<void>((resolve) => stream.once('close', resolve));
    // 'ready' says that the file is open. Reading a directory opens it too and fails only afterwards.
    stream.once('ready', onOpen);
    try {
      await this.playLines(boundedLines(stream as AsyncIterable<string>, longestLine), signal, sink);
    } catch (error) {
      throw unreadableLog(this.options.file, error);
    } finally {
      stream.destroy();
      await gone;
    }
  }

  private async playLines(lines: AsyncIterable<string>, signal: AbortSignal, sink: FrameSink): Promise<void> {
    const time = new LogTime();
    let start: number | undefined;
    let sinceBreath = 0;
    for await (const line of lines) {
      if (signal.aborted) return;
      if (++sinceBreath >= linesAtATime) {
        sinceBreath = 0;
        await new Promise((resolve) => setImmediate(resolve));
        if (isAborted(signal)) return;
      }
      if (line.trim() === '') continue;
      const record = parseCandumpLine(line);
      if ('rejected' in record) {
        sink.rejected(record.rejected, line.slice(0, 60));
        continue;
      }
      start ??= this.clock.monotonic();
      const due = start + (1000 * time.at(record.time)) / this.speed;
      const wait = due - this.clock.monotonic();
      if (wait >= 1 && !(await sleep(wait, signal, this.timers))) return;
      this.frames++;
      sink.frame(record.frame);
    }
  }
}

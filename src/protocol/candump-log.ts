import { parseCandumpLine, type CandumpRejection, type CandumpStamp } from './candump';
import type { CanFrame } from './can-frame';
import { LogTime } from './log-time';

/** What a line of a log gives. */
export type PlayedLine =
  | { readonly at: number; readonly frame: CanFrame }
  | { readonly rejected: PlayedRejection; readonly line: string };

/** Why a line gives no frame. */
export type PlayedRejection = Exclude<CandumpRejection['rejected'], 'no time' | 'remark'> | 'bad line';

/** What was held back until it was known how its times count. */
type Held = {
  readonly stamp: CandumpStamp | undefined;
  readonly give: (at: number) => PlayedLine | undefined;
};

// As many as show whether their times grow.
const mostHeld = 64;

/** Which frames of a log are wanted. */
export interface CandumpLogOptions {
  /** The interface they were heard on; absent for the first on which a wanted id is found. */
  readonly interface?: string | undefined;
  /** What a battery sends; others choose no interface. Default: all. */
  readonly ids?: readonly number[] | 'all';
}

/**
 * Reads a log of candump line by line, in any of its forms: one bus of it, with times that grow from 0 at the first line.
 * Several buses may be in one log, and two controllers with the same ids on them: only one interface's frames are given.
 */
export class CandumpLog {
  /** Lines that were read. */
  linesRead = 0;
  /** Those of a log of candump, whatever they hold. */
  lines = 0;
  /** Lines that would be frames if they had a time. */
  timeless = 0;
  /** How the first line begins, which shows what else the file may be. */
  beginning = '';
  private readonly time = new LogTime();
  private readonly names = new Set<string>();
  private counting: 'unknown' | 'from one start' | 'from the line before' = 'unknown';
  private sum = 0;
  private held: Held[] = [];

  private chosen: string | undefined;

  constructor(private readonly options: CandumpLogOptions = {}) {
    this.chosen = options.interface;
  }

  /** The interface whose frames are given, once there is one. */
  get interface(): string | undefined {
    return this.chosen ?? [...this.names][0];
  }

  /** All whose frames are in the log so far, in the order in which they were found. */
  get interfaces(): readonly string[] {
    return [...this.names];
  }

  /** Those whose frames are left out. */
  get others(): readonly string[] {
    return this.interfaces.filter((name) => name !== this.interface);
  }

  /** What can be given now that the next line is read: usually its frame; nothing while the pace of the log is unknown. */
  read(line: string): readonly PlayedLine[] {
    if (this.linesRead++ === 0) this.beginning = line.slice(0, 6);
    const record = parseCandumpLine(line);
    if (!('rejected' in record)) {
      this.lines++;
      this.names.add(record.interface);
      const { ids = 'all' } = this.options;
      if (ids === 'all' || ids.includes(record.frame.id)) this.chosen ??= record.interface;
      const wanted = record.interface === this.interface;
      return this.take({
        stamp: record.stamp,
        give: (at) => (wanted ? { at, frame: record.frame } : undefined),
      });
    }
    const { rejected, stamp } = record;
    if (rejected === 'remark') return [];
    if (rejected === 'no time') this.timeless++;
    else if (rejected !== 'bad line') this.lines++;
    const cause = rejected === 'no time' ? 'bad line' : rejected;
    return this.take({ stamp, give: () => ({ rejected: cause, line }) });
  }

  /** What was held back, after the last line. */
  end(): readonly PlayedLine[] {
    if (this.counting === 'unknown')
      this.counting = areDeltas(this.held) ? 'from the line before' : 'from one start';
    const held = this.held;
    this.held = [];
    return held.flatMap((each) => this.given(each));
  }

  private take(next: Held): readonly PlayedLine[] {
    if (this.counting !== 'unknown') return this.given(next);
    if (next.stamp === undefined && this.held.length === 0) return this.given(next);
    if (next.stamp?.short === false) this.counting = 'from one start';
    this.held.push(next);
    return this.counting === 'unknown' && this.held.length < mostHeld ? [] : this.end();
  }

  private given({ stamp, give }: Held): readonly PlayedLine[] {
    const line = give(stamp === undefined ? 0 : this.timeOf(stamp.time));
    return line === undefined ? [] : [line];
  }

  private timeOf(time: number): number {
    if (this.counting !== 'from the line before') return this.time.at(time);
    this.sum += time;
    return this.time.at(this.sum);
  }
}

/**
 * `candump -td` and `candump -tz` look alike, and both begin with 0. Behind that, times from one start grow all the time, but for
 * a little disorder of several interfaces; those from the line before go up and down, or are all the same.
 */
function areDeltas(held: readonly Held[]): boolean {
  const times = held.flatMap(({ stamp }) => (stamp === undefined ? [] : [stamp.time]));
  if (times[0] === 0) times.shift();
  let way = 0;
  let repeats = 0;
  for (const [i, time] of times.entries()) {
    const before = times[i - 1] ?? time;
    way += Math.abs(time - before);
    if (i > 0 && time === before) repeats++;
  }
  const grown = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return grown < 0.6 * way || repeats > 0.1 * (times.length - 1);
}

import { writeSync } from 'node:fs';
import { systemClock, type Clock } from '../base/clock';
import { LogLimiter, logLevels, type LogLevel, type LogLine } from './log-limiter';
import { goesToJournal, journalLine, plainLine } from './log-line';

/** Where the program says what happens to it. Lines go to standard error, which systemd puts into the journal. */
export type Log = Readonly<Record<LogLevel, (text: string, times?: number) => void>> & {
  /** Loads the logging package and writes what has waited for it. */
  open(): Promise<void>;
};

/** Bytes that a reader may leave unread before lines are held back instead: they would pile up in memory. */
const longestBacklog = 65_536;

/** What a log needs of its process; replaced in tests. */
export interface LogParts {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Calls back once after `ms`, without keeping the process alive; the result forgets it. */
  readonly after: (ms: number, callback: () => void) => () => void;
  /** False while nobody takes lines. */
  readonly ready: () => boolean;
}

const systemParts: LogParts = {
  clock: systemClock,
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  },
  ready: () => process.stderr.writableLength < longestBacklog,
};

/**
 * A log that keeps its lines until it is opened, so that the logging package (15 ms on a fast machine) is not loaded
 * before the first picture is on the glass. What still waits or is held back when the process ends is written then.
 * How often anything is written is limited, see LogLimiter. `times` is how many events a line stands for, 1 by default.
 */
export function createLog(level: LogLevel, parts: LogParts = systemParts): Log {
  const { clock } = parts;
  const limiter = new LogLimiter(parts.ready);
  const format = goesToJournal(process.env['JOURNAL_STREAM']) ? journalLine : plainLine;
  let waiting: LogLine[] | undefined = [];
  let write = (line: LogLine): void => {
    waiting?.push(line);
  };
  let cancel: (() => void) | undefined;
  const tell = (lines: readonly LogLine[]): void => {
    for (const line of lines) write(line);
    cancel?.();
    const now = clock.monotonic();
    const next = limiter.nextDue(now);
    cancel = next === Infinity ? undefined : parts.after(Math.max(1, next - now), tellDue);
  };
  const tellDue = (): void => tell(limiter.due(clock.monotonic()));
  process.once('exit', () => {
    try {
      for (const line of [...(waiting ?? []), ...limiter.rest(clock.monotonic())])
        writeSync(2, `${format(line)}\n`);
    } catch {
      // Nobody reads it.
    }
  });
  // Whoever read the log is gone; that is no reason for the display to go too.
  process.stderr.on('error', () => undefined);
  const shown = logLevels.slice(0, logLevels.indexOf(level) + 1);
  const logAt =
    (lineLevel: LogLevel) =>
    (text: string, times = 1): void => {
      if (shown.includes(lineLevel)) tell(limiter.offer(lineLevel, text, times, clock.monotonic()));
    };
  return {
    error: logAt('error'),
    warn: logAt('warn'),
    info: logAt('info'),
    debug: logAt('debug'),
    open: async () => {
      if (waiting === undefined) return;
      const { createLogger, format: formats, transports } = await import('winston');
      const logger = createLogger({
        level,
        format: formats.printf(({ level: lineLevel, message }) =>
          format([lineLevel as LogLevel, String(message)]),
        ),
        // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the package's types name two classes alike
        transports: [new transports.Console({ stderrLevels: [...logLevels] })],
      });
      write = ([lineLevel, text]) => logger.log(lineLevel, text);
      const early = waiting;
      waiting = undefined;
      for (const line of early) write(line);
    },
  };
}

/** Lets a line through at most once in an interval, and counts the ones between. */
export class LogThrottle {
  private lastAt = -Infinity;
  private held = 0;

  /** @param interval ms */
  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly interval = 1000,
  ) {}

  /** Calls `write` with how many lines were held back since the last one that was written, or holds this one back. */
  offer(write: (held: number) => void): void {
    const now = this.clock.monotonic();
    if (now - this.lastAt < this.interval) {
      this.held++;
      return;
    }
    this.pass(now, write);
  }

  /** Calls `write` when lines were held back and the interval is over: for the last ones, after which nothing comes. */
  flush(write: (held: number) => void): void {
    const now = this.clock.monotonic();
    if (this.held > 0 && now - this.lastAt >= this.interval) this.pass(now, write);
  }

  private pass(now: number, write: (held: number) => void): void {
    this.lastAt = now;
    const { held } = this;
    this.held = 0;
    write(held);
  }
}

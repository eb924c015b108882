import { writeSync } from 'node:fs';
import type { Clock } from './clock';

/** What may be written to the log, most urgent first. */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where the program says what happens to it. Lines go to standard error, which systemd puts into the journal. */
export type Log = Readonly<Record<LogLevel, (text: string) => void>> & {
  /** Loads the logging package and writes what has waited for it. */
  open(): Promise<void>;
};

type Line = readonly [LogLevel, string];

/**
 * A log that keeps its lines until it is opened, so that the logging package (15 ms on a fast machine) is not loaded
 * before the first picture is on the glass. What still waits when the process ends is written then.
 */
export function createLog(level: LogLevel): Log {
  let waiting: Line[] | undefined = [];
  let write = (line: Line): void => {
    waiting?.push(line);
  };
  const shown = logLevels.slice(0, logLevels.indexOf(level) + 1);
  process.once('exit', () => {
    try {
      for (const [lineLevel, text] of waiting ?? []) writeSync(2, `${lineLevel}: ${text}\n`);
    } catch {
      // Nobody reads it.
    }
  });
  // Whoever read the log is gone; that is no reason for the display to go too.
  process.stderr.on('error', () => undefined);
  const logAt =
    (lineLevel: LogLevel) =>
    (text: string): void => {
      if (shown.includes(lineLevel)) write([lineLevel, text]);
    };
  return {
    error: logAt('error'),
    warn: logAt('warn'),
    info: logAt('info'),
    debug: logAt('debug'),
    open: async () => {
      if (waiting === undefined) return;
      const { createLogger, format, transports } = await import('winston');
      const logger = createLogger({
        level,
        format: format.printf(({ level: lineLevel, message }) => `${lineLevel}: ${String(message)}`),
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
    this.lastAt = now;
    const { held } = this;
    this.held = 0;
    write(held);
  }
}

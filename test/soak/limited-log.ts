import type { Clock } from '../../src/base/clock';
import type { Log } from '../../src/logging/log';
import { LogLimiter, type LogLevel, type LogLine } from '../../src/logging/log-limiter';

/** The program's log, of which the lines are counted and not written. */
export class LimitedLog {
  lines = 0;
  readonly log: Log;
  private readonly limiter = new LogLimiter();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {
    const at =
      (level: LogLevel) =>
      (text: string, times = 1): void =>
        this.count(this.limiter.offer(level, text, times, this.clock.monotonic()));
    this.log = {
      error: at('error'),
      warn: at('warn'),
      info: at('info'),
      // Not shown, as by default.
      debug: () => undefined,
      open: () => Promise.resolve(),
    };
  }

  /** To be called about once a second. */
  tick(): void {
    this.count(this.limiter.due(this.clock.monotonic()));
  }

  private count(lines: readonly LogLine[]): void {
    this.lines += lines.length;
  }
}

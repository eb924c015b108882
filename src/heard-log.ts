import type { Clock } from './clock';
import { isIgnored } from './io/sources/frame-intake';
import type { RejectionCause } from './io/sources/frame-source';
import { LogThrottle, type Log } from './log';

/** Writes what was heard and not used to the log, at most one line a second for each kind of it. */
export class HeardLog {
  private readonly throttles = new Map<RejectionCause, LogThrottle>();

  constructor(
    private readonly log: Log,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {}

  rejected(cause: RejectionCause, detail: string | undefined): void {
    let throttle = this.throttles.get(cause);
    if (throttle === undefined) {
      throttle = new LogThrottle(this.clock);
      this.throttles.set(cause, throttle);
    }
    throttle.offer((held) => {
      const more = held === 0 ? '' : `, and ${held} before it`;
      const line = `Not used, ${cause}${detail === undefined ? '' : `: ${detail}`}${more}`;
      if (isIgnored(cause)) this.log.debug(line);
      else this.log.warn(line);
    });
  }
}

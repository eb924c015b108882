import type { Clock } from './clock';
import { isIgnored } from './io/sources/frame-intake';
import type { RejectionCause } from './io/sources/frame-source';
import { LogThrottle, type Log } from './log';

/** Tells the log what was heard and not used, at most once a second for each kind of it, with how often it was. */
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
    // A line is put together once a second, however many frames come; the log holds back what it says again.
    throttle.offer((held) => {
      const line = `Not used, ${cause}${detail === undefined ? '' : `: ${detail}`}`;
      if (isIgnored(cause)) this.log.debug(line, held + 1);
      else this.log.warn(line, held + 1);
    });
  }
}

import type { Clock } from '../../base/clock';
import { isIgnored } from '../../io/sources/frame-intake';
import { LogThrottle, type Log } from '../../logging/log';

interface Heard {
  readonly throttle: LogThrottle;
  /** What is known of the latest one. */
  detail: string | undefined;
}

/** Tells the log what was heard and not used, at most once a second for each kind of it, with how often it was. */
export class HeardLog {
  private readonly causes = new Map<string, Heard>();

  constructor(
    private readonly log: Log,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {}

  /** Something that was heard could not be used. @param detail a few words, such as whom it came from */
  rejected(cause: string, detail: string | undefined): void {
    let heard = this.causes.get(cause);
    if (heard === undefined) {
      heard = { throttle: new LogThrottle(this.clock), detail };
      this.causes.set(cause, heard);
    }
    heard.detail = detail;
    // A line is put together once a second, however many frames come; the log holds back what it says again.
    heard.throttle.offer((held) => this.write(cause, detail, held + 1));
  }

  /** Tells of the last ones that were held back; to be called about once a second. */
  tick(): void {
    for (const [cause, { throttle, detail }] of this.causes)
      throttle.flush((held) => this.write(cause, detail, held));
  }

  private write(cause: string, detail: string | undefined, times: number): void {
    const line = `Not used, ${cause}${detail === undefined ? '' : `: ${detail}`}`;
    if (isIgnored(cause)) this.log.debug(line, times);
    else this.log.warn(line, times);
  }
}

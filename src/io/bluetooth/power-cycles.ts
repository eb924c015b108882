import type { LinkReport } from '../../model/link-reports';

/** Failures in a row after which an adapter is switched off and on, at first and at most. */
const [first, most] = [4, 64];

/** Failures that an adapter may have caused itself. */
const ofTheAdapter: ReadonlySet<LinkReport['code']> = new Set([
  'bluetooth-no-answer',
  'bluetooth-no-services',
  'bluetooth-not-connected',
]);

/**
 * Counts failures, to switch an adapter that answers nothing off and on again: after four in a row, then after eight more, and
 * so on, since it ends all other connections. A success begins anew.
 */
export class PowerCycles {
  private failures = 0;
  private wanted: number = first;

  succeeded(): void {
    this.failures = 0;
    this.wanted = first;
  }

  /** Notes a failure. Returns whether it is time to switch the adapter off and on. */
  failed(code: string): boolean {
    if (!(ofTheAdapter as ReadonlySet<string>).has(code)) return false;
    this.failures++;
    if (this.failures < this.wanted) return false;
    this.failures = 0;
    this.wanted = Math.min(most, this.wanted * 2);
    return true;
  }
}

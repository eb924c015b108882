import type { AlarmReport, AlarmReports } from './alarm-reports';
import type { Battery } from './battery';

/** What a rule has found. */
export interface Finding {
  readonly report: AlarmReport;
  /** How far beyond its limit it is, in the rule's unit. */
  readonly excess: number;
}

/** One thing that can be wrong with a battery. */
export interface AlarmRule {
  /** Tells it from all others. */
  readonly name: keyof AlarmReports;
  /** An acknowledged alarm rises again when it is this much further beyond its limit, in the rule's unit. */
  readonly worse: number;
  /**
   * Looks at the battery at `now` (monotonic ms). `undefined` when all is well, `unknown` when that can't be said now.
   *
   * @param standing it stands already, so that it ends only when it is well inside its limit again
   */
  look(battery: Battery, now: number, standing: boolean): Finding | 'unknown' | undefined;
}

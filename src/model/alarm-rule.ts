import type { AlarmReport } from './alarm-reports';
import type { Battery } from './battery';
import type { Device } from './device';

/** What a rule has found. */
export interface Finding {
  readonly report: AlarmReport;
  /** How far beyond its limit it is, in the rule's unit. */
  readonly excess: number;
}

/** One thing that can be wrong with a device: a battery, unless it is a rule for devices of any kind. */
export interface AlarmRule<D extends Device = Battery> {
  /** Tells it from all other rules of the device. */
  readonly name: string;
  /** An acknowledged alarm rises again when it is this much further beyond its limit, in the rule's unit. */
  readonly worse: number;
  /**
   * Looks at the device at `now` (monotonic ms). `undefined` when all is well, `unknown` when that can't be said now.
   *
   * @param standing it stands already, so that it ends only when it is well inside its limit again
   */
  look(device: D, now: number, standing: boolean): Finding | 'unknown' | undefined;
}

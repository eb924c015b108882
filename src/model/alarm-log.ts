import type { AlarmReport } from './alarm-reports';
import { sameCoded } from './coded';

/** One alarm from its rise to its end. Times are monotonic ms. */
export interface AlarmEntry {
  /** Counts the alarms of this run, from 1; those of earlier ones have 0 and less. */
  readonly number: number;
  /** As it was when it was worst. */
  readonly report: AlarmReport;
  readonly risenAt: number;
  readonly acknowledgedAt: number | undefined;
  /** How far beyond its limit it was when it was acknowledged, in the unit of its rule. */
  readonly acceptedExcess?: number;
  /** `undefined` while it stands. */
  readonly endedAt: number | undefined;
  /** It stood when an earlier run ended: when it was over is not known. */
  readonly leftStanding?: true;
}

/** Entries that are kept; the oldest ones that are over give way. */
export const alarmLogLength = 100;

/** What has been wrong, for whoever comes later. */
export class AlarmLog {
  private entries: AlarmEntry[] = [];
  private risen = 0;
  private changed = 0;

  /** Counts changes, so that a listener can tell whether anything is new. */
  get changes(): number {
    return this.changed;
  }

  /** Newest first. */
  get list(): readonly AlarmEntry[] {
    return this.entries;
  }

  /**
   * Puts what earlier runs have left behind what is there, newest first. Returns the numbers that they got, in the same
   * order; those that found no room have none.
   */
  restore(earlier: readonly Omit<AlarmEntry, 'number'>[]): readonly number[] {
    const first = Math.min(1, this.entries.at(-1)?.number ?? 1) - 1;
    const room = earlier.slice(0, Math.max(0, alarmLogLength - this.entries.length));
    this.entries.push(...room.map((entry, i) => ({ ...entry, number: first - i })));
    this.changed++;
    return room.map((_, i) => first - i);
  }

  /** An alarm begins to stand. Returns its number. */
  rise(report: AlarmReport, now: number): number {
    this.changed++;
    this.risen++;
    const entry = { number: this.risen, report, risenAt: now, acknowledgedAt: undefined, endedAt: undefined };
    this.entries.unshift(entry);
    if (this.entries.length > alarmLogLength) {
      const oldest = this.entries.findLastIndex(
        ({ endedAt, leftStanding }) => endedAt !== undefined || leftStanding === true,
      );
      this.entries.splice(oldest === -1 ? this.entries.length - 1 : oldest, 1);
    }
    return this.risen;
  }

  /**
   * An alarm that stood when an earlier run ended stands still. Returns false when it is not in the list any more.
   *
   * @param again number of the entry that it has got in this run, if any, which goes
   */
  standAgain(number: number, again?: number): boolean {
    const index = this.entries.findIndex((entry) => entry.number === number);
    const entry = this.entries[index];
    if (entry === undefined) return false;
    const { leftStanding, ...standing } = entry;
    if (leftStanding !== true) return false;
    this.entries[index] = standing;
    this.entries = this.entries.filter((each) => each.number !== again);
    this.changed++;
    return true;
  }

  /** What is known of a standing alarm has changed. */
  update(
    number: number,
    change: Partial<Pick<AlarmEntry, 'report' | 'acknowledgedAt' | 'acceptedExcess' | 'endedAt'>>,
  ): void {
    const index = this.entries.findIndex((entry) => entry.number === number);
    const before = this.entries[index];
    if (before === undefined) return;
    const after = { ...before, ...change };
    if (
      sameCoded(after.report, before.report) &&
      after.acknowledgedAt === before.acknowledgedAt &&
      after.endedAt === before.endedAt
    )
      return;
    this.changed++;
    this.entries[index] = after;
  }
}

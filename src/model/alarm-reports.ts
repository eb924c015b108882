import type { Coded } from './coded';

/** A cell beyond one of the controller's cut-offs. */
export interface CellAlarm {
  /** From 1; absent where only the controller's highest or lowest voltage is known. */
  readonly cell?: number;
  /** V. */
  readonly volts: number;
  readonly limit: number;
  /** False while it has come back inside the limit, but not far enough for the alarm to be over. */
  readonly beyond: boolean;
}

/** A quantity beyond a limit, in its house unit. */
export interface LimitAlarm {
  readonly value: number;
  readonly limit: number;
  /** As in CellAlarm. */
  readonly beyond: boolean;
}

/** Everything that an alarm can report, by code. */
export interface AlarmReports {
  readonly 'cell-high': CellAlarm;
  readonly 'cell-low': CellAlarm;
  /** V. */
  readonly 'pack-high': LimitAlarm;
  readonly 'pack-low': LimitAlarm;
  /** °C. */
  readonly 'temperature-high': LimitAlarm;
  readonly 'temperature-low': LimitAlarm;
  /** V between the highest and the lowest cell. */
  readonly spread: LimitAlarm;
  /** %. */
  readonly 'charge-low': LimitAlarm;
  /** s without anything received. */
  readonly silence: { readonly seconds: number };
  /** V between the members of a bank. */
  readonly 'members-voltage': LimitAlarm;
  /** %. */
  readonly 'members-charge': LimitAlarm;
  /** An alarm that an earlier version has kept as a sentence. */
  readonly 'as-written': { readonly text: string };
}

/** What an alarm reports. */
export type AlarmReport = Coded<AlarmReports>;

/** The codes with a quantity and its limit. */
export type LimitAlarmCode = {
  [Code in keyof AlarmReports]: AlarmReports[Code] extends LimitAlarm ? Code : never;
}[keyof AlarmReports];

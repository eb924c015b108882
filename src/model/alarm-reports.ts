import type { Coded } from './coded';
import type { ProtectionFlag, WarningFlag } from './flag-names';
import type { Kind } from './reading';

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

/** A bit that a battery's own electronics have set. */
export interface FlagAlarm<Flag> {
  readonly flag: Flag;
  /** The cell that it is about, from 1; absent where there is none, or it is unknown. */
  readonly cell?: number;
  /** The measurement that it is about, in its house unit; absent where there is none, or it is unknown. */
  readonly value?: number;
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
  /** s without anything received; `kind` where it is no battery. */
  readonly silence: { readonly seconds: number; readonly kind?: Exclude<Kind, 'battery'> };
  /** A battery has switched itself off, in part or altogether. */
  readonly protection: FlagAlarm<ProtectionFlag>;
  /** A battery is close to that. */
  readonly warning: FlagAlarm<WarningFlag>;
  /** A bit of a charger's alarm word, from 0. */
  readonly 'charger-alarm': { readonly bit: number };
  /** What a battery itself calls its error. */
  readonly 'battery-error': { readonly text: string };
  /** V between the members of a bank. */
  readonly 'members-voltage': LimitAlarm;
  /** %. */
  readonly 'members-charge': LimitAlarm;
  /** An alarm that an earlier version has kept as a sentence. */
  readonly 'as-written': { readonly text: string };
  /** An alarm that another version has kept, under a code or with values that this one does not know. */
  readonly 'other-version': { readonly code: string };
}

/** What an alarm reports. */
export type AlarmReport = Coded<AlarmReports>;

/** True for what is listed without an alarm on the screen: nobody has to acknowledge it. */
export function isNotice({ code }: AlarmReport): boolean {
  return code === 'warning';
}

/** The codes with a quantity and its limit. */
export type LimitAlarmCode = {
  [Code in keyof AlarmReports]: AlarmReports[Code] extends LimitAlarm ? Code : never;
}[keyof AlarmReports];

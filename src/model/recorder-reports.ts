import type { Coded, NoValues } from './coded';
import type { DatabaseReport } from './database-reports';

/** Why a disk does not take something. */
export interface DiskTroubles {
  readonly 'disk-full': NoValues;
  /** Less room than is kept for the system; bytes. */
  readonly 'disk-reserve': { readonly free: number; readonly reserve: number };
  readonly 'disk-read-only': NoValues;
  readonly 'disk-error': NoValues;
  readonly 'disk-forbidden': NoValues;
  readonly 'disk-folder-gone': NoValues;
  readonly 'disk-other': { readonly reason: string };
}

/** One of them. */
export type DiskTrouble = Coded<DiskTroubles>;

/** What has gone wrong with a small file in which something is kept. */
export interface KeptTextReports {
  /** `aside`: where it was put. */
  readonly 'text-damaged': { readonly aside: string };
  readonly 'text-not-read': { readonly trouble: DiskTrouble };
  readonly 'text-not-written': { readonly trouble: DiskTrouble };
}

/** One of them. */
export type KeptTextReport = Coded<KeptTextReports>;

/** How the log is kept. */
export interface LogReports {
  /** `lost`: lines since the start. */
  readonly 'log-written': { readonly lost: number };
  /** `losing`: the memory is full, and the oldest lines are lost. */
  readonly 'log-failed': { readonly trouble: DiskTrouble; readonly losing: boolean };
  readonly 'log-slow-disk': NoValues;
  readonly 'log-time-unknown': NoValues;
  readonly 'log-no-folder': { readonly reason: string };
}

/** One of them. */
export type LogReport = Coded<LogReports>;

/** Why the history can't be written. */
export interface HistoryTroubles {
  readonly 'history-no-folder': NoValues;
  readonly 'history-disk-full': NoValues;
  readonly 'history-disk-reserve': NoValues;
  readonly 'history-read-only': NoValues;
  readonly 'history-disk-error': NoValues;
  /** The file system of the data folder can't do what a database needs. */
  readonly 'history-folder-unfit': NoValues;
  readonly 'history-not-open': NoValues;
  readonly 'history-busy': NoValues;
  readonly 'history-forbidden': NoValues;
  readonly 'history-thread-ended': NoValues;
  readonly 'history-failed': { readonly reason: string };
  readonly 'history-closed': NoValues;
}

/** One of them. */
export type HistoryTrouble = Coded<HistoryTroubles>;

/** How the history is written. */
export interface HistoryReports extends HistoryTroubles {
  /** `behind`: slower than values come. */
  readonly 'history-written': { readonly file: string; readonly behind: boolean };
  /** That of a demonstration, which is kept in memory. */
  readonly 'history-made-up': NoValues;
}

/** One of them. */
export type HistoryReport = Coded<HistoryReports>;

/** What has happened to the history and its owner should know. */
export interface HistoryEvents {
  /** It gives up its oldest values of single seconds. */
  readonly 'history-gives-up': NoValues;
  readonly 'history-set-aside': { readonly why: 'damaged' | 'other version'; readonly aside: string };
}

/** One of them. */
export type HistoryEvent = Coded<HistoryEvents>;

/** What was wrong with the settings at the start. */
export interface SettingsNotices {
  /** The last good ones are in use; `why`: the sentence of what is wrong with the file. */
  readonly 'settings-damaged': { readonly why: string };
  /** A newer release has run here: `names` are none of this one's settings, and stay in the file. */
  readonly 'settings-of-newer': { readonly file: string; readonly names: readonly string[] };
}

/** What is to be doubted of what a battery tells. */
export interface SignNotices {
  /**
   * Two messages have told opposite currents for ten seconds. A: `shown` is the one that is shown; `device` where there are
   * several; the options are named as on the screen.
   */
  readonly 'signs-opposite': {
    readonly shown: NamedCurrent;
    readonly other: NamedCurrent;
    readonly device?: string;
  };
}

/** What a message tells of the current. */
export interface NamedCurrent {
  /** Such as 0x150. */
  readonly message: string;
  /** A. */
  readonly amperes: number;
  /** The option that turns its sign, as its switch is named. */
  readonly option: string;
}

/** What the owner should know about packdial itself. */
export interface NoticeReports extends HistoryEvents, SettingsNotices, SignNotices {
  readonly 'log-not-written': LogReport;
  /** `waiting`: samples in memory. */
  readonly 'history-not-written': { readonly report: HistoryReport; readonly waiting: number };
  /** `waiting`: rows on the disk. */
  readonly 'database-not-written': { readonly report: DatabaseReport; readonly waiting: number };
  /** `lost`: rows since the start. */
  readonly 'database-rows-lost': { readonly host: string; readonly lost: number };
}

/** One of them. */
export type NoticeReport = Coded<NoticeReports>;

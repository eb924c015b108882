import type { Coded, NoValues } from './coded';

/** The name that a stick must have, in capitals or not: the manual's. */
export const stickLabel = 'BATTERY';

/** Why a stick can't be used. */
export interface StickTroubles {
  readonly 'stick-absent': NoValues;
  /** `labels`: names of the sticks that are plugged in, empty for one without a name. */
  readonly 'stick-not-among': { readonly labels: readonly string[] };
  readonly 'stick-not-formatted': NoValues;
  readonly 'stick-without-name': NoValues;
  readonly 'stick-other-name': { readonly label: string };
  readonly 'sticks-of-one-name': { readonly count: number };
  /** One stick has several: their names for the kernel, such as `sda1`. */
  readonly 'partitions-of-one-name': { readonly names: readonly string[] };
  /** `type`: its file system as udev calls it. */
  readonly 'stick-other-format': { readonly type: string };
  readonly 'stick-write-protected': NoValues;
  readonly 'stick-not-mounted': NoValues;
  readonly 'stick-not-mountable': { readonly reason: string };
  /** Nothing was heard of the request to mount it. */
  readonly 'stick-mount-unanswered': NoValues;
  readonly 'stick-mounted-out-of-sight': NoValues;
  readonly 'stick-damaged': NoValues;
  readonly 'stick-mounted-read-only': { readonly folder: string };
  readonly 'stick-in-use': { readonly folder: string };
  readonly 'stick-not-opened': { readonly reason: string };
  /** `free`: bytes, where that is known. */
  readonly 'stick-full': { readonly free: number | undefined };
  readonly 'stick-read-only-now': NoValues;
  readonly 'stick-refuses': { readonly reason: string };
  /** Bytes. */
  readonly 'stick-too-small': { readonly free: number; readonly size: number };
  readonly 'stick-pulled': NoValues;
}

/** One of them. */
export type StickTrouble = Coded<StickTroubles>;

/** Why a log was not copied to a stick. */
export interface CopyTroubles extends StickTroubles {
  readonly 'log-absent': NoValues;
  readonly 'log-empty': NoValues;
  readonly 'log-unreadable': { readonly reason: string };
  readonly 'copy-differs': NoValues;
  readonly 'copy-stopped': NoValues;
  readonly 'copy-failed': { readonly reason: string };
}

/** One of them. */
export type CopyTrouble = Coded<CopyTroubles>;

/** How the copying of a log goes; sizes in bytes. */
export interface CopyReports extends CopyTroubles {
  readonly 'copy-looking': NoValues;
  readonly 'copy-copying': { readonly name: string; readonly done: number; readonly size: number };
  readonly 'copy-checking': { readonly done: number; readonly size: number };
  readonly 'copy-finishing': NoValues;
  readonly 'copy-done': {
    readonly size: number;
    /** Names on the stick: the log's own, or one for each part. */
    readonly names: readonly string[];
    /** Names under which an earlier copy is kept now. */
    readonly kept: readonly string[];
    /** Such as `FAT32`. */
    readonly version: string;
    /** Most bytes that a file of the stick may have. */
    readonly largestFile: number;
    /** It was unmounted. */
    readonly safe: boolean;
  };
}

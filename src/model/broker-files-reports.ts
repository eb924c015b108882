import type { Coded, NoValues } from './coded';
import type { CopyTrouble } from './stick-reports';

interface File {
  readonly file: string;
}

/** Why the broker's files on a stick can't be used. `file`: its name on the stick. */
export interface BrokerFilesTroubles {
  readonly 'files-stick-unusable': { readonly trouble: CopyTrouble };
  readonly 'files-missing': { readonly files: readonly string[] };
  readonly 'file-linked': File;
  readonly 'file-no-file': File;
  readonly 'file-unreadable': File & { readonly reason: string };
  /** Bytes; `size` is `undefined` for one that has grown meanwhile. */
  readonly 'file-too-large': File & { readonly size: number | undefined; readonly limit: number };
  readonly 'file-several-lines': File;
  readonly 'file-no-host': File;
  readonly 'file-no-certificate': File;
  readonly 'file-locked-key': File;
  readonly 'file-no-key': File;
  readonly 'file-other-key': File & { readonly certificate: string };
  /** Days such as `2049-12-31`. */
  readonly 'file-expired': File & { readonly until: string; readonly today: string };
  readonly 'files-not-kept': { readonly reason: string };
}

/** One of them. */
export type BrokerFilesTrouble = Coded<BrokerFilesTroubles>;

/** What is worth knowing about files that can be used. Days such as `2049-12-31`. */
export interface BrokerFilesRemarks {
  readonly 'dates-unchecked': { readonly today: string };
  readonly 'dates-ahead': { readonly from: string; readonly today: string };
}

/** One of them. */
export type BrokerFilesRemark = Coded<BrokerFilesRemarks>;

interface Files {
  readonly host: string;
  /** The last day of the certificate. */
  readonly until: string;
  readonly remark: BrokerFilesRemark | undefined;
}

/** What became of a stick with the broker's files. */
export interface BrokerFilesReports extends BrokerFilesTroubles {
  readonly 'files-taken': Files;
  readonly 'files-known': Files;
  /** None of them is on it. */
  readonly 'files-none': NoValues;
}

/** One of them. */
export type BrokerFilesReport = Coded<BrokerFilesReports>;

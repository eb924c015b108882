import type { NoticeReport } from '../../model/recorder-reports';

/** Something about packdial itself that its owner should know. */
export interface OwnNotice {
  /** Tells it from others; what is still the same trouble has the same name. */
  readonly name: string;
  readonly report: NoticeReport;
  /** It has happened, and stands on the main screen until it was read; else it stands until it is over. */
  readonly untilRead: boolean;
}

/** What the settings tell their reader, each once. */
export interface UnreadNotices {
  /** The most important that was not read yet. */
  readonly unread: OwnNotice | undefined;
  /** It was read. */
  read(notice: OwnNotice): void;
}

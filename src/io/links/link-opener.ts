import type { Link } from '../../devices/device-type';
import type { SourceReport } from '../../model/source-status';

/** An open link, and how it is released. */
export interface OpenedLink {
  readonly link: Link;
  /** Ends the link, if it is not lost already, and releases all that it holds. */
  close(): Promise<void>;
}

/** The way to a device. */
export interface LinkOpener {
  /** Two words for the status strip, such as `SERIAL ttyUSB0`. */
  readonly label: string;
  /** Where the device is, in words, such as `/dev/ttyUSB0`. */
  readonly place: string;
  /**
   * @param signal gives it up, where opening takes long; the result is then a rejection, or a link that is to be closed
   * @throws (as a rejection) LinkError when it can't be opened now, UserError when waiting does not mend that
   */
  open(signal?: AbortSignal): Promise<OpenedLink>;
  /** True when what was absent has come: asked each second before the next try. */
  appeared?(): Promise<boolean>;
  /** Releases what is kept between two links. A later `open` works all the same. */
  release?(): Promise<void>;
}

/** A link that can't be opened, or is lost. */
export class LinkError extends Error {
  override readonly name = 'LinkError';

  /** @param report why @param absent what the link needs is not there, and `appeared` tells when it is */
  constructor(
    readonly report: SourceReport,
    readonly absent: boolean,
  ) {
    super(report.code);
  }
}

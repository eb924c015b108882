import type { OwnNotice } from '../screens/config/own-notice';
import type { InformationLine } from '../screens/config/service';

/** Something that the display does beside showing: keeping a log, passing values on, letting others look. */
export interface Feature {
  /** How it is, for the information page. */
  lines?(): readonly InformationLine[];
  /** What is wrong with it, the most important first. */
  notices?(): readonly OwnNotice[];
  /** Called about once a second. */
  everySecond?(): void;
  /** Ends at once what could still change something or let somebody in; called before `close`. */
  stop?(): void;
  /** Writes and sends what waits, for a few seconds at most. Never rejects. */
  close?(): Promise<void>;
}

import type { Clock } from '../../base/clock';
import type { BrokerLinkParts, LinkStatus } from '../../io/mqtt/broker-link';
import type { FrameSource } from '../../io/sources/frame-source';
import type { Log } from '../../logging/log';
import type { ControllerLink } from '../../model/controller/controller-link';
import type { Site } from '../../model/site';
import type { DescribedDevice } from '../../protocol/device-json';
import type { Settings } from '../../settings/settings';

/** What the exchange needs of the display. */
export interface ExchangeParts {
  readonly clock: Clock;
  readonly site: Site;
  /** Its devices as JSON names them. */
  readonly described: readonly DescribedDevice[];
  readonly log: Log;
  /** Something looks different now. */
  readonly changed: () => void;
  /** The controller on the display's own network. */
  readonly controller: ControllerLink;
  /** The display is to begin anew: the sender has other devices. */
  readonly again: () => void;
}

/** What a sender and a receiver begin with. */
export interface RoleParts extends ExchangeParts {
  readonly settings: Settings;
  /** Where it keeps what is to outlast a restart. */
  readonly folder: string;
  /** How the broker is connected with. */
  readonly link: BrokerConnection;
}

/** The same for every connection that a display makes with its broker. */
export type BrokerConnection = Pick<BrokerLinkParts, 'clock' | 'keepalive' | 'access' | 'tried' | 'clientId'>;

/** What a sender or a receiver does while it runs. */
export interface Role {
  readonly source: FrameSource | undefined;
  readonly controller: ControllerLink | undefined;
  readonly status: () => LinkStatus | undefined;
  /** What is added to the status while messages have not arrived; else empty. */
  readonly waiting: () => string;
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly again: () => void;
  readonly tick: () => void;
}

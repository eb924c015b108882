import type { ControllerItemName, ControllerValues } from '../../model/controller/items';
import type { SaveReason } from '../../model/controller/save-reports';
import type { CanFrame } from '../../protocol/can-frame';
import type { ItemAnswer, SaveVerdict } from '../../protocol/controller-save';

/** What a frame has told of a controller's configuration. */
export type HeardOfController =
  | { readonly kind: 'more' }
  /** The whole of it, which was not known like this before. */
  | { readonly kind: 'announced'; readonly values: ControllerValues; readonly address: string }
  /** What is known of this address holds still. */
  | { readonly kind: 'again'; readonly values: ControllerValues; readonly address: string }
  | { readonly kind: 'broken'; readonly problem: string };

/** One try to send changes. */
export interface SaveAttempt {
  /** As it was announced, such as `192.168.1.20:6501`. */
  readonly address: string;
  /** Good ones; passwords among them. */
  readonly changes: ControllerValues;
  /** Ends the try at once. */
  readonly signal: AbortSignal;
  /** Told whenever an item was answered. */
  readonly progress: (answers: ReadonlyMap<ControllerItemName, ItemAnswer>) => void;
}

/** What came of one try. */
export interface AttemptOutcome {
  readonly verdict:
    | SaveVerdict
    /** No connection, or one that broke. */
    | { readonly kind: 'unreachable'; readonly reason: SaveReason }
    | { readonly kind: 'silent'; readonly reason: SaveReason };
  readonly answers: ReadonlyMap<ControllerItemName, ItemAnswer>;
  /** True when it ended while everything was sent and not confirmed: the controller may have kept it. */
  readonly inDoubt: boolean;
}

/**
 * The language that controllers of a kind announce and take their configuration in. packdial's own is `packdial-dialect.ts`;
 * another kind of controller is another file beside it.
 */
export interface ControllerDialect {
  /**
   * Takes a frame that `sender` has sent, an IP address. Never throws; what it holds is bounded, whoever sends.
   *
   * @param kept the sender that must not be forgotten, however many others send
   */
  hear(frame: CanFrame, sender: string, kept?: string): HeardOfController;
  /** Tries once, within bounds of time. Never rejects. Setting the same values again does no harm. */
  save(attempt: SaveAttempt): Promise<AttemptOutcome>;
}

import type { JoinWish, WifiView } from '../../../model/wifi';
import type { JoinOutcome, JoinStep, WifiTrouble } from '../../../model/wifi-reports';

/** The latest joining of a network. */
export interface JoinAttempt {
  readonly id: string;
  readonly name: string;
  readonly isHidden: boolean;
  /** How it goes, or what has come of it. */
  readonly report: JoinStep | JoinOutcome;
  readonly isRunning: boolean;
  /** The network that was joined before; empty without one. */
  readonly before: string;
}

/** The machine's Wi-Fi, for its pages. */
export interface WifiDesk {
  /** What is seen, in an order in which nothing moves between two searches; `undefined` as long as nothing was. */
  readonly view: WifiView | undefined;
  /** What keeps it from being set here; `undefined` while it is being looked for, or can. */
  readonly trouble: WifiTrouble | undefined;
  readonly attempt: JoinAttempt | undefined;
  /** What stood in the way of forgetting a network. */
  readonly failure: WifiTrouble | undefined;
  /** A page of it is shown, or no longer: only then networks are searched for. */
  shown(isShown: boolean): void;
  /** Searches, or looks for Wi-Fi once more. */
  again(): void;
  join(wish: JoinWish, name: string): void;
  /** The outcome of the latest joining was read. */
  read(): void;
  forget(id: string): void;
}

import type { JoinOutcome, JoinStep, WifiTrouble } from './wifi-reports';

/** How a network is protected: not at all, by a password, or by something that is not set up on the screen (WEP, 802.1X). */
export type WifiSecurity = 'open' | 'password' | 'other';

/** A network that is in the air; several access points of one name are one network. */
export interface WifiNetwork {
  /** The bytes of its name in hexadecimal, which tell it from others. */
  readonly id: string;
  /** As it is shown. */
  readonly name: string;
  /** Of the strongest access point, 0 to 100 %. */
  readonly strength: number;
  readonly security: WifiSecurity;
  /** Its password is kept, and it is joined by itself. */
  readonly isKnown: boolean;
  readonly isJoined: boolean;
}

/** What is seen of Wi-Fi at the moment. */
export interface WifiView {
  /** The strongest first. */
  readonly networks: readonly WifiNetwork[];
  /** The network that the display is in; `address` is empty where it has none yet. */
  readonly joined: { readonly id: string; readonly name: string; readonly address: string } | undefined;
  readonly isSearching: boolean;
}

/** A network to join. */
export interface JoinWish {
  readonly id: string;
  /** 8 to 63 characters; `undefined` to join an open network, or one that is known. */
  readonly password: string | undefined;
  /** It does not tell its name. */
  readonly isHidden: boolean;
}

/** The machine's Wi-Fi. None of its methods rejects. */
export interface WifiAccess {
  /**
   * Watches the networks, and searches for them again and again. Resolves with what stands in the way; with `undefined` when the
   * signal was aborted.
   */
  watch(signal: AbortSignal, tell: (view: WifiView) => void): Promise<WifiTrouble | undefined>;
  /** Searches once more, while they are watched. */
  search(): void;
  /**
   * Joins a network, which is kept where that succeeds. A network that was joined before is returned to where it fails.
   *
   * @param signal nobody waits for the outcome any more, as another network is joined
   */
  join(wish: JoinWish, signal: AbortSignal, tell: (step: JoinStep) => void): Promise<JoinOutcome>;
  /** Forgets a network with its password. Resolves with what stood in the way. */
  forget(id: string): Promise<WifiTrouble | undefined>;
}

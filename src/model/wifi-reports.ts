import type { Coded, NoValues } from './coded';

/** What keeps Wi-Fi from being set up on the screen. */
export interface WifiTroubles {
  /** No D-Bus, or no NetworkManager on it. */
  readonly 'wifi-no-manager': NoValues;
  /** It is there, but does not answer. */
  readonly 'wifi-silent': NoValues;
  readonly 'wifi-not-permitted': NoValues;
  readonly 'wifi-no-adapter': NoValues;
  /** Off by a switch of the machine, or by the kernel's rfkill. */
  readonly 'wifi-blocked': NoValues;
  /** Another program has the adapter. */
  readonly 'wifi-unmanaged': { readonly interface: string };
  /** NetworkManager can't use it yet, such as without wpa_supplicant. */
  readonly 'wifi-not-ready': { readonly interface: string };
  readonly 'wifi-failed': { readonly reason: string };
}

/** One of them. */
export type WifiTrouble = Coded<WifiTroubles>;

/** What goes on while a network is being joined. */
export interface JoinSteps {
  readonly 'wifi-preparing': NoValues;
  readonly 'wifi-associating': NoValues;
  readonly 'wifi-asks-address': NoValues;
}

/** One of them. */
export type JoinStep = Coded<JoinSteps>;

/** What joining a network has come to. */
export interface JoinOutcomes extends WifiTroubles {
  /** `address`: its own in that network; empty where it has none yet. */
  readonly 'wifi-joined': { readonly address: string };
  readonly 'wifi-wrong-password': NoValues;
  readonly 'wifi-out-of-range': NoValues;
  readonly 'wifi-no-address': NoValues;
  /** The access point ended it. */
  readonly 'wifi-refused': NoValues;
  /** The access point did not answer. */
  readonly 'wifi-no-answer': NoValues;
  /** Something else was joined or switched off meanwhile. */
  readonly 'wifi-given-up': NoValues;
}

/** One of them. */
export type JoinOutcome = Coded<JoinOutcomes>;

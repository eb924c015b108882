import type { WifiSecurity } from '../../model/wifi';
import type { JoinOutcome, JoinStep } from '../../model/wifi-reports';

/** NetworkManager's states of a device (NMDeviceState), as far as they matter here. */
export const deviceStates = {
  unmanaged: 10,
  unavailable: 20,
  disconnected: 30,
  prepare: 40,
  config: 50,
  needAuth: 60,
  ipConfig: 70,
  activated: 100,
  deactivating: 110,
  failed: 120,
} as const;

/** NetworkManager's state of a connection that is over (NMActiveConnectionState). */
export const connectionIsOver = 4;

/** What a state of the device means while it joins; `undefined` where it has not begun or is over. */
export function joinStep(state: number): JoinStep | undefined {
  if (state === deviceStates.prepare) return { code: 'wifi-preparing', values: {} };
  if (state === deviceStates.config || state === deviceStates.needAuth)
    return { code: 'wifi-associating', values: {} };
  if (state >= deviceStates.ipConfig && state < deviceStates.activated)
    return { code: 'wifi-asks-address', values: {} };
  return undefined;
}

/** Codes that NetworkManager's reasons for a state of a device stand for (NMDeviceStateReason). */
const failures: Readonly<Record<number, JoinOutcome['code']>> = {
  // The address is not got.
  5: 'wifi-no-address',
  6: 'wifi-no-address',
  15: 'wifi-no-address',
  16: 'wifi-no-address',
  17: 'wifi-no-address',
  // It asks for another password, and nobody is there to give one.
  7: 'wifi-wrong-password',
  8: 'wifi-refused',
  9: 'wifi-refused',
  10: 'wifi-refused',
  11: 'wifi-no-answer',
  // The adapter, or its driver, went away.
  35: 'wifi-no-adapter',
  36: 'wifi-no-adapter',
  // Somebody else has done something else.
  3: 'wifi-given-up',
  37: 'wifi-given-up',
  38: 'wifi-given-up',
  39: 'wifi-given-up',
  60: 'wifi-given-up',
  53: 'wifi-out-of-range',
};

/** What joining has come to when NetworkManager gave it up for this reason. */
export function joinFailure(reason: number): JoinOutcome {
  const code = failures[reason];
  if (code === undefined)
    return { code: 'wifi-failed', values: { reason: `reason ${reason} of NetworkManager` } };
  return { code, values: {} } as JoinOutcome;
}

/** What NetworkManager says of an access point's protection. */
export interface SecurityFlags {
  /** 1: it wants some key (NM80211ApFlags). */
  readonly flags: number;
  /** By WPA and by RSN, which is WPA2 and WPA3 (NM80211ApSecurityFlags). */
  readonly wpa: number;
  readonly rsn: number;
}

const keyWanted = 0x1;
const byPassword = 0x100;
const bySae = 0x400;
const unauthenticated = 0x800 | 0x1000;

/** How an access point is protected. */
export function securityOf({ flags, wpa, rsn }: SecurityFlags): WifiSecurity {
  const all = wpa | rsn;
  if ((all & (byPassword | bySae)) !== 0) return 'password';
  if (all === 0) return (flags & keyWanted) === 0 ? 'open' : 'other';
  return (all & unauthenticated) === 0 ? 'other' : 'open';
}

/** NetworkManager's name for the way in which the password is proved; `undefined` for an open network that needs none. */
export function keyManagement({ wpa, rsn }: SecurityFlags): string | undefined {
  const all = wpa | rsn;
  if ((all & byPassword) !== 0) return 'wpa-psk';
  if ((all & bySae) !== 0) return 'sae';
  return (all & unauthenticated) === 0 ? undefined : 'owe';
}

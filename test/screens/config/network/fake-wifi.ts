import type { JoinWish, WifiAccess, WifiNetwork, WifiView } from '../../../../src/model/wifi';
import type { JoinOutcome, JoinStep, WifiTrouble } from '../../../../src/model/wifi-reports';

/** The machine's Wi-Fi as a test plays it: it answers when the test says so. */
export class FakeWifi implements WifiAccess {
  /** Says what is seen. */
  tell: (view: WifiView) => void = () => undefined;
  /** Ends the watching. */
  ended: (trouble: WifiTrouble | undefined) => void = () => undefined;
  /** Says how the joining goes. */
  step: (step: JoinStep) => void = () => undefined;
  /** Ends the joining. */
  joined: (outcome: JoinOutcome) => void = () => undefined;
  /** Ends the forgetting. */
  forgot: (trouble: WifiTrouble | undefined) => void = () => undefined;
  /** Of the latest watching. */
  watching: AbortSignal | undefined;
  /** Of the latest joining. */
  joining: AbortSignal | undefined;
  watches = 0;
  searches = 0;
  readonly wishes: JoinWish[] = [];
  readonly forgotten: string[] = [];

  watch(signal: AbortSignal, tell: (view: WifiView) => void): Promise<WifiTrouble | undefined> {
    this.watches++;
    this.watching = signal;
    this.tell = tell;
    return new Promise((resolve) => (this.ended = resolve));
  }

  search(): void {
    this.searches++;
  }

  join(wish: JoinWish, signal: AbortSignal, tell: (step: JoinStep) => void): Promise<JoinOutcome> {
    this.wishes.push(wish);
    this.joining = signal;
    this.step = tell;
    return new Promise((resolve) => (this.joined = resolve));
  }

  forget(id: string): Promise<WifiTrouble | undefined> {
    this.forgotten.push(id);
    return new Promise((resolve) => (this.forgot = resolve));
  }
}

/** What tells a network by its name. */
export function idOf(name: string): string {
  return Buffer.from(name).toString('hex');
}

/** A network with a password that is not known, or with these changes. */
export function network(name: string, strength: number, changes: Partial<WifiNetwork> = {}): WifiNetwork {
  return {
    id: idOf(name),
    name,
    strength,
    security: 'password',
    isKnown: false,
    isJoined: false,
    ...changes,
  };
}

/** A harbour, in whose open network the display is. */
export const harbour: WifiView = {
  networks: [
    network('Marina Guests', 62, { security: 'open', isKnown: true, isJoined: true }),
    network('Harbour', 84),
    network('Morgan Oak', 71, { isKnown: true }),
    network('Chandlery', 48, { security: 'open' }),
    network('Port Authority', 33, { security: 'other' }),
    network('Café Größenwahn', 12),
  ],
  joined: { id: idOf('Marina Guests'), name: 'Marina Guests', address: '192.168.4.17' },
  isSearching: false,
};

/** The same without being in any network. */
export const offline: WifiView = {
  ...harbour,
  networks: harbour.networks.map((each) => ({ ...each, isJoined: false })),
  joined: undefined,
};

import type { JoinWish, WifiAccess, WifiNetwork, WifiView } from '../model/wifi';
import type { JoinOutcome, JoinStep, WifiTrouble } from '../model/wifi-reports';
import type { JoinAttempt, WifiDesk } from '../screens/config/network/wifi-desk';

/** What a code needs that sets Wi-Fi up on the screen. */
export interface WifiParts {
  readonly wifi: WifiAccess;
  /** Something looks different now. */
  readonly changed: () => void;
}

/** Wi-Fi for its pages: watched while one of them is shown. What joins goes on meanwhile. */
export class WifiSetup implements WifiDesk {
  view: WifiView | undefined;
  trouble: WifiTrouble | undefined;
  attempt: JoinAttempt | undefined;
  failure: WifiTrouble | undefined;
  private watching: AbortController | undefined;
  private joining = new AbortController();
  /** Ids as they stand on the page. */
  private order: readonly string[] = [];

  constructor(private readonly parts: WifiParts) {}

  shown(isShown: boolean): void {
    if (isShown === (this.watching !== undefined)) return;
    if (isShown) return this.watch();
    this.watching?.abort();
    this.watching = undefined;
    // What was seen may be gone when somebody looks again.
    this.view = undefined;
    this.trouble = undefined;
    this.failure = undefined;
    this.order = [];
    if (this.attempt?.isRunning === false) this.attempt = undefined;
  }

  again(): void {
    this.failure = undefined;
    if (this.trouble === undefined) this.parts.wifi.search();
    else this.watch();
  }

  join(wish: JoinWish, name: string): void {
    this.joining.abort();
    this.joining = new AbortController();
    const { signal } = this.joining;
    const { id, isHidden } = wish;
    const before = this.view?.joined?.id === id ? '' : (this.view?.joined?.name ?? '');
    const tell = (report: JoinStep | JoinOutcome, isRunning: boolean): void => {
      if (signal.aborted) return;
      this.attempt = { id, name, isHidden, report, isRunning, before };
      this.parts.changed();
    };
    tell({ code: 'wifi-preparing', values: {} }, true);
    void this.parts.wifi
      .join(wish, signal, (step) => tell(step, true))
      .then((outcome) => tell(outcome, false));
  }

  read(): void {
    if (this.attempt?.isRunning === false) this.attempt = undefined;
  }

  forget(id: string): void {
    this.failure = undefined;
    if (this.attempt?.id === id) this.read();
    void this.parts.wifi.forget(id).then((trouble) => {
      this.failure = trouble;
      this.parts.changed();
    });
  }

  private watch(): void {
    this.watching?.abort();
    this.watching = new AbortController();
    const { signal } = this.watching;
    this.trouble = undefined;
    const { wifi, changed } = this.parts;
    const tell = (view: WifiView): void => {
      if (signal.aborted) return;
      this.view = this.ordered(view);
      changed();
    };
    void wifi.watch(signal, tell).then((trouble) => {
      if (signal.aborted) return;
      this.view = undefined;
      this.trouble = trouble;
      changed();
    });
  }

  /** As long as nobody has searched nothing moves beneath the finger: what is new comes last. */
  private ordered(view: WifiView): WifiView {
    const isNew = this.view === undefined || (this.view.isSearching && !view.isSearching);
    const place = ({ id, isJoined }: WifiNetwork): number => {
      if (isNew) return isJoined ? -1 : 0;
      const at = this.order.indexOf(id);
      return at < 0 ? Infinity : at;
    };
    const networks = [...view.networks].sort((a, b) => {
      const [one, other] = [place(a), place(b)];
      return one === other ? 0 : one - other;
    });
    this.order = networks.map(({ id }) => id);
    return { ...view, networks };
  }
}

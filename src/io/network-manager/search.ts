import type { BusObjects } from '../system-bus/bus-objects';
import type { SystemBus } from '../system-bus/system-bus';
import type { Timers } from '../timers';
import { networkManager, wirelessInterface } from './names';

/** ms that the call may take. */
const callLimit = 5000;
/** ms after which a search is over that never told its end. */
const searchLimit = 15_000;

/** Searches for networks; a search is over when NetworkManager tells a later one than the one before. */
export class Search {
  /** It has begun, or is over. */
  changed: () => void = () => undefined;
  private device = '';
  private before: unknown;
  private running = false;
  private isClosed = false;
  private cancel = (): void => undefined;
  private readonly release: () => void;

  constructor(
    private readonly bus: SystemBus,
    private readonly objects: BusObjects,
    private readonly timers: Timers,
  ) {
    this.release = objects.onChange(() => {
      if (this.running && this.lastOf(this.device) !== this.before) this.end();
    });
  }

  /** One is under way. */
  get isRunning(): boolean {
    return this.running;
  }

  /** Begins one, unless one is running. @param device path of the adapter */
  begin(device: string | undefined): void {
    if (this.running || this.isClosed || device === undefined) return;
    this.device = device;
    this.before = this.lastOf(device);
    this.running = true;
    this.cancel = this.timers.after(searchLimit, () => this.end());
    this.bus
      .call({
        destination: networkManager,
        path: device,
        interface: wirelessInterface,
        member: 'RequestScan',
        signature: 'a{sv}',
        body: [{}],
        limit: callLimit,
      })
      // It refuses while it joins, and right after another search.
      .catch(() => this.end());
    this.changed();
  }

  /** Nobody waits for its end any more. */
  close(): void {
    this.isClosed = true;
    this.cancel();
    this.release();
  }

  private lastOf(device: string): unknown {
    return this.objects.get(device, wirelessInterface)?.['LastScan'];
  }

  private end(): void {
    if (!this.running || this.isClosed) return;
    this.running = false;
    this.cancel();
    this.changed();
  }
}

import type { GattOffer } from '../../devices/device-type';
import { Radio } from '../bluetooth/radio';
import type { LinkOpener, OpenedLink } from './link-opener';

/** One for the process: an adapter makes one connection at a time. */
const shared = new Radio();
/** Openers that use it; with the last of them its connection to the bus goes, which would keep the process running. */
const users = new Set<BluetoothLinkOpener>();

/** Connects a Bluetooth device again and again, as it comes and goes. */
export class BluetoothLinkOpener implements LinkOpener {
  readonly place: string;
  readonly label: string;

  /** @param address such as `A4:C1:37:04:2D:BE` @param radio default: the machine's, shared with all other devices */
  constructor(
    address: string,
    private readonly radio: Radio = shared,
  ) {
    this.place = address;
    this.label = `BT ${address.slice(-5)}`;
  }

  async open(signal?: AbortSignal): Promise<OpenedLink> {
    users.add(this);
    const link = await this.radio.connect(this.place, signal);
    return { link, close: () => link.close() };
  }

  appeared(): Promise<boolean> {
    return this.radio.isThere();
  }

  async release(): Promise<void> {
    users.delete(this);
    if ([...users].every(({ radio }) => radio !== this.radio)) await this.radio.close();
  }
}

/** Plays a device on the adapter that has its address. */
export class PlayedBluetoothOpener implements LinkOpener {
  readonly place: string;
  readonly label: string;

  constructor(
    address: string,
    private readonly offer: GattOffer,
  ) {
    this.place = address;
    this.label = `BT ${address.slice(-5)}`;
  }

  async open(): Promise<OpenedLink> {
    // Each has a connection to the bus of its own: BlueZ forgets a played device with the connection that registered it.
    const radio = new Radio();
    try {
      const link = await radio.play(this.place, this.offer);
      return { link, close: () => radio.close() };
    } catch (error) {
      await radio.close();
      throw error;
    }
  }
}

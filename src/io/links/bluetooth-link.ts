import type { GattOffer } from '../../devices/device-type';
import { Radio, type HeardDevice } from '../bluetooth/radio';
import type { LinkOpener, OpenedLink } from './link-opener';

/** One for the process: an adapter makes one connection at a time. */
const shared = new Radio();
/** Who uses it; with the last of them its connection to the bus goes, which would keep the process running. */
const users = new Set<{ readonly radio: Radio }>();

/** dBm of a device when it was last searched for; `undefined` where that is not known. */
export function bluetoothSignal(address: string): number | undefined {
  return shared.signalOf(address);
}

/**
 * Scans in turn with the connections of all devices; see `Radio.scan`.
 *
 * @param radio default: the machine's, shared with all devices
 * @throws LinkError (as a rejection) without an adapter that can scan
 */
export async function scanBluetooth(
  ms: number,
  signal: AbortSignal,
  heard: (devices: readonly HeardDevice[]) => void,
  radio: Radio = shared,
): Promise<void> {
  const user = { radio };
  users.add(user);
  try {
    await radio.scan(ms, signal, heard);
  } finally {
    await released(user);
  }
}

async function released(user: { readonly radio: Radio }): Promise<void> {
  users.delete(user);
  if ([...users].every(({ radio }) => radio !== user.radio)) await user.radio.close();
}

/** Connects a Bluetooth device again and again, as it comes and goes. */
export class BluetoothLinkOpener implements LinkOpener {
  readonly place: string;
  readonly label: string;

  /** @param address such as `A4:C1:37:04:2D:BE` @param radio default: the machine's, shared with all other devices */
  constructor(
    address: string,
    readonly radio: Radio = shared,
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

  release(): Promise<void> {
    return released(this);
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

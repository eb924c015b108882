import type { GattLink } from '../../devices/device-type';
import type { LinkReport } from '../../model/link-reports';

/** Bytes of a notification on the smallest link. */
const pieceLength = 20;

type Listener = (data: Uint8Array) => void;

/** One end of it. */
class End implements GattLink {
  readonly kind = 'gatt';
  other: End = this;
  readonly values = new Map<string, Uint8Array>();
  readonly listeners = new Map<string, Set<Listener>>();

  constructor(
    readonly services: readonly string[],
    readonly address: string,
    readonly closed: Promise<LinkReport>,
  ) {}

  read(characteristic: string): Promise<Uint8Array> {
    const value = this.other.values.get(characteristic);
    return value === undefined ? Promise.reject(new Error('never written')) : Promise.resolve(value);
  }

  write(characteristic: string, data: Uint8Array): Promise<void> {
    this.values.set(characteristic, Uint8Array.from(data));
    for (let from = 0; from < data.length; from += pieceLength) {
      const piece = Uint8Array.from(data.subarray(from, from + pieceLength));
      queueMicrotask(() => {
        for (const listener of this.other.listeners.get(characteristic) ?? []) listener(piece);
      });
    }
    return Promise.resolve();
  }

  notifications(characteristic: string, chunk: Listener): Promise<() => void> {
    const listeners = this.listeners.get(characteristic) ?? new Set();
    this.listeners.set(characteristic, listeners.add(chunk));
    return Promise.resolve(() => listeners.delete(chunk));
  }
}

/** A conversation's end and a played device's end of one connection. */
export interface GattPair {
  readonly ours: GattLink;
  readonly played: GattLink;
  /** Ends the connection, once. */
  close(): void;
}

/** A Bluetooth connection within the program: what is written to one end is notified at the other, in pieces of 20 bytes. */
export function gattPair(services: readonly string[], address: string): GattPair {
  let end: (reason: LinkReport) => void = () => undefined;
  const closed = new Promise<LinkReport>((resolve) => {
    end = resolve;
  });
  const [ours, played] = [new End(services, address, closed), new End(services, address, closed)];
  ours.other = played;
  played.other = ours;
  return { ours, played, close: () => end({ code: 'link-closed', values: { place: address } }) };
}

import type { GattLink } from '../../src/devices/device-type';
import type { LinkReport } from '../../src/model/link-reports';

/** Bytes of a notification on the smallest link. */
const pieceLength = 20;

type Listener = (data: Uint8Array) => void;

/** One end of a cable between a conversation and a played device. */
class CableEnd implements GattLink {
  readonly kind = 'gatt';
  readonly address = 'A4:C1:37:04:2D:BE';
  other: CableEnd = this;
  readonly values = new Map<string, Uint8Array>();
  readonly listeners = new Map<string, Set<Listener>>();

  constructor(
    readonly services: readonly string[],
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

/** Both ends: what is written to one is notified at the other, in pieces of 20 bytes. */
export function gattCable(services: readonly string[]): {
  readonly ours: GattLink;
  readonly played: GattLink;
} {
  const closed = new Promise<LinkReport>(() => undefined);
  const [ours, played] = [new CableEnd(services, closed), new CableEnd(services, closed)];
  ours.other = played;
  played.other = ours;
  return { ours, played };
}

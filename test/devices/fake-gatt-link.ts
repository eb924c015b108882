import type { LinkReport } from '../../src/model/link-reports';
import type { GattLink, PairResult } from '../../src/devices/device-type';

/** A Bluetooth device that a test plays. */
export class FakeGattLink implements GattLink {
  readonly kind = 'gatt';
  readonly address = 'A4:C1:37:04:2D:BE';
  readonly closed: Promise<LinkReport>;
  /** What was written, as `characteristic hex`. */
  readonly written: string[] = [];
  /** Answers a write with notifications of the same characteristic. */
  answer: (hex: string) => readonly string[] = () => [];
  /** What a read gives, by characteristic; without it the read fails. */
  readonly readable = new Map<string, string>();
  /** What comes of pairing; absent where it can't be paired. */
  pair?: (passkey: number) => Promise<PairResult>;
  private readonly listeners = new Map<string, Set<(data: Uint8Array) => void>>();
  private lose: (reason: LinkReport) => void = () => undefined;

  constructor(readonly services: readonly string[]) {
    this.closed = new Promise((resolve) => (this.lose = resolve));
  }

  read(characteristic: string): Promise<Uint8Array> {
    const hex = this.readable.get(characteristic);
    return hex === undefined
      ? Promise.reject(new Error('not readable'))
      : Promise.resolve(Buffer.from(hex, 'hex'));
  }

  write(characteristic: string, data: Uint8Array): Promise<void> {
    const hex = Buffer.from(data).toString('hex');
    this.written.push(`${characteristic} ${hex}`);
    for (const piece of this.answer(hex)) setImmediate(() => this.notify(characteristic, piece));
    return Promise.resolve();
  }

  notifications(characteristic: string, chunk: (data: Uint8Array) => void): Promise<() => void> {
    const listeners = this.listeners.get(characteristic) ?? new Set();
    this.listeners.set(characteristic, listeners.add(chunk));
    return Promise.resolve(() => listeners.delete(chunk));
  }

  /** Sends a notification. */
  notify(characteristic: string, hex: string): void {
    for (const listener of this.listeners.get(characteristic) ?? []) listener(Buffer.from(hex, 'hex'));
  }

  /** How many listen to notifications. */
  get listening(): number {
    return [...this.listeners.values()].reduce((sum, listeners) => sum + listeners.size, 0);
  }

  /** Loses the link. */
  close(): void {
    this.lose({ code: 'link-gone', values: { place: 'it' } });
  }
}

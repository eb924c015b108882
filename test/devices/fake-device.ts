import type { LinkReport } from '../../src/model/link-reports';
import type { ByteLink, DeviceClock, DeviceContext, DeviceValues } from '../../src/devices/device-type';
import { sleep } from '../../src/io/timers';
import { FakeTimers } from '../io/fake-timers';

/** Time that only the test moves. */
export class FakeDeviceClock implements DeviceClock {
  readonly timers = new FakeTimers();

  monotonic(): number {
    return this.timers.now();
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    await sleep(ms, signal, this.timers);
  }
}

/** A device called `house`. */
export function contextOf(clock: DeviceClock, values: DeviceValues = {}): DeviceContext {
  return { name: 'house', values, clock };
}

/** A line whose other side is the test. */
export class FakeByteLink implements ByteLink {
  readonly kind = 'bytes';
  /** All that was sent, in hexadecimal digits. */
  readonly sent: string[] = [];
  /** What the device does about it. */
  onWrite: (data: Uint8Array) => void = () => undefined;
  readonly closed: Promise<LinkReport>;
  private readonly listeners = new Set<(piece: Uint8Array) => void>();
  private end: (reason: LinkReport) => void = () => undefined;
  private lost = false;

  constructor() {
    this.closed = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  write(data: Uint8Array): Promise<void> {
    if (this.lost) return Promise.reject(new Error('the link is lost'));
    this.sent.push(Buffer.from(data).toString('hex'));
    this.onWrite(data);
    return Promise.resolve();
  }

  receive(listener: (piece: Uint8Array) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** How many listen. */
  get listening(): number {
    return this.listeners.size;
  }

  /** Lets the device say something. */
  say(bytes: Uint8Array | string): void {
    const piece = typeof bytes === 'string' ? Buffer.from(bytes, 'hex') : bytes;
    for (const listener of this.listeners) listener(piece);
  }

  lose(): void {
    this.lost = true;
    this.end({ code: 'serial-unplugged', values: { device: 'it' } });
  }
}

import { createSocket } from 'node:dgram';
import { RetryDelay } from '../../src/io/retry-delay';
import type { FrameIntake } from '../../src/io/sources/frame-intake';
import { SimulateSource } from '../../src/io/sources/simulate-source';
import { UdpSource } from '../../src/io/sources/udp-source';
import { sleep } from '../../src/io/timers';
import { decodeDatagram, encodeDatagram } from '../../src/protocol/udp-frame';
import type { CanFrame } from '../../src/protocol/can-frame';
import { Impairment } from '../../src/simulation/impairment';
import type { SimulatedTime } from './simulated-time';

const sender = '192.168.1.50';
const daySeconds = 86_400;

/** A controller of 240 cells on a wire that loses one frame in a hundred, adds as much nonsense, and breaks. */
export class BadWire {
  /** Nothing comes through, and nobody says so. */
  silent = false;
  private readonly impairment = new Impairment({ loss: 0.01, garbage: 0.01 });
  private controller = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly time: SimulatedTime,
    private readonly intake: FrameIntake,
  ) {}

  /** Starts a source, which tells of the same sunny day as the one before it. */
  connect(): void {
    const { time, intake } = this;
    this.controller = new AbortController();
    const source = new SimulateSource({
      modules: 40,
      finePower: true,
      timers: time,
      startOfDay: (10 * 3600 + time.monotonic() / 1000) % daySeconds,
    });
    this.running = source.run(this.controller.signal, {
      frame: (frame) => this.hear(frame),
      rejected: () => undefined,
      status: (status) => intake.status(status),
    });
  }

  /** The source ends, is tried again in vain for `ms` as an interface that is gone, and comes back. */
  async interrupt(ms: number): Promise<void> {
    await this.close();
    const delay = new RetryDelay();
    const over = this.time.monotonic() + ms;
    const { signal: never } = new AbortController();
    while (this.time.monotonic() < over) {
      const seconds = delay.next();
      this.say(seconds);
      await sleep(seconds * 1000, never, this.time);
    }
    this.connect();
  }

  /** Opens a true socket, hears one datagram and closes it again. Takes a moment of the machine's own time. */
  async useSocket(frame: CanFrame): Promise<void> {
    const stop = new AbortController();
    const source = new UdpSource({ port: 0, bindAddress: '127.0.0.1' });
    const socket = createSocket('udp4');
    const heard = new Promise<void>((resolve) => {
      const values = { port: 6500, broadcastsOnly: false };
      const report = { code: 'udp-listening', values } as const;
      void source
        .run(stop.signal, {
          frame: (each) => {
            this.intake.frame(each, sender);
            stop.abort();
          },
          rejected: (cause, detail) => this.intake.rejected(cause, detail),
          status: () => {
            this.intake.status({ label: 'UDP', state: 'up', report });
            socket.send(encodeDatagram(frame, 0), source.boundPort ?? 0, '127.0.0.1');
          },
        })
        .then(resolve);
    });
    await heard;
    await new Promise<void>((resolve) => socket.close(resolve));
  }

  async close(): Promise<void> {
    this.controller.abort();
    await this.running;
  }

  private say(nextTry: number): void {
    const report = { code: 'can-absent', values: { name: 'can0' } } as const;
    this.intake.status({ state: 'connecting', label: 'CAN can0', report, nextTry });
  }

  private hear(frame: CanFrame): void {
    if (this.silent) return;
    for (const piece of this.impairment.apply(frame)) {
      if (!(piece instanceof Uint8Array)) {
        this.intake.frame(piece, sender);
        continue;
      }
      const decoded = decodeDatagram(piece, {});
      if ('rejected' in decoded)
        this.intake.rejected(decoded.rejected, `${piece.length} bytes from ${sender}`);
      else this.intake.frame(decoded, sender);
    }
  }
}

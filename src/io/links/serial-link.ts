import type { ByteLink } from '../../devices/device-type';
import type { LinkReport } from '../../model/link-reports';
import { UserError } from '../../base/user-error';
import {
  openSerialPort,
  SerialPackageError,
  SerialPortError,
  type OpenSerialPort,
  type SerialPort,
} from '../serial-port';
import { isPluggedIn, serialReport } from '../serial-report';
import { shortName } from '../sources/slcan-label';
import { sleep, systemTimers, type Timers } from '../timers';
import { LinkError, type LinkOpener, type OpenedLink } from './link-opener';

/** Which serial line. */
export interface SerialLinkOptions {
  /** Such as `/dev/ttyUSB0`. */
  readonly device: string;
  /** bit/s; 8 data bits, no parity, 1 stop bit. */
  readonly baudRate: number;
  /** Default: the package's. */
  readonly openPort?: OpenSerialPort;
  /** Default: the machine's own. */
  readonly timers?: Timers;
}

/** ms after which a line that took nothing is offered the rest. */
const fullWait = 20;

/** Opens a serial line again and again, as its adapter comes and goes. */
export class SerialLinkOpener implements LinkOpener {
  readonly place: string;
  readonly label: string;

  constructor(private readonly options: SerialLinkOptions) {
    this.place = options.device;
    this.label = `SERIAL ${shortName(options.device)}`;
  }

  async open(): Promise<OpenedLink> {
    const { device, baudRate, openPort = openSerialPort, timers = systemTimers } = this.options;
    const line = new SerialLine(device, timers);
    try {
      const port = await openPort(device, line, baudRate);
      return {
        link: line.on(port),
        close: async () => {
          line.gone({ code: 'link-closed', values: { place: device } });
          await port.close(true);
        },
      };
    } catch (error) {
      if (error instanceof SerialPackageError) throw new UserError(error.message, { cause: error });
      const trouble = error instanceof SerialPortError ? error.trouble : 'failed';
      throw new LinkError(serialReport(trouble, device), trouble === 'absent');
    }
  }

  appeared(): Promise<boolean> {
    return isPluggedIn(this.options.device);
  }
}

/** An open line; what comes before anybody listens is nobody's answer. */
class SerialLine implements ByteLink {
  readonly kind = 'bytes';
  readonly closed: Promise<LinkReport>;
  private readonly listeners = new Set<(data: Uint8Array) => void>();
  private readonly lost = new AbortController();
  private port: SerialPort | undefined;
  private end: (reason: LinkReport) => void = () => undefined;

  constructor(
    private readonly device: string,
    private readonly timers: Timers,
  ) {
    this.closed = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  on(port: SerialPort): this {
    this.port = port;
    return this;
  }

  bytes(chunk: Uint8Array): void {
    for (const listener of this.listeners) listener(Uint8Array.from(chunk));
  }

  gone(reason: LinkReport = { code: 'serial-unplugged', values: { device: this.device } }): void {
    this.lost.abort();
    this.end(reason);
  }

  receive(chunk: (data: Uint8Array) => void): () => void {
    this.listeners.add(chunk);
    return () => this.listeners.delete(chunk);
  }

  async write(data: Uint8Array): Promise<void> {
    for (let from = 0; from < data.length;) {
      if (this.lost.signal.aborted) {
        throw new LinkError({ code: 'link-gone', values: { place: this.device } }, false);
      }
      const taken = this.port?.write(data.subarray(from)) ?? 0;
      from += taken;
      if (taken === 0) await sleep(fullWait, this.lost.signal, this.timers);
    }
  }
}

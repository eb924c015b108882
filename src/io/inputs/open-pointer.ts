import { closeSync, constants, openSync, readSync } from 'node:fs';
import { pollReadable, type Poll } from '../poll-readable';
import type { Rotation, Size } from '../rotation';
import { EV_SYN, SYN_DROPPED, SYN_REPORT } from './event-codes';
import { EvdevRecords, recordSize, type EvdevRecord } from './evdev-records';
import { probePointer, type PointingDevice } from './input-devices';
import { PointerDecoder } from './pointer-decoder';
import type { PointerEvent } from './pointer-event';

/** As many records as are read at once; a driver's own buffer holds about as many. */
const recordsAtOnce = 64;
/** Reads on one call: a device that never stops sending must not keep everything else from its turn. */
const readsAtOnce = 16;

const isLoss = ({ type, code }: EvdevRecord) => type === EV_SYN && code === SYN_DROPPED;

/** What happens with an open device. */
export interface PointerListener {
  /** It was touched. */
  pointer(event: PointerEvent): void;
  /** It is gone, and closed already. */
  gone(): void;
}

/** A pointing device that is being read. */
export class OpenPointer {
  private readonly records = new EvdevRecords();
  private readonly buffer = Buffer.alloc(recordsAtOnce * recordSize);
  private readonly poll: Poll;
  private closed = false;

  /**
   * Opens an input device. Returns undefined when it does not point at the picture.
   * Throws an Error with a `code` when it can't be opened (ENOENT, EACCES) or is no input device (ENOTTY).
   * @param probe asks the open device what it is; replaced in tests
   */
  static open(
    path: string,
    picture: Size,
    rotate: Rotation,
    listener: PointerListener,
    probe: (fd: number) => PointingDevice | undefined = probePointer,
  ): OpenPointer | undefined {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      const found = probe(fd);
      if (found !== undefined) return new OpenPointer(fd, found, picture, rotate, listener);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
    closeSync(fd);
    return undefined;
  }

  /** The driver's name for it. */
  readonly name: string;
  private readonly decoder: PointerDecoder;

  private constructor(
    private readonly fd: number,
    found: PointingDevice,
    picture: Size,
    rotate: Rotation,
    private readonly listener: PointerListener,
  ) {
    this.name = found.name;
    this.decoder = new PointerDecoder(found.device, picture, rotate, found.readState);
    this.poll = pollReadable(fd, () => this.read());
  }

  /** Stops reading. A finger that is down is lifted first. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.poll.close();
    closeSync(this.fd);
    for (const event of this.decoder.lift()) this.listener.pointer(event);
  }

  private read(): void {
    for (let reads = 0; reads < readsAtOnce && !this.closed; reads++) {
      const length = this.readSome();
      if (length === undefined) {
        this.close();
        this.listener.gone();
        return;
      }
      if (length === 0) return;
      const records = this.records.take(this.buffer.subarray(0, length));
      if (records.some(isLoss)) this.startAfresh();
      else for (const record of records) this.decode(record);
    }
  }

  /**
   * After a loss, everything that is still queued is older than what the kernel says of the device now; taken after
   * that it would repeat touches.
   */
  private startAfresh(): void {
    for (let reads = 0; reads < readsAtOnce && this.readSome(); reads++);
    this.decode({ type: EV_SYN, code: SYN_DROPPED, value: 0 });
    this.decode({ type: EV_SYN, code: SYN_REPORT, value: 0 });
  }

  private decode(record: EvdevRecord): void {
    for (const event of this.decoder.decode(record)) this.listener.pointer(event);
  }

  /** Bytes read into the buffer, 0 for none at the moment, undefined when the device is gone. */
  private readSome(): number | undefined {
    try {
      // The end of a file is the end of a device too.
      return readSync(this.fd, this.buffer) || undefined;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 0 : undefined;
    }
  }
}

import { closeSync, constants, openSync, readSync } from 'node:fs';
import { pollReadable, type Poll } from '../poll-readable';
import { EV_SYN, SYN_DROPPED, SYN_REPORT } from './event-codes';
import { EvdevRecords, recordSize, type EvdevRecord } from './evdev-records';

/** As many records as are read at once; a driver's own buffer holds about as many. */
const recordsAtOnce = 64;
/** Reads on one call: a device that never stops sending must not keep everything else from its turn. */
const readsAtOnce = 16;

const isLoss = ({ type, code }: EvdevRecord) => type === EV_SYN && code === SYN_DROPPED;

/**
 * Opens an input device and asks it what it is. Undefined when it is not what is wanted.
 * Throws an Error with a `code` when it can't be opened (ENOENT, EACCES) or is no input device (ENOTTY).
 * @param probe asks the open device; its descriptor is closed again unless something was found
 */
export function openDevice<T>(
  path: string,
  probe: (fd: number) => T | undefined,
): { readonly fd: number; readonly found: T } | undefined {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const found = probe(fd);
    if (found !== undefined) return { fd, found };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  closeSync(fd);
  return undefined;
}

/** What happens with a device that is read. */
export interface EvdevListener {
  /** The next record. After a loss there is SYN_DROPPED and at once SYN_REPORT: the kernel is to be asked how things are. */
  record(record: EvdevRecord): void;
  /** It is gone, and closed already. */
  gone(): void;
}

/** Reads an open input device without ever waiting for it. */
export class EvdevReader {
  private readonly records = new EvdevRecords();
  private readonly buffer = Buffer.alloc(recordsAtOnce * recordSize);
  private readonly poll: Poll;
  private closed = false;

  constructor(
    private readonly fd: number,
    private readonly listener: EvdevListener,
  ) {
    this.poll = pollReadable(fd, () => this.read());
  }

  /** Stops reading and closes the device. False when that was done before. */
  close(): boolean {
    if (this.closed) return false;
    this.closed = true;
    this.poll.close();
    closeSync(this.fd);
    return true;
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
      else for (const record of records) this.listener.record(record);
    }
  }

  /**
   * After a loss, everything that is still queued is older than what the kernel says of the device now; taken after
   * that it would repeat touches.
   */
  private startAfresh(): void {
    for (let reads = 0; reads < readsAtOnce && this.readSome(); reads++);
    this.listener.record({ type: EV_SYN, code: SYN_DROPPED, value: 0 });
    this.listener.record({ type: EV_SYN, code: SYN_REPORT, value: 0 });
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

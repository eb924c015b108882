import { readSync, writeSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What comes out of a serial port. */
export interface SerialListener {
  /** A piece of what was sent; the bytes are overwritten after the call. */
  bytes(chunk: Uint8Array): void;
  /** The port is dead: pulled out. Called once at most, and the port must still be closed. */
  gone(): void;
}

/** An open serial port. */
export interface SerialPort {
  /**
   * Sends a few characters or bytes. Never throws: what does not get out is missed by its answer.
   *
   * @returns how many bytes were taken; 0 when the line is full or dead
   */
  write(data: string | Uint8Array): number;
  /**
   * Releases it; the listener is not called any more. What was written last has a tenth of a second to leave, with `discard` no
   * time at all.
   */
  close(discard: boolean): Promise<void>;
}

/**
 * Opens a serial port, loading the package on first use.
 * @throws (as a rejection) SerialPackageError when the package does not load, SerialPortError when the port can't be opened.
 */
export type OpenSerialPort = (
  device: string,
  listener: SerialListener,
  baudRate?: number,
) => Promise<SerialPort>;

/** The package has a native part, which does not load everywhere. Waiting does not mend that. */
export class SerialPackageError extends Error {
  override readonly name = 'SerialPackageError';
}

/** Why a port can't be opened. */
export type SerialTrouble = 'absent' | 'busy' | 'forbidden' | 'not serial' | 'failed';

/** A port that can't be opened, and why. */
export class SerialPortError extends Error {
  override readonly name = 'SerialPortError';

  constructor(
    readonly trouble: SerialTrouble,
    options?: ErrorOptions,
  ) {
    super(trouble, options);
  }
}

/** The part of the package that is used: its own types lead to others that the compiler does not find. */
interface SerialPackage {
  readonly LinuxBinding: {
    open(options: { readonly path: string; readonly baudRate: number }): Promise<RawPort>;
  };
}

interface RawPort {
  readonly fd: number | null;
  /** Calls back once. */
  readonly poller: { once(event: 'readable', callback: (error: Error | null) => void): void };
  /** Discards what was not sent. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** For CAN adapters that are a real UART; USB ones take no notice of it. */
const usualBaudRate = 115_200;
const pieceLength = 4096;
/** ms in which what was written last may leave: a few characters at 115200 bit/s take one. */
const lastWords = 100;
/** The major number of /dev/null, /dev/zero and their like. */
const memoryDevices = 1;

/** Opens a port for us alone, 8N1, 115200 bit/s unless told otherwise. */
export const openSerialPort: OpenSerialPort = async (device, listener, baudRate = usualBaudRate) => {
  const { LinuxBinding } = await loadPackage();
  await checkIsSerial(device);
  const port = await LinuxBinding.open({ path: device, baudRate }).catch((error: unknown) => {
    throw new SerialPortError(troubleIn(String(error)), { cause: error });
  });
  // Read by ourselves: the package reads a dead port again and again, for ever.
  const { fd } = port;
  const piece = Buffer.alloc(pieceLength);
  let open = true;
  const listen = (): void => {
    port.poller.once('readable', (error: Error | null) => {
      if (!open) return;
      const length = error === null ? readNow(fd, piece) : undefined;
      if (length === undefined) {
        listener.gone();
        return;
      }
      if (length > 0) listener.bytes(piece.subarray(0, length));
      // The listener may have closed it.
      if (isOpen()) listen();
    });
  };
  const isOpen = (): boolean => open;
  listen();
  return {
    write: (data) => {
      if (!open || fd === null) return 0;
      try {
        return typeof data === 'string' ? writeSync(fd, data) : writeSync(fd, data);
      } catch {
        // Full or dead: no answer will come.
        return 0;
      }
    },
    close: async (discard) => {
      if (!open) return;
      open = false;
      if (!discard) await sleep(lastWords);
      // The kernel would wait for what was not sent, up to 30 s, and with it the end of the program.
      await port.flush().catch(() => undefined);
      await port.close().catch(() => undefined);
    },
  };
};

/** How many bytes there were, 0 for none after all, or undefined when the port is dead. */
function readNow(fd: number | null, into: Buffer): number | undefined {
  try {
    return fd === null ? undefined : readSync(fd, into) || undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EAGAIN' || code === 'EINTR' ? 0 : undefined;
  }
}

/** The package keeps a file open for ever whose readiness the kernel can't tell. */
async function checkIsSerial(device: string): Promise<void> {
  const file = await stat(device).catch((error: unknown) => {
    throw new SerialPortError(troubleIn(String(error)), { cause: error });
  });
  if (!file.isCharacterDevice() || file.rdev >> 8 === memoryDevices) throw new SerialPortError('not serial');
}

/** The package tells what went wrong only in the words of strerror(3); Node adds the code to them. */
function troubleIn(message: string): SerialTrouble {
  if (/no such (file|device)/i.test(message)) return 'absent';
  if (/cannot lock|busy/i.test(message)) return 'busy';
  if (/permission denied/i.test(message)) return 'forbidden';
  return /inappropriate ioctl/i.test(message) ? 'not serial' : 'failed';
}

async function loadPackage(): Promise<SerialPackage> {
  try {
    return await import('@serialport/bindings-cpp');
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    throw new SerialPackageError(`The package for serial ports does not load here: ${reason ?? ''}`, {
      cause: error,
    });
  }
}

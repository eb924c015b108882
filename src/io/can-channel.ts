import type * as SocketCan from 'socketcan';

/** A frame as the socketcan package gives and takes it; a flag that is absent is false. */
export interface CanMessage {
  readonly id: number;
  readonly data: Buffer;
  readonly ext?: boolean;
  readonly rtr?: boolean;
  /** A report of the controller chip about the bus: `id` then holds the classes of error. */
  readonly err?: boolean;
}

/** What comes out of a channel. */
export interface CanListener {
  message(message: CanMessage): void;
  /** The channel is dead, its interface gone. */
  stopped(): void;
}

/** An open CAN interface. */
export interface CanChannel {
  /** False when the frame was not taken: the queue is full or the interface is down. Never throws for that. */
  send(message: CanMessage): boolean;
  /** Stops it; the listener is not called any more. Takes up to 100 ms, for the package waits for its own thread. */
  close(): void;
}

/** How a channel is opened; replaced in tests. */
export interface CanChannelOptions {
  /** Such as `can0`. */
  readonly interfaceName: string;
  /** What to let through: every frame whose lower eleven bits are one of these. Absent: all frames. */
  readonly ids?: readonly number[];
  /** Absent for a channel that only sends. */
  readonly listener?: CanListener;
}

/**
 * Opens a channel, loading the package on first use.
 * @throws (as a rejection) CanPackageError when the package does not load, Error when the interface can't be opened.
 */
export type OpenCanChannel = (options: CanChannelOptions) => Promise<CanChannel>;

/** The socketcan package has a native part, which does not load everywhere. Waiting does not mend that. */
export class CanPackageError extends Error {
  override readonly name = 'CanPackageError';
}

/** The part of the package's channel that is used: its own types leave it open. */
interface RawChannel {
  addListener(event: 'onMessage', callback: (message: CanMessage) => void): void;
  addListener(event: 'onStopped', callback: () => void): void;
  setRxFilters(filters: readonly { id: number; mask: number; invert?: boolean }[]): void;
  setErrorFilters(mask: number): void;
  start(): void;
  stop(): void;
  send(message: CanMessage): number;
}

const standardMask = 0x7ff;
const nothing = [{ id: 0, mask: 0, invert: true }];

/** Opens a channel of the socketcan package. */
export const openSocketCan: OpenCanChannel = async ({ interfaceName, ids, listener }) => {
  const { createRawChannelWithOptions } = await loadPackage();
  const raw = createRawChannelWithOptions(interfaceName, { non_block_send: true }) as RawChannel;
  const send = (message: CanMessage): boolean => raw.send(message) > 0;
  // The package closes its socket only when the channel is collected as garbage: until then it shall queue nothing.
  const deafen = (): void => {
    raw.setRxFilters(nothing);
    raw.setErrorFilters(0);
  };
  if (listener === undefined) {
    // Not started, it has no thread, and nothing to stop.
    deafen();
    return { send, close: () => undefined };
  }
  // Eleven bits of mask and no flags: 29-bit and remote look-alikes of the ids still come and can be counted.
  if (ids !== undefined) raw.setRxFilters(ids.map((id) => ({ id, mask: standardMask })));
  const ears: Ears = { listener };
  attach(raw, ears);
  raw.start();
  return {
    send,
    close: () => {
      // Without a listener it was closed already or has stopped by itself; stopping it again would throw.
      if (ears.listener === null) return;
      ears.listener = null;
      deafen();
      raw.stop();
    },
  };
};

interface Ears {
  /** Null when nobody is to be told any more. */
  listener: CanListener | null;
}

/**
 * Lets the package call the listener. What it is handed here is held by its native part for as long as the channel
 * lives, so it must not know the channel (which would never be collected then, nor its socket closed): hence a
 * function of its own, whose callbacks see nothing but `ears`.
 */
function attach(raw: RawChannel, ears: Ears): void {
  raw.addListener('onMessage', (message) => ears.listener?.message(message));
  // The package calls this for its own stop() too, and calling stop() from in here would never end.
  raw.addListener('onStopped', () => {
    const { listener } = ears;
    ears.listener = null;
    listener?.stopped();
  });
}

async function loadPackage(): Promise<typeof SocketCan> {
  try {
    return await import('socketcan');
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    throw new CanPackageError(`The socketcan package does not load here: ${reason ?? ''}`, { cause: error });
  }
}

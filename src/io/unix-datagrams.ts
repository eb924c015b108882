import { getSystemErrorName } from 'node:util';
import { loadKoffi } from './koffi-loader';

/** Sends datagrams to Unix sockets, which Node can't. */
export interface UnixDatagrams {
  /**
   * Sends one without waiting.
   *
   * @throws Error whose `code` is the errno's name: `EAGAIN` while the receiver's queue is full, `ENOENT` and `ECONNREFUSED` where
   * nobody receives
   */
  send(path: string, message: Buffer): void;
  close(): void;
}

// From bits/socket.h.
const unixFamily = 1;
const datagramNonBlockingCloseOnExec = 2 | 0o4000 | 0o2000000;
const noSignal = 0x4000;

interface Sockets {
  readonly open: (domain: number, type: number, protocol: number) => number;
  readonly sendTo: (
    ...args: [fd: number, bytes: Buffer, length: number, flags: number, to: Buffer, toLength: number]
  ) => number;
  readonly close: (fd: number) => number;
  readonly errno: () => number;
}

let sockets: Sockets | undefined;

/** A socket to send from. @throws Error with a `code`, as `send` does */
export function openUnixDatagrams(): UnixDatagrams {
  sockets ??= bindSockets();
  const { open, sendTo, close, errno } = sockets;
  const failure = (what: string): Error => {
    const code = getSystemErrorName(-errno());
    return Object.assign(new Error(`${code}: ${what}`), { code });
  };
  const fd = open(unixFamily, datagramNonBlockingCloseOnExec, 0);
  if (fd < 0) throw failure('socket');
  return {
    send: (path, message) => {
      const to = socketAddress(path);
      if (sendTo(fd, message, message.length, noSignal, to, to.length) < 0) throw failure(path);
    },
    close: () => void close(fd),
  };
}

/** A struct sockaddr_un with that path and its ending zero. */
function socketAddress(path: string): Buffer {
  const family = Buffer.alloc(2);
  if (littleEndian) family.writeUInt16LE(unixFamily);
  else family.writeUInt16BE(unixFamily);
  return Buffer.concat([family, Buffer.from(path), Buffer.alloc(1)]);
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function bindSockets(): Sockets {
  const { load, errno } = loadKoffi();
  const libc = load(null);
  return {
    open: libc.func('int socket(int domain, int type, int protocol)') as Sockets['open'],
    sendTo: libc.func(
      'long sendto(int fd, const void *bytes, size_t length, int flags, const void *to, unsigned int to_length)',
    ) as Sockets['sendTo'],
    close: libc.func('int close(int fd)') as Sockets['close'],
    errno: () => errno(),
  };
}

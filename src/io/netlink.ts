import { promisify } from 'node:util';
import { linkRequest, parseCanController, type CanController } from '../protocol/rtnetlink';
import { loadKoffi } from './koffi-loader';

/** Asks how a CAN controller stands; undefined where nobody tells. Never throws. */
export type ReadController = (interfaceName: string) => Promise<CanController | undefined>;

/** The C library's calls for sockets, which Node has for none but its own. */
interface Sockets {
  open(domain: number, type: number, protocol: number): number;
  /** In a thread of its own: the kernel may have to wait for a driver before it answers. */
  send(fd: number, bytes: Uint8Array): Promise<number>;
  receive(fd: number, into: Buffer): number;
  close(fd: number): number;
}

// From bits/socket.h and linux/netlink.h.
const netlinkFamily = 16;
const rawCloseOnExec = 3 | 0o2000000;
const routeProtocol = 0;
const withoutWaiting = 0x40;
/** An answer about one interface has one or two kilobytes. */
const answerLength = 8192;

let sockets: Sockets | undefined;

/** Asks the kernel over rtnetlink, which takes no rights. */
export const readController: ReadController = async (interfaceName) => {
  try {
    sockets ??= bindSockets();
    const libc = sockets;
    const fd = libc.open(netlinkFamily, rawCloseOnExec, routeProtocol);
    if (fd < 0) return undefined;
    try {
      if ((await libc.send(fd, linkRequest(interfaceName))) < 0) return undefined;
      // The answer was made while the question was sent.
      const answer = Buffer.alloc(answerLength);
      const length = libc.receive(fd, answer);
      return length < 0 ? undefined : parseCanController(answer.subarray(0, length));
    } finally {
      libc.close(fd);
    }
  } catch {
    // No koffi on this machine: what /sys says has to do.
    return undefined;
  }
};

function bindSockets(): Sockets {
  const libc = loadKoffi().load(null);
  const send = libc.func('long send(int fd, const void *bytes, size_t length, int flags)');
  const sendAsync = promisify(send.async) as (...args: unknown[]) => Promise<number>;
  const receive = libc.func('long recv(int fd, _Out_ void *bytes, size_t length, int flags)') as (
    ...args: [fd: number, bytes: Buffer, length: number, flags: number]
  ) => number;
  return {
    open: libc.func('int socket(int domain, int type, int protocol)') as Sockets['open'],
    send: (fd, bytes) => sendAsync(fd, bytes, bytes.length, 0),
    receive: (fd, into) => receive(fd, into, into.length, withoutWaiting),
    close: libc.func('int close(int fd)') as Sockets['close'],
  };
}

import { getSystemErrorName } from 'node:util';
import type * as Koffi from 'koffi';
import { loadKoffi } from './koffi-loader';

/** ioctl(2), which Node does not have. Both calls throw an Error whose `code` is the name of the errno, such as `ENOTTY`. */
export interface Ioctl {
  /** A request whose argument is a structure: the kernel reads and fills `data`. Returns what ioctl returned. */
  withBuffer(fd: number, request: number, data: Buffer): number;
  /** A request whose argument is a number. Returns what ioctl returned. */
  withNumber(fd: number, request: number, value: number): number;
}

let ioctl: Ioctl | undefined;

/** The C library's ioctl; loaded at the first call. */
export function systemIoctl(): Ioctl {
  ioctl ??= bindIoctl(loadKoffi());
  return ioctl;
}

function bindIoctl({ load, errno }: typeof Koffi): Ioctl {
  const libc = load(null);
  const withPointer = libc.func('int ioctl(int fd, unsigned long request, void *data)') as (
    ...args: [fd: number, request: number, data: Buffer]
  ) => number;
  const withLong = libc.func('int ioctl(int fd, unsigned long request, unsigned long value)') as (
    ...args: [fd: number, request: number, value: number]
  ) => number;
  const checked = (request: number, result: number): number => {
    if (result !== -1) return result;
    const code = getSystemErrorName(-errno());
    throw Object.assign(new Error(`${code}: ioctl 0x${request.toString(16)}`), { code });
  };
  return {
    withBuffer: (fd, request, data) => checked(request, withPointer(fd, request, data)),
    withNumber: (fd, request, value) => checked(request, withLong(fd, request, value)),
  };
}

/** Size of a C `long` and of a pointer in this process, in bytes: what the layout of some kernel structures depends on. */
export const longSize: 4 | 8 = process.arch.includes('64') || process.arch === 's390x' ? 8 : 4;

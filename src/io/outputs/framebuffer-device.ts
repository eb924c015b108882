import { closeSync, constants, fstatSync, openSync, statSync, type Stats } from 'node:fs';
import { errorCode } from '../../base/error-code';
import { failureWords } from '../../base/failure-words';
import { UserError } from '../../base/user-error';
import { systemIoctl, type Ioctl } from '../ioctl';
import {
  bytesPerPixel,
  checkedGeometry,
  defaultGeometry,
  memorySize,
  readGeometry,
  type FramebufferGeometry,
} from './framebuffer-geometry';

/** A framebuffer open for writing. */
export interface FramebufferDevice {
  readonly fd: number;
  readonly geometry: FramebufferGeometry;
}

/**
 * Opens /dev/fb0 or another framebuffer, or a regular file that stands in for one.
 * @param fileGeometry what a regular file is taken for; a device is asked
 * @throws UserError when it is missing, may not be written, is too small, or is nothing that can be drawn into
 */
export function openFramebuffer(
  path: string,
  fileGeometry: FramebufferGeometry = defaultGeometry,
  ioctl: () => Ioctl = systemIoctl,
): FramebufferDevice {
  // Looked at first: opening a pipe for writing would wait for a reader, and a tape rewinds.
  checkKind(path, stated(path));
  const fd = openForWriting(path);
  try {
    const stats = fstatSync(fd);
    checkKind(path, stats);
    if (stats.isCharacterDevice()) return { fd, geometry: readGeometry(path, fd, ioctl()) };
    return { fd, geometry: checkedFile(path, stats.size, fileGeometry) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function stated(path: string): Stats {
  try {
    return statSync(path);
  } catch (cause) {
    throw openingError(path, cause);
  }
}

function openForWriting(path: string): number {
  try {
    // Never created: a plain file in the place of a device that is missing would be found there ever after.
    return openSync(path, constants.O_WRONLY | constants.O_NOCTTY | constants.O_NONBLOCK);
  } catch (cause) {
    throw openingError(path, cause);
  }
}

function openingError(path: string, cause: unknown): UserError {
  const code = errorCode(cause);
  switch (code) {
    case 'ENOENT':
    case 'ENODEV':
    case 'ENXIO':
      return new UserError(
        `There is no framebuffer ${path}: connect the display and load its driver, name another with --framebuffer, or see the display in a browser with --headless.`,
        { cause },
      );
    case 'EACCES':
    case 'EPERM':
      return new UserError(
        `${path} may not be written by this user: add the user to the group video, run as root, or see the display in a browser with --headless.`,
        { cause },
      );
    case 'EROFS':
      return new UserError(`${path} is on a read-only file system: name a framebuffer that can be written.`, {
        cause,
      });
    default:
      return new UserError(
        `${path} can't be opened for drawing (${failureWords(cause)}): name another with --framebuffer.`,
        {
          cause,
        },
      );
  }
}

function checkKind(path: string, stats: Stats): void {
  if (stats.isCharacterDevice() || stats.isFile()) return;
  const kind = stats.isDirectory()
    ? 'a directory'
    : stats.isFIFO()
      ? 'a pipe'
      : 'neither a device nor a file';
  throw new UserError(`${path} is ${kind}: a framebuffer is a device such as /dev/fb0, or a regular file.`);
}

function checkedFile(path: string, size: number, geometry: FramebufferGeometry): FramebufferGeometry {
  checkedGeometry(path, geometry);
  const needed = memorySize(geometry);
  if (size >= needed) return geometry;
  const { width, height, format } = geometry;
  throw new UserError(
    `${path} holds ${size} bytes, but ${width}x${height} pixels of ${bytesPerPixel(geometry)} bytes ` +
      `(${format.bitsPerPixel} bits) need ${needed}: make it so with truncate -s ${needed} ${path}.`,
  );
}

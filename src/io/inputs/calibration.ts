import { fstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMatrix, type CalibrationMatrix } from '../../protocol/touch-matrix';

/** A place on the panel, 0 to 1 from edge to edge. */
interface Place {
  readonly x: number;
  readonly y: number;
}

const property = 'E:LIBINPUT_CALIBRATION_MATRIX=';

/** Where a touch is meant, by a matrix. */
export function calibrated({ x, y }: Place, [a, b, c, d, e, f]: CalibrationMatrix): Place {
  return { x: a * x + b * y + c, y: d * x + e * y + f };
}

/** What udev has for a device: its matrix, or, for people, at most 80 letters of what stands there and is none. */
export interface UdevCalibration {
  readonly matrix?: CalibrationMatrix;
  readonly unfit?: string;
}

/**
 * The matrix that udev has for an open input device, from a rule of its owner or of the panel's maker; nothing without.
 *
 * @param folder where udev keeps what it knows of devices
 */
export function udevCalibration(fd: number, folder?: string): UdevCalibration {
  const text = udevText(fd, folder);
  // An empty one takes the maker's away.
  if (text === undefined || text === '') return {};
  const matrix = parseMatrix(text);
  return matrix === undefined ? { unfit: text.slice(0, 80) } : { matrix };
}

function udevText(fd: number, folder = '/run/udev/data'): string | undefined {
  try {
    const { rdev } = fstatSync(fd);
    const lines = readFileSync(join(folder, `c${majorOf(rdev)}:${minorOf(rdev)}`), 'utf8').split('\n');
    return lines.find((each) => each.startsWith(property))?.slice(property.length);
  } catch {
    return undefined;
  }
}

// As makedev(3) puts them together; numbers of input devices are far below those that need more bits.
const majorOf = (device: number): number => (device >> 8) & 0xfff;
const minorOf = (device: number): number => (device & 0xff) | ((device >> 12) & 0xfff00);

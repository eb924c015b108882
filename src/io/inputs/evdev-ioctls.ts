import type { Ioctl } from '../ioctl';
import type { DeviceState, SlotState } from './contact-tracker';
import type { TouchSign } from './button-trackers';
import {
  ABS_MT_DISTANCE,
  ABS_MT_POSITION_X,
  ABS_MT_POSITION_Y,
  ABS_MT_SLOT,
  ABS_MT_TOOL_TYPE,
  ABS_MT_TRACKING_ID,
  ABS_PRESSURE,
  BTN_LEFT,
  BTN_TOOL_FINGER,
  BTN_TOUCH,
  EV_ABS,
  EV_KEY,
  EV_REL,
} from './event-codes';
import { EV_LED } from './key-codes';
import type { KeyboardState } from './keyboard-decoder';
import type { AxisRange } from './pointer-decoder';

/** What an input device can report. */
export interface DeviceCapabilities {
  /** The driver's name for people, such as `Goodix Capacitive TouchScreen`. */
  readonly name: string;
  /** Whether it has the key or button, the absolute axis, the relative axis, the property of that code. */
  readonly hasKey: (code: number) => boolean;
  readonly hasAbsolute: (code: number) => boolean;
  readonly hasRelative: (code: number) => boolean;
  readonly hasProperty: (code: number) => boolean;
}

/** `_IOC(_IOC_READ, 'E', nr, size)` of asm-generic/ioctl.h, which all machines of ours use. */
function readRequest(nr: number, size: number): number {
  return (0x80000000 | (size << 16) | (0x45 << 8) | nr) >>> 0;
}

// linux/input.h: the numbers of EVIOCGNAME, EVIOCGPROP, EVIOCGMTSLOTS, EVIOCGKEY, EVIOCGLED, EVIOCGBIT(0, …), EVIOCGABS(0).
const nameNumber = 0x06;
const propertiesNumber = 0x09;
const slotsNumber = 0x0a;
const keysNumber = 0x18;
const lampsNumber = 0x19;
const bitsNumber = 0x20;
const absNumber = 0x40;

/** KEY_CNT / 8, the largest of the bit sets. */
const bitsSize = 0x300 / 8;

/** Throws an Error with a `code` (ENOTTY, EINVAL) when `fd` is no input device. */
export function readCapabilities(fd: number, ioctl: Ioctl): DeviceCapabilities {
  const name = Buffer.alloc(256);
  const length = ioctl.withBuffer(fd, readRequest(nameNumber, name.length), name);
  const hasBit = (nr: number) => {
    const bits = readBits(fd, ioctl, nr);
    return (code: number) => isSet(bits, code);
  };
  return {
    name: name.toString('utf8', 0, Math.max(0, length)).replace(/\0.*$/s, '').trim(),
    hasKey: hasBit(bitsNumber + EV_KEY),
    hasAbsolute: hasBit(bitsNumber + EV_ABS),
    hasRelative: hasBit(bitsNumber + EV_REL),
    hasProperty: hasBit(propertiesNumber),
  };
}

/** What an absolute axis reports, from `struct input_absinfo`. */
export function readRange(fd: number, ioctl: Ioctl, axis: number): AxisRange {
  const info = readAbsInfo(fd, ioctl, axis);
  return { minimum: info.readInt32LE(4), maximum: info.readInt32LE(8) };
}

/**
 * What a device that reports the axes `x` and `y` (if given) says now. Undefined when it is gone.
 * @param slotted it has ABS_MT_SLOT
 * @param sign by what it is known that it is touched
 */
export function readState(
  fd: number,
  ioctl: Ioctl,
  axes?: { readonly x: number; readonly y: number },
  slotted = false,
  sign: TouchSign = 'button',
): DeviceState | undefined {
  try {
    const keys = readBits(fd, ioctl, keysNumber);
    const value = (axis: number) => readAbsInfo(fd, ioctl, axis).readInt32LE(0);
    const signs = {
      button: () => false,
      pressure: () => value(ABS_PRESSURE) > 0,
      tool: () => isSet(keys, BTN_TOOL_FINGER),
    };
    const pressed = isSet(keys, BTN_TOUCH) || isSet(keys, BTN_LEFT) || signs[sign]();
    if (slotted) return { pressed, slot: value(ABS_MT_SLOT), slots: readSlots(fd, ioctl) };
    return axes === undefined ? { pressed } : { pressed, x: value(axes.x), y: value(axes.y) };
  } catch {
    return undefined;
  }
}

/** Which keys of a keyboard are down and which of its lamps are lit. Undefined when it is gone. */
export function readKeyboardState(fd: number, ioctl: Ioctl): KeyboardState | undefined {
  try {
    const keys = readBits(fd, ioctl, keysNumber);
    const lamps = readBits(fd, ioctl, bitsNumber + EV_LED);
    const lit = readBits(fd, ioctl, lampsNumber);
    return {
      isDown: (code) => isSet(keys, code),
      isLit: (code) => (isSet(lamps, code) ? isSet(lit, code) : undefined),
    };
  } catch {
    return undefined;
  }
}

function readBits(fd: number, ioctl: Ioctl, nr: number): Buffer {
  const bits = Buffer.alloc(bitsSize);
  ioctl.withBuffer(fd, readRequest(nr, bits.length), bits);
  return bits;
}

/** The kernel's sets are arrays of longs, which are bytes in order on a little-endian machine. */
function isSet(bits: Buffer, code: number): boolean {
  return ((bits[code >> 3] ?? 0) & (1 << (code & 7))) !== 0;
}

function readAbsInfo(fd: number, ioctl: Ioctl, axis: number): Buffer {
  const info = Buffer.alloc(24);
  ioctl.withBuffer(fd, readRequest(absNumber + axis, info.length), info);
  return info;
}

/** More slots than any panel has; the kernel fills in as many as there are. */
const maxSlots = 64;

function readSlots(fd: number, ioctl: Ioctl): SlotState[] {
  const count = Math.min(maxSlots, readRange(fd, ioctl, ABS_MT_SLOT).maximum + 1);
  // struct input_mt_request_layout: the code asked for, then a value for each slot.
  const values = (code: number): Buffer => {
    const request = Buffer.alloc(4 * (count + 1));
    request.writeUInt32LE(code);
    ioctl.withBuffer(fd, readRequest(slotsNumber, request.length), request);
    return request;
  };
  const ids = values(ABS_MT_TRACKING_ID);
  const xs = values(ABS_MT_POSITION_X);
  const ys = values(ABS_MT_POSITION_Y);
  const axes = readBits(fd, ioctl, bitsNumber + EV_ABS);
  const distances = isSet(axes, ABS_MT_DISTANCE) ? values(ABS_MT_DISTANCE) : undefined;
  const tools = isSet(axes, ABS_MT_TOOL_TYPE) ? values(ABS_MT_TOOL_TYPE) : undefined;
  return Array.from({ length: count }, (_, slot) => {
    const at = 4 * (slot + 1);
    return {
      id: ids.readInt32LE(at),
      x: xs.readInt32LE(at),
      y: ys.readInt32LE(at),
      ...(distances && { distance: distances.readInt32LE(at) }),
      ...(tools && { tool: tools.readInt32LE(at) }),
    };
  });
}

import { systemIoctl, type Ioctl } from '../ioctl';
import { readCapabilities, readKeyboardState, type DeviceCapabilities } from './evdev-ioctls';
import { keyCodes } from './key-codes';
import type { KeyboardState } from './keyboard-decoder';

/** An open input device that one can type on. */
export interface KeyboardDevice {
  /** The driver's name for it. */
  readonly name: string;
  readonly readState: () => KeyboardState | undefined;
}

/**
 * Whether a device is a whole keyboard, by the rule of udev's input_id: it has every key from escape over the digits to the
 * S. Power buttons, remote controls and the extra keys of mice have a few of them.
 */
export function isKeyboard(has: Pick<DeviceCapabilities, 'hasKey'>): boolean {
  for (let code: number = keyCodes.KEY_ESC; code <= keyCodes.KEY_S; code++)
    if (!has.hasKey(code)) return false;
  return true;
}

/** Asks an open input device. Undefined when it is no keyboard; throws an Error with a `code` when it is no input device. */
export function probeKeyboard(fd: number, ioctl: Ioctl = systemIoctl()): KeyboardDevice | undefined {
  const capabilities = readCapabilities(fd, ioctl);
  if (!isKeyboard(capabilities)) return undefined;
  return { name: capabilities.name || 'keyboard', readState: () => readKeyboardState(fd, ioctl) };
}

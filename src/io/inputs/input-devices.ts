import { systemIoctl, type Ioctl } from '../ioctl';
import { udevCalibration } from './calibration';
import type { DeviceState } from './contact-tracker';
import {
  ABS_MT_POSITION_X,
  ABS_MT_POSITION_Y,
  ABS_MT_SLOT,
  ABS_PRESSURE,
  ABS_X,
  ABS_Y,
  BTN_DIGI,
  BTN_JOYSTICK,
  BTN_LEFT,
  BTN_TOOL_FINGER,
  BTN_TOOL_PEN,
  BTN_TOUCH,
  INPUT_PROP_ACCELEROMETER,
  INPUT_PROP_DIRECT,
  REL_X,
  REL_Y,
} from './event-codes';
import { readCapabilities, readRange, readState, type DeviceCapabilities } from './evdev-ioctls';
import type { PointerDevice } from './pointer-decoder';

/** An open input device that points at the picture. */
export interface PointingDevice {
  /** The driver's name for it. */
  readonly name: string;
  readonly device: PointerDevice;
  readonly readState: () => DeviceState | undefined;
}

/**
 * How a device of these capabilities points, if it does. Not pointing: keyboards, accelerometers, joysticks, gamepads,
 * and laptops' touchpads, which are to be stroked and not to be touched at a place of the picture.
 */
export function pointerKind(has: DeviceCapabilities): PointerDevice['kind'] | undefined {
  if (has.hasProperty(INPUT_PROP_ACCELEROMETER)) return undefined;
  for (let button = BTN_JOYSTICK; button < BTN_DIGI; button++) if (has.hasKey(button)) return undefined;
  const multitouch = has.hasAbsolute(ABS_MT_POSITION_X) && has.hasAbsolute(ABS_MT_POSITION_Y);
  // Slots and lists tell by themselves what touches: some panels have no button.
  const isPanel = multitouch && has.hasProperty(INPUT_PROP_DIRECT);
  const hasButton = has.hasKey(BTN_TOUCH) || has.hasKey(BTN_LEFT);
  if (!isPanel && !hasButton) return buttonlessKind(has);
  const touchpad =
    has.hasKey(BTN_TOOL_FINGER) && !has.hasKey(BTN_TOOL_PEN) && !has.hasProperty(INPUT_PROP_DIRECT);
  if (touchpad) return undefined;
  if (multitouch && has.hasAbsolute(ABS_MT_SLOT)) return 'multitouch';
  if (!hasButton) return 'unbuttoned';
  if (has.hasAbsolute(ABS_X) && has.hasAbsolute(ABS_Y)) return 'touch';
  if (multitouch) return 'listed';
  if (has.hasRelative(REL_X) && has.hasRelative(REL_Y) && has.hasKey(BTN_LEFT)) return 'mouse';
  return undefined;
}

/** A panel for one finger without BTN_TOUCH: how hard it is pressed says it, or that there is a finger. */
function buttonlessKind(has: DeviceCapabilities): 'pressure' | 'tool' | undefined {
  if (!has.hasProperty(INPUT_PROP_DIRECT) || !has.hasAbsolute(ABS_X) || !has.hasAbsolute(ABS_Y))
    return undefined;
  if (has.hasAbsolute(ABS_PRESSURE)) return 'pressure';
  // A pen without a button may as well hover.
  return has.hasKey(BTN_TOOL_FINGER) ? 'tool' : undefined;
}

/** Asks an open input device. Undefined when it does not point; throws an Error with a `code` when it is no input device. */
export function probePointer(fd: number, ioctl: Ioctl = systemIoctl()): PointingDevice | undefined {
  const capabilities = readCapabilities(fd, ioctl);
  const kind = pointerKind(capabilities);
  if (kind === undefined) return undefined;
  const name = capabilities.name || 'input device';
  if (kind === 'mouse') return { name, device: { kind }, readState: () => readState(fd, ioctl) };
  const sign = kind === 'pressure' || kind === 'tool' ? kind : 'button';
  const single = kind === 'touch' || sign !== 'button';
  const axes = single ? { x: ABS_X, y: ABS_Y } : { x: ABS_MT_POSITION_X, y: ABS_MT_POSITION_Y };
  const { matrix, unfit } = udevCalibration(fd);
  const remark =
    unfit === undefined ? '' : ` (not by its LIBINPUT_CALIBRATION_MATRIX "${unfit}", which is none)`;
  const ranges = { x: readRange(fd, ioctl, axes.x), y: readRange(fd, ioctl, axes.y) };
  return {
    name: name + remark,
    device: { kind, ...ranges, ...(matrix !== undefined && { matrix }) },
    readState: () => readState(fd, ioctl, axes, kind === 'multitouch', sign),
  };
}

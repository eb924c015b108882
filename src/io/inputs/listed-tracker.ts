import type { ContactTracker } from './contact-tracker';
import {
  ABS_MT_DISTANCE,
  ABS_MT_POSITION_X,
  ABS_MT_POSITION_Y,
  ABS_MT_PRESSURE,
  ABS_MT_TOOL_TYPE,
  ABS_MT_TOUCH_MAJOR,
  ABS_MT_TRACKING_ID,
  EV_ABS,
  EV_SYN,
  MT_TOOL_PALM,
  SYN_MT_REPORT,
} from './event-codes';
import type { EvdevRecord } from './evdev-records';

interface Finger {
  id?: number;
  x?: number;
  y?: number;
  distance?: number;
  tool?: number;
  pressure?: number;
  size?: number;
}

/**
 * A panel that lists all fingers each time (protocol A of the kernel's multi-touch-protocol document) and has no button: a list
 * without any finger says that the last one is lifted. Where fingers have numbers, those that join the first never count.
 */
export class ListedTracker implements ContactTracker {
  x = 0;
  y = 0;
  contact: number | undefined;
  private finger: Finger = {};
  private listed: Finger[] = [];
  private pointer: number | undefined;
  /** The first finger is lifted and others are still there. */
  private left = false;
  private serial = 0;

  record({ type, code, value }: EvdevRecord): void {
    if (type === EV_SYN && code === SYN_MT_REPORT) this.end();
    if (type !== EV_ABS) return;
    if (code === ABS_MT_POSITION_X) this.finger.x = value;
    if (code === ABS_MT_POSITION_Y) this.finger.y = value;
    if (code === ABS_MT_TRACKING_ID) this.finger.id = value;
    if (code === ABS_MT_DISTANCE) this.finger.distance = value;
    if (code === ABS_MT_TOOL_TYPE) this.finger.tool = value;
    if (code === ABS_MT_PRESSURE) this.finger.pressure = value;
    if (code === ABS_MT_TOUCH_MAJOR) this.finger.size = value;
  }

  sync(): void {
    // Drivers for one finger leave the end of its part of the list out.
    this.end();
    const touching = this.listed;
    this.listed = [];
    if (touching.length === 0) this.left = false;
    const found =
      this.contact === undefined || this.pointer === undefined
        ? touching[0]
        : touching.find(({ id }) => id === this.pointer);
    if (found === undefined || this.left) {
      this.left = touching.length > 0;
      this.contact = undefined;
      return;
    }
    this.contact ??= ++this.serial;
    this.pointer = found.id;
    this.x = found.x ?? this.x;
    this.y = found.y ?? this.y;
  }

  /** The kernel keeps no state of such a panel: what is touched shows with its next list. */
  restore(): void {
    this.finger = {};
    this.listed = [];
    this.left = false;
    this.contact = undefined;
  }

  private end(): void {
    const { x, y, id = 0, distance = 0, tool, pressure = 1, size = 1 } = this.finger;
    // What hovers and the ball of the hand are no touches; a finger that is lifted has no size or pressure, with older drivers.
    const touches = id >= 0 && distance <= 0 && tool !== MT_TOOL_PALM && pressure > 0 && size > 0;
    if (x !== undefined && y !== undefined && touches) this.listed.push(this.finger);
    this.finger = {};
  }
}

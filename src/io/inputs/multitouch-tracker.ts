import type { ContactTracker, DeviceState } from './contact-tracker';
import {
  ABS_MT_DISTANCE,
  ABS_MT_POSITION_X,
  ABS_MT_POSITION_Y,
  ABS_MT_SLOT,
  ABS_MT_TOOL_TYPE,
  ABS_MT_TRACKING_ID,
  BTN_TOUCH,
  EV_ABS,
  EV_KEY,
  MT_TOOL_PALM,
} from './event-codes';
import type { EvdevRecord } from './evdev-records';

interface Slot {
  id: number;
  x: number;
  y: number;
  /** Above 0: a finger that hovers over the surface. */
  distance: number;
  palm: boolean;
  /** Touched down since the last sync. */
  fresh: boolean;
  contact: number;
}

/** More fingers than any panel knows. */
const maxSlots = 64;

/**
 * A multi-touch panel with slots (protocol B of the kernel's multi-touch-protocol document). The first finger to touch
 * while none counts is the pointer; fingers that join it never count.
 */
export class MultitouchTracker implements ContactTracker {
  x = 0;
  y = 0;
  contact: number | undefined;
  private readonly slots: Slot[] = Array.from({ length: maxSlots }, () => ({
    id: -1,
    x: 0,
    y: 0,
    distance: 0,
    palm: false,
    fresh: false,
    contact: 0,
  }));
  private current: Slot | undefined = this.slots[0];
  private pointer: Slot | undefined;
  private serial = 0;
  private allLifted = false;

  record({ type, code, value }: EvdevRecord): void {
    if (type === EV_KEY && code === BTN_TOUCH && value === 0) this.allLifted = true;
    if (type !== EV_ABS) return;
    if (code === ABS_MT_SLOT) this.current = this.slots[value];
    const slot = this.current;
    if (slot === undefined) return;
    // The kernel leaves out what is as it was in this slot, even from one finger to the next: so positions stay.
    if (code === ABS_MT_POSITION_X) slot.x = value;
    if (code === ABS_MT_POSITION_Y) slot.y = value;
    const touched = isTouching(slot);
    if (code === ABS_MT_DISTANCE) slot.distance = value;
    if (code === ABS_MT_TOOL_TYPE) slot.palm = value === MT_TOOL_PALM;
    // It comes down after it has hovered.
    if (!touched && isTouching(slot)) {
      slot.fresh = true;
      slot.contact = ++this.serial;
    }
    // The same once more comes only after a loss, of what was known since.
    if (code === ABS_MT_TRACKING_ID && value !== slot.id) {
      slot.id = value;
      slot.fresh = value >= 0;
      slot.contact = ++this.serial;
    }
  }

  sync(): void {
    if (this.allLifted) this.letGo();
    this.allLifted = false;
    const { pointer } = this;
    if (pointer !== undefined && (!isTouching(pointer) || pointer.contact !== this.contact))
      this.pointer = undefined;
    this.pointer ??= this.slots.find((slot) => slot.fresh && isTouching(slot));
    for (const slot of this.slots) slot.fresh = false;
    this.contact = this.pointer?.contact;
    if (this.pointer === undefined) return;
    this.x = this.pointer.x;
    this.y = this.pointer.y;
  }

  /** Nothing touches any more, though the driver may have lost that a finger has gone: it would be down for ever. */
  private letGo(): void {
    // One that hovers takes the button's place from those that touch.
    if (this.slots.some(({ id, distance }) => id >= 0 && distance > 0)) return;
    // One that has come just now, with the button in the wrong order, has not gone.
    for (const slot of this.slots) if (!slot.fresh) slot.id = -1;
  }

  restore(state: DeviceState): void {
    this.allLifted = false;
    for (const [index, slot] of this.slots.entries()) {
      const now = state.slots?.[index];
      // Another finger has taken the slot.
      if (now?.id !== slot.id) slot.contact = ++this.serial;
      slot.id = now?.id ?? -1;
      slot.x = now?.x ?? slot.x;
      slot.y = now?.y ?? slot.y;
      slot.distance = now?.distance ?? 0;
      slot.palm = now?.tool === MT_TOOL_PALM;
      slot.fresh = false;
    }
    this.current = this.slots[state.slot ?? 0];
    this.sync();
  }
}

/** A finger that is on the surface: what hovers, and the ball of the hand, is not (multi-touch-protocol document). */
function isTouching({ id, distance, palm }: Slot): boolean {
  return id >= 0 && distance <= 0 && !palm;
}

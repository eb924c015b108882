import type { EvdevRecord } from './evdev-records';

/** What is in a slot of a multi-touch panel. */
export interface SlotState {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  /** ABS_MT_DISTANCE and ABS_MT_TOOL_TYPE, of panels that have them. */
  readonly distance?: number;
  readonly tool?: number;
}

/** What the kernel says of a device at this moment: needed at the start and after it lost records. */
export interface DeviceState {
  /** A finger or the left button is down. */
  readonly pressed: boolean;
  /** Position of ABS_X, ABS_Y or their multi-touch counterparts, in the device's own units. */
  readonly x?: number;
  readonly y?: number;
  /** The slot that the next multi-touch records are about, and what is in each slot (tracking id -1: nothing). */
  readonly slot?: number;
  readonly slots?: readonly SlotState[];
}

/** Follows the one contact with the surface that counts. */
export interface ContactTracker {
  /** A number that differs from contact to contact; undefined while nothing touches. Valid after `sync`. */
  readonly contact: number | undefined;
  /** Where the contact is or was last, in the device's own units. */
  readonly x: number;
  readonly y: number;
  record(record: EvdevRecord): void;
  /** The records of this moment are complete. */
  sync(): void;
  /** Starts from what the kernel says. A contact that began unseen never counts. */
  restore(state: DeviceState): void;
}

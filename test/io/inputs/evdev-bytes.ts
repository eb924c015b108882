import { longSize } from '../../../src/io/ioctl';
import {
  ABS_MT_POSITION_X,
  ABS_MT_POSITION_Y,
  ABS_MT_SLOT,
  ABS_MT_TRACKING_ID,
  ABS_X,
  ABS_Y,
  BTN_TOUCH,
  EV_ABS,
  EV_KEY,
  EV_SYN,
  SYN_REPORT,
} from '../../../src/io/inputs/event-codes';
import type { EvdevRecord } from '../../../src/io/inputs/evdev-records';

/** A record as the kernel writes it; the time, where it has none of its own, is of the year 2050. */
export function bytesOf(...records: readonly EvdevRecord[]): Buffer {
  return Buffer.concat(
    records.map(({ type, code, value, time = 2_524_608_000_000 }) => {
      const bytes = Buffer.alloc(2 * longSize + 8);
      bytes.writeUInt32LE(Math.floor(time / 1000), 0);
      bytes.writeUInt32LE(Math.round((time % 1000) * 1000), longSize);
      bytes.writeUInt16LE(type, 2 * longSize);
      bytes.writeUInt16LE(code, 2 * longSize + 2);
      bytes.writeInt32LE(value, 2 * longSize + 4);
      return bytes;
    }),
  );
}

const record = (type: number) => (code: number, value: number) => ({ type, code, value });
export const key = record(EV_KEY);
export const abs = record(EV_ABS);
export const report = { type: EV_SYN, code: SYN_REPORT, value: 0 };

/** What a panel for one finger sends. */
export const at = (x: number, y: number) => [abs(ABS_X, x), abs(ABS_Y, y)];
export const down = key(BTN_TOUCH, 1);
export const up = key(BTN_TOUCH, 0);

/** What a panel for several fingers sends. */
export const slot = (number: number) => abs(ABS_MT_SLOT, number);
export const id = (number: number) => abs(ABS_MT_TRACKING_ID, number);
export const mtAt = (x: number, y: number) => [abs(ABS_MT_POSITION_X, x), abs(ABS_MT_POSITION_Y, y)];

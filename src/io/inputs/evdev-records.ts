import { createRequire } from 'node:module';
import { longSize } from '../ioctl';

/** One `struct input_event` (linux/input.h). */
export interface EvdevRecord {
  readonly type: number;
  readonly code: number;
  readonly value: number;
  /** When it happened, ms of the clock that the kernel stamps input events with; differences count. Absent for our own. */
  readonly time?: number;
}

/** The part of the package's EvdevReader that is used: its own reading would hold a thread for each device. */
interface EvdevParser {
  parse(record: Buffer): EvdevRecord;
}

const timeSize = 2 * longSize;
/** sizeof(struct input_event): 24 bytes in a 64-bit process, 16 in a 32-bit one. */
export const recordSize = timeSize + 8;

const require = createRequire(__filename);

/** Cuts what a device sends into records, wherever the pieces end. */
export class EvdevRecords {
  private readonly parser: EvdevParser;
  private rest = Buffer.alloc(0);

  constructor() {
    const Reader = require('evdev') as new (options: { raw: boolean }) => EvdevParser;
    this.parser = new Reader({ raw: true });
  }

  /** The records that `bytes` completes. */
  take(bytes: Buffer): EvdevRecord[] {
    const all = Buffer.concat([this.rest, bytes]);
    const records: EvdevRecord[] = [];
    let at = 0;
    for (; at + recordSize <= all.length; at += recordSize) {
      const record = all.subarray(at, at + recordSize);
      // The package's parser throws at seconds above 2^31, in the year 2038 or with a clock set wrongly.
      const time = record.readUInt32LE(0) * 1000 + record.readUInt32LE(longSize) / 1000;
      record.fill(0, 0, timeSize);
      const { type, code, value } = this.parser.parse(record);
      records.push({ type, code, value, time });
    }
    this.rest = all.subarray(at);
    return records;
  }
}

import type { DeviceTrouble, ReadingSink } from '../../src/devices/device-type';
import type { Reading } from '../../src/model/reading';

/** Keeps what a conversation says. */
export class CollectingSink implements ReadingSink {
  readonly readings: Reading[] = [];
  /** How often by cause. */
  readonly rejects: Record<string, number> = {};
  readonly details: string[] = [];
  readonly troubles: (DeviceTrouble | undefined)[] = [];

  reading(reading: Reading): void {
    this.readings.push(reading);
  }

  rejected(cause: string, detail = ''): void {
    this.rejects[cause] = (this.rejects[cause] ?? 0) + 1;
    this.details.push(detail);
  }

  trouble(trouble: DeviceTrouble | undefined): void {
    this.troubles.push(trouble);
  }

  /** The latest reading of a group. */
  latest(group: string): Reading | undefined {
    return this.readings.findLast((reading) => reading.group === group);
  }
}

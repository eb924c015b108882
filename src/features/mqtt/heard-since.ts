import type { Device } from '../../model/device';

/** ms by which the time of a group must differ for it to have been received again. */
const sameTime = 1;

/** Tells whether a device was received since it was asked about last. */
export class HeardSince {
  private readonly heardAt = new Map<string, number>();

  /** True where any group of the device, or any member of a bank, is younger than at the last call. @param now monotonic ms */
  take(device: Device, now: number): boolean {
    const at = now - Math.min(...Object.values(device.ages(now)));
    const before = this.heardAt.get(device.name);
    this.heardAt.set(device.name, at);
    return before === undefined || at - before >= sameTime;
  }
}

import type { ReadingSink } from '../devices/device-type';
import { Battery } from '../model/battery';
import { Device } from '../model/device';
import { comparedJson, deviceJson, type DescribedDevice } from '../protocol/device-json';
import { deviceText } from './device-text';
import { timestamped } from './timestamped';

/** What is known of a device, as lines to print. */
export class DeviceView {
  readonly state: Device;
  /** What its source says of itself. */
  status = 'Starting';
  private compared = '';
  private readings = 0;
  private readonly causes = new Map<string, number>();

  constructor(readonly device: DescribedDevice) {
    const { name, kind } = device;
    this.state = kind === 'battery' ? new Battery(name) : new Device(name, kind);
  }

  /**
   * Where the device's values go. @param rejected is told besides of what could not be used
   * @param changed called after each reading
   */
  sink(
    rejected: (cause: string, detail: string | undefined) => void,
    changed: () => void = () => undefined,
  ): Omit<ReadingSink, 'trouble'> {
    return {
      reading: (reading) => {
        this.readings++;
        this.state.apply(reading);
        changed();
      },
      rejected: (cause, detail) => {
        this.causes.set(cause, (this.causes.get(cause) ?? 0) + 1);
        rejected(cause, detail);
      },
    };
  }

  /** A line of JSON when anything but time has changed since the last one, or since nothing was known. */
  changedLine(now: number, wall: Date): string | undefined {
    if (this.readings === 0) return undefined;
    const json = deviceJson(this.device, this.state, now, wall);
    const compared = comparedJson(json);
    if (compared === this.compared) return undefined;
    this.compared = compared;
    return `${JSON.stringify(timestamped(json, wall))}\n`;
  }

  /** All of it, for people. */
  text(now: number, wall: Date): string {
    const causes = [...this.causes].map(([cause, count]) => `${cause} ${count}`);
    const total = [...this.causes.values()].reduce((sum, count) => sum + count, 0);
    const received =
      `${this.readings} readings, ${total} not used` + (causes.length === 0 ? '' : ` (${causes.join(', ')})`);
    return deviceText(deviceJson(this.device, this.state, now, wall), this.status, received);
  }
}

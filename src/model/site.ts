import { Battery } from './battery';
import { PowerLog } from './power-log';

/** A battery with what is kept of its past. */
export interface MonitoredBattery {
  readonly battery: Battery;
  readonly powerLog: PowerLog;
}

/** A place with named devices. One battery alone is the common case; it is there from the start. */
export class Site {
  private readonly batteries = new Map<string, MonitoredBattery>();

  /** The battery of this name, made at its first mention. */
  battery(name: string): MonitoredBattery {
    let monitored = this.batteries.get(name);
    if (monitored === undefined) {
      monitored = { battery: new Battery(name), powerLog: new PowerLog() };
      this.batteries.set(name, monitored);
    }
    return monitored;
  }

  /** Takes a sample of every battery's power into its log: to be called about once a second. */
  sample(now: number): void {
    for (const { battery, powerLog } of this.batteries.values()) {
      const power = battery.power(now);
      if (power.value !== undefined && power.freshness === 'fresh') powerLog.add(power.value, now);
    }
  }
}

import type { AlarmLimits } from './alarm-limits';
import { alarmRules } from './alarm-rules';
import { Alarms } from './alarms';
import { Battery } from './battery';
import { PowerLog } from './power-log';
import { SocLog } from './soc-log';
import type { Units } from './temperature';

/** A battery with what is kept of its past, and what is wrong with it. */
export interface MonitoredBattery {
  readonly battery: Battery;
  readonly powerLog: PowerLog;
  readonly socLog: SocLog;
  readonly alarms: Alarms;
}

/** A place with named devices. One battery alone is the common case; it is there from the start. */
export class Site {
  private readonly batteries = new Map<string, MonitoredBattery>();

  /** @param limits from where on the owner wants to be told @param units what temperatures are told in */
  constructor(
    private limits?: AlarmLimits,
    private units?: Units,
  ) {}

  /** Takes over other limits and units: from the next sample on, alarms go by them. */
  follow(limits: AlarmLimits, units: Units): void {
    // Other settings are saved too: what was judged by the same limits need not be judged anew.
    const same = Object.entries(limits).every(
      ([name, limit]) => this.limits?.[name as keyof AlarmLimits] === limit,
    );
    if (same && units === (this.units ?? 'celsius')) return;
    this.limits = limits;
    this.units = units;
    for (const { alarms } of this.batteries.values()) alarms.follow(alarmRules(limits, units));
  }

  /** The battery of this name, made at its first mention. */
  battery(name: string): MonitoredBattery {
    let monitored = this.batteries.get(name);
    if (monitored === undefined) {
      monitored = {
        battery: new Battery(name),
        powerLog: new PowerLog(),
        socLog: new SocLog(),
        alarms: new Alarms(alarmRules(this.limits, this.units)),
      };
      this.batteries.set(name, monitored);
    }
    return monitored;
  }

  /** All batteries that were mentioned. */
  all(): Iterable<MonitoredBattery> {
    return this.batteries.values();
  }

  /** True while any battery has an alarm that nobody has acknowledged. */
  get alarming(): boolean {
    for (const { alarms } of this.batteries.values()) if (alarms.alarming) return true;
    return false;
  }

  /** Takes samples of every battery into its logs and looks for alarms: to be called about once a second. */
  sample(now: number): void {
    for (const { battery, powerLog, socLog, alarms } of this.batteries.values()) {
      alarms.look(battery, now);
      const power = battery.power(now);
      if (power.value !== undefined && power.freshness === 'fresh') powerLog.add(power.value, now);
      const soc = battery.quantity('stateOfCharge', now);
      socLog.sample(now, soc.freshness === 'fresh' ? soc.value : undefined);
    }
  }
}

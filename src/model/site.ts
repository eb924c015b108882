import type { AlarmLimits } from './alarm-limits';
import { alarmRules, otherDeviceRules } from './alarm-rules';
import { Alarms, type AlarmList } from './alarms';
import { Bank } from './bank';
import { bankRules } from './bank-rules';
import { Battery } from './battery';
import { Device } from './device';
import type { MeterRole } from './meter-role';
import { PowerLog } from './power-log';
import type { Kind, Reading } from './reading';
import { SocLog } from './soc-log';
import type { Units } from './temperature';

/** What is wrong with a device. */
export interface DeviceAlarms {
  /** The device's name. */
  readonly alarmsOf: string;
  readonly alarms: AlarmList;
}

/**
 * A battery with what is kept of its past, and what is wrong: with the battery itself, unless it is shown while another device
 * has an alarm.
 */
export interface ShownBattery extends DeviceAlarms {
  readonly battery: Battery;
  readonly powerLog: PowerLog;
  readonly socLog: SocLog;
}

/** A battery with its own alarms. */
export interface MonitoredBattery extends ShownBattery {
  readonly alarms: Alarms;
}

/** A device that is no battery, with its alarms. */
export interface OtherDevice {
  readonly device: Device;
  readonly kind: Exclude<Kind, 'battery'>;
  readonly alarms: Alarms<Device>;
}

/** A place with named devices. One battery alone is the common case. */
export class Site {
  private readonly batteries = new Map<string, MonitoredBattery>();
  private readonly others = new Map<string, OtherDevice>();
  private joined: (MonitoredBattery & { readonly battery: Bank }) | undefined;
  private chosen: string | undefined;

  /** @param limits the owner's alarm thresholds @param units what its owner wants temperatures in */
  constructor(
    private limits?: AlarmLimits,
    private ownersUnits: Units = 'celsius',
  ) {}

  /** What temperatures are told in. */
  get units(): Units {
    return this.ownersUnits;
  }

  /** Takes over other limits and units: from the next sample on, alarms go by the limits. */
  follow(limits: AlarmLimits, units: Units): void {
    this.ownersUnits = units;
    // Other settings are saved too: what was judged by the same limits need not be judged again.
    const same = Object.entries(limits).every(
      ([name, limit]) => this.limits?.[name as keyof AlarmLimits] === limit,
    );
    if (same) return;
    this.limits = limits;
    for (const { alarms } of this.batteries.values()) alarms.follow(alarmRules(limits));
    for (const { kind, alarms } of this.others.values()) alarms.follow(otherDeviceRules(kind, limits));
  }

  /**
   * Reads batteries as one bank from now on, where there are two or more: to be called when all devices were added.
   *
   * @param names of its batteries; by default all. Of one alone there is no bank: it is the main battery, and
   * stands before the others
   * @param meter name of the meter that measures the current of all of them together
   */
  join(names: readonly string[] = [...this.batteries.keys()], meter?: string): void {
    const monitored = names.flatMap((name) => this.batteries.get(name) ?? []);
    const [only, ...others] = monitored;
    if (only !== undefined && others.length === 0) this.putFirst(only);
    if (monitored.length < 2) return;
    const members = monitored.map(({ battery }) => battery);
    const shunt = meter === undefined ? undefined : this.others.get(meter)?.device;
    const bank = new Bank(this.freeName('Bank'), members, shunt);
    const alarms = new Alarms(bankRules(bank));
    const logs = { powerLog: new PowerLog(), socLog: new SocLog() };
    this.joined = { battery: bank, ...logs, alarmsOf: bank.name, alarms };
  }

  /**
   * Adds a device, whose readings are taken from then on. A name that is there already keeps its device.
   *
   * @param role of a meter: what it measures
   */
  add(name: string, kind: Kind, role?: MeterRole): void {
    if (kind === 'battery') this.battery(name);
    else if (!this.others.has(name)) {
      const alarms = new Alarms<Device>(otherDeviceRules(kind, this.limits));
      this.others.set(name, { device: new Device(name, kind, role), kind, alarms });
    }
  }

  /** The battery of this name, added at its first mention. */
  battery(name: string): MonitoredBattery {
    let monitored = this.batteries.get(name);
    if (monitored === undefined) {
      monitored = this.monitor(new Battery(name));
      this.batteries.set(name, monitored);
    }
    return monitored;
  }

  /** The batteries that are read as one; `undefined` where there are none. */
  get bank(): Bank | undefined {
    return this.joined?.battery;
  }

  /** What the log and MQTT take: the bank, where there is one, else the battery. */
  get main(): MonitoredBattery {
    const [first = this.battery('battery')] = this.batteries.values();
    return this.joined ?? first;
  }

  /**
   * What the screens show: a battery with an alarm that nobody has acknowledged, else the one that was chosen, else the main
   * one; with the alarms of another device while that has one.
   */
  get shown(): ShownBattery {
    for (const monitored of this.all()) if (monitored.alarms.alarming) return monitored;
    const shown = (this.chosen === undefined ? undefined : this.batteries.get(this.chosen)) ?? this.main;
    for (const { device, alarms } of this.others.values())
      if (alarms.alarming) return { ...shown, alarmsOf: device.name, alarms };
    return shown;
  }

  /** Chooses the battery that the screens show; any name that is no battery's stands for the main one. */
  show(name: string): void {
    this.chosen = name;
  }

  /** The bank, where there is one, then all batteries that were added. */
  *all(): Iterable<MonitoredBattery> {
    if (this.joined !== undefined) yield this.joined;
    yield* this.batteries.values();
  }

  /** The alarms of the bank, where there is one, then of every device, batteries first. */
  *watched(): Iterable<DeviceAlarms> {
    yield* this.all();
    for (const { device, alarms } of this.others.values()) yield { alarmsOf: device.name, alarms };
  }

  /** The bank, where there is one, then every device, batteries first, in the order in which they were added. */
  *devices(): Iterable<Device> {
    for (const { battery } of this.all()) yield battery;
    for (const { device } of this.others.values()) yield device;
  }

  /** The device or the bank of this name, with its alarms. */
  find(name: string): MonitoredBattery | OtherDevice | undefined {
    if (this.joined?.battery.name === name) return this.joined;
    return this.batteries.get(name) ?? this.others.get(name);
  }

  /** Takes in what a device said; one that was not added is none of this site's. */
  apply(reading: Reading): void {
    const device = this.batteries.get(reading.device)?.battery ?? this.others.get(reading.device)?.device;
    device?.apply(reading);
  }

  /** Counts every change of a value of any device. */
  get changes(): number {
    let changes = 0;
    for (const device of this.devices()) changes += device.changes;
    return changes;
  }

  /** True while any device has an alarm that nobody has acknowledged. */
  get alarming(): boolean {
    for (const { alarms } of this.watched()) if (alarms.alarming) return true;
    return false;
  }

  /** Takes samples of every battery into its logs and checks every device for alarms: to be called about once a second. */
  sample(now: number): void {
    for (const { battery, powerLog, socLog, alarms } of this.all()) {
      alarms.look(battery, now);
      const power = battery.power(now);
      if (power.value !== undefined && power.freshness === 'fresh') powerLog.add(power.value, now);
      const soc = battery.quantity('stateOfCharge', now);
      socLog.sample(now, soc.freshness === 'fresh' ? soc.value : undefined);
    }
    for (const { device, alarms } of this.others.values()) alarms.look(device, now);
  }

  private putFirst(main: MonitoredBattery): void {
    const all = [...this.batteries.values()];
    this.batteries.clear();
    for (const monitored of [main, ...all]) this.batteries.set(monitored.battery.name, monitored);
  }

  /** The name, or where a device has it already, in whatever letters, the name with a number behind. */
  private freeName(name: string): string {
    const taken = new Set(
      [...this.batteries.keys(), ...this.others.keys()].map((known) => known.toLowerCase()),
    );
    let free = name;
    for (let i = 2; taken.has(free.toLowerCase()); i++) free = `${name} ${i}`;
    return free;
  }

  private monitor(battery: Battery): MonitoredBattery {
    return {
      battery,
      powerLog: new PowerLog(),
      socLog: new SocLog(),
      alarmsOf: battery.name,
      alarms: new Alarms(alarmRules(this.limits)),
    };
  }
}

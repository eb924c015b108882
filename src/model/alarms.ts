import { AlarmLog } from './alarm-log';
import { isNotice, type AlarmReport } from './alarm-reports';
import type { AlarmRule, Finding } from './alarm-rule';
import type { Battery } from './battery';
import type { Device } from './device';

/** Something that is wrong with a device and that its owner should know. */
export interface Alarm {
  readonly report: AlarmReport;
  /** It was so when it was last looked at, and whether it still is can't be said. */
  readonly past: boolean;
  readonly acknowledged: boolean;
}

/** What is wrong with one device, for whoever shows it or passes it on. */
export interface AlarmList {
  /** All alarms of late, with their times. */
  readonly log: AlarmLog;
  /** All that stand, most urgent first; among them, those that nobody has acknowledged go first. */
  readonly list: readonly Alarm[];
  /** True while one stands that nobody has acknowledged. */
  readonly alarming: boolean;
  /** The owner has seen all that stand. */
  acknowledge(): void;
  /** Takes over what an earlier run had acknowledged and left standing. @param now monotonic ms */
  carryOn(alarms: readonly CarriedAlarm[], now: number): void;
}

/** ms without knowing after which an alarm is one of the past. */
const pastAfter = 10_000;
/** ms without knowing after which an acknowledged alarm is forgotten; a lost message or two must not raise it again. */
const forgottenAfter = 60_000;

/** ms after which what an earlier run had acknowledged counts for new alarms no more: by then all devices have told how they are. */
const carriedFor = 600_000;

/** An alarm that was acknowledged, and stood when an earlier run ended. */
export interface CarriedAlarm {
  /** In the log. */
  readonly number: number;
  readonly report: AlarmReport;
  /** How far beyond its limit it was when it was acknowledged, in the unit of its rule. */
  readonly acceptedExcess: number;
}

interface Standing extends Finding {
  /** Monotonic ms of the latest look that found it. */
  readonly knownAt: number;
  readonly unsure: boolean;
  acknowledged: boolean;
  /** `excess` when it was acknowledged. */
  acceptedExcess: number;
  /** The greatest `excess` so far. */
  readonly worst: number;
  /** In the log. */
  readonly number: number;
}

/**
 * What is wrong with one device. An alarm stands from when its rule finds it until the rule sees it gone; silence is not
 * the all-clear, so an alarm that nobody has acknowledged outlasts the controller that reported it. An acknowledged one
 * rises again when it has become clearly worse. A notice counts as acknowledged from the start.
 */
export class Alarms<D extends Device = Battery> implements AlarmList {
  readonly log = new AlarmLog();
  private readonly standing = new Map<string, Standing>();
  private lookedAt = 0;
  private carried: readonly CarriedAlarm[] = [];
  private carriedUntil = -Infinity;
  /** Rules that were changed, and have not looked since. */
  private anew = new Set<string>();

  /** @param rules what to look for, most urgent first */
  constructor(private rules: readonly AlarmRule<D>[]) {}

  /**
   * Goes by other rules from the next look on, which judges anew: what stood is over where the new limit is kept, without a
   * hysteresis; what stands and was acknowledged is accepted as it is then. Alarms of rules that are gone are over.
   */
  follow(rules: readonly AlarmRule<D>[]): void {
    for (const [name, alarm] of this.standing) {
      if (!rules.some((rule) => rule.name === name)) this.end(name, alarm, this.lookedAt);
    }
    this.rules = rules;
    this.anew = new Set(rules.map(({ name }) => name));
  }

  /**
   * What an earlier run had acknowledged stays so while it stands, and rises again when it is clearly worse.
   *
   * @param now monotonic ms
   */
  carryOn(alarms: readonly CarriedAlarm[], now: number): void {
    this.carried = alarms;
    this.carriedUntil = now + carriedFor;
    // The file may have come late.
    for (const [name, alarm] of this.standing) {
      if (alarm.acknowledged) continue;
      const before = this.takeCarried(alarm.report, now);
      const worse = this.rules.find((rule) => rule.name === name)?.worse ?? 0;
      if (before === undefined || alarm.excess >= before.acceptedExcess + worse) continue;
      if (!this.log.standAgain(before.number, alarm.number)) continue;
      const { number, acceptedExcess } = before;
      this.standing.set(name, { ...alarm, acknowledged: true, acceptedExcess, number });
    }
  }

  private takeCarried(report: AlarmReport, now: number): CarriedAlarm | undefined {
    if (now >= this.carriedUntil) this.carried = [];
    const found = this.carried.find((alarm) => isSameAlarm(alarm.report, report));
    if (found !== undefined) this.carried = this.carried.filter((alarm) => alarm !== found);
    return found;
  }

  /** What is known of an alarm that rises now: an earlier run may have acknowledged it. */
  private risen(
    report: AlarmReport,
    now: number,
  ): Pick<Standing, 'acknowledged' | 'acceptedExcess' | 'number'> {
    const carried = this.takeCarried(report, now);
    if (carried !== undefined && this.log.standAgain(carried.number))
      return { acknowledged: true, acceptedExcess: carried.acceptedExcess, number: carried.number };
    return { acknowledged: false, acceptedExcess: Infinity, number: this.log.rise(report, now) };
  }

  /** Looks at the device; `now` in monotonic ms. To be called about once a second. */
  look(device: D, now: number): void {
    this.lookedAt = now;
    for (const rule of this.rules) {
      const before = this.standing.get(rule.name);
      const anew = this.anew.has(rule.name);
      const found = rule.look(device, now, before !== undefined && !anew);
      if (found !== 'unknown') this.anew.delete(rule.name);
      if (found === 'unknown') {
        if (before === undefined) continue;
        const age = now - before.knownAt;
        if (before.acknowledged && age >= forgottenAfter) this.end(rule.name, before, now);
        else this.standing.set(rule.name, { ...before, unsure: age >= pastAfter });
      } else if (found === undefined) {
        if (before !== undefined) this.end(rule.name, before, now);
      } else {
        const was = before ?? this.risen(found.report, now);
        const accepted = anew && before?.acknowledged === true ? found.excess : was.acceptedExcess;
        const worse = found.excess >= accepted + rule.worse;
        const acknowledged = isNotice(found.report) || (was.acknowledged && !worse);
        const acceptedExcess = acknowledged ? accepted : Infinity;
        const { number } = was;
        // The list tells how far it went, not how it ended.
        const worst = Math.max(found.excess, anew ? -Infinity : (before?.worst ?? -Infinity));
        const report = found.excess >= worst && { report: found.report };
        this.log.update(number, { ...report, ...(worse && { acknowledgedAt: undefined }) });
        this.standing.set(rule.name, {
          ...found,
          knownAt: now,
          unsure: false,
          acknowledged,
          acceptedExcess,
          worst,
          number,
        });
      }
    }
  }

  private end(name: string, { number }: Standing, now: number): void {
    this.standing.delete(name);
    this.log.update(number, { endedAt: now });
  }

  get list(): readonly Alarm[] {
    const all: Alarm[] = [];
    for (const { name } of this.rules) {
      const alarm = this.standing.get(name);
      if (alarm === undefined) continue;
      const { report, unsure, acknowledged } = alarm;
      all.push({ report, past: unsure, acknowledged });
    }
    return [...all.filter((alarm) => !alarm.acknowledged), ...all.filter((alarm) => alarm.acknowledged)];
  }

  get alarming(): boolean {
    for (const alarm of this.standing.values()) if (!alarm.acknowledged) return true;
    return false;
  }

  acknowledge(): void {
    for (const alarm of this.standing.values()) {
      if (alarm.acknowledged) continue;
      alarm.acceptedExcess = alarm.excess;
      alarm.acknowledged = true;
      this.log.update(alarm.number, { acknowledgedAt: this.lookedAt, acceptedExcess: alarm.excess });
    }
  }
}

/** True for reports of one and the same thing, whatever its value is now. */
function isSameAlarm(a: AlarmReport, b: AlarmReport): boolean {
  return a.code === b.code && whichOf(a) === whichOf(b);
}

/** Which of several alarms of the same code it is. */
function whichOf({ values }: AlarmReport): string | number | undefined {
  if ('flag' in values) return values.flag;
  return 'bit' in values ? values.bit : undefined;
}

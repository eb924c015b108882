import type { AlarmLimits } from './alarm-limits';
import type { LimitAlarmCode } from './alarm-reports';
import type { AlarmRule } from './alarm-rule';
import type { Battery } from './battery';
import type { Device } from './device';
import type { Quantity } from './freshness';
import type { Kind } from './reading';

/** One number of the battery against one limit of the owner's. */
interface LimitKind {
  readonly name: Exclude<LimitAlarmCode, 'members-voltage' | 'members-charge'>;
  readonly limit: keyof AlarmLimits;
  /** 1 for a limit above which it is wrong, -1 for one below which it is. */
  readonly sign: 1 | -1;
  /** How far inside its limit it must be again, and how much further outside it rises again, in the quantity's unit. */
  readonly hysteresis: number;
  readonly worse: number;
  readonly read: (battery: Battery, now: number) => Quantity;
}

const kinds: readonly LimitKind[] = [
  {
    name: 'pack-high',
    limit: 'packHigh',
    sign: 1,
    hysteresis: 0.3,
    worse: 0.6,
    read: (battery, now) => battery.voltage(now),
  },
  {
    name: 'pack-low',
    limit: 'packLow',
    sign: -1,
    hysteresis: 0.3,
    worse: 0.6,
    read: (battery, now) => battery.voltage(now),
  },
  {
    name: 'temperature-high',
    limit: 'temperatureHigh',
    sign: 1,
    hysteresis: 2,
    worse: 5,
    read: (battery, now) => battery.quantity('temperatureMax', now),
  },
  {
    name: 'temperature-low',
    limit: 'temperatureLow',
    sign: -1,
    hysteresis: 2,
    worse: 5,
    read: (battery, now) => battery.quantity('temperatureMin', now),
  },
  {
    name: 'spread',
    limit: 'spread',
    sign: 1,
    hysteresis: 0.02,
    worse: 0.1,
    read: (battery, now) => battery.cellSpread(now),
  },
  {
    name: 'charge-low',
    limit: 'stateOfChargeLow',
    sign: -1,
    hysteresis: 2,
    worse: 5,
    read: (battery, now) => battery.quantity('stateOfCharge', now),
  },
];

/** The rules for the limits that are set, most urgent first. */
export function limitRules(limits: AlarmLimits): readonly AlarmRule[] {
  const rules: AlarmRule[] = [];
  for (const kind of kinds) {
    const limit = limits[kind.limit];
    if (limit !== undefined) rules.push(limitRule(kind, limit));
  }
  if (limits.silence !== undefined) rules.push(silenceRule(limits.silence));
  return rules;
}

function limitRule(kind: LimitKind, limit: number): AlarmRule {
  const { sign } = kind;
  return {
    name: kind.name,
    worse: kind.worse,
    look(battery, now, standing) {
      const { value, freshness } = kind.read(battery, now);
      if (value === undefined || freshness !== 'fresh') return 'unknown';
      const excess = (value - limit) * sign;
      if (standing ? excess <= -kind.hysteresis : excess <= 0) return undefined;
      return { report: { code: kind.name, values: { value, limit, beyond: excess > 0 } }, excess };
    },
  };
}

/**
 * A device that has been heard and is not any more. One that never was is no alarm: the main screen says so; one that is asked
 * more rarely than the limit is not missed before it has missed a few polls.
 *
 * @param kind where it is no battery
 */
export function silenceRule<D extends Device>(
  seconds: number,
  kind?: Exclude<Kind, 'battery'>,
): AlarmRule<D> {
  return {
    name: 'silence',
    worse: Infinity,
    look(device, now) {
      const age = device.age(now);
      if (age === Infinity || age <= seconds * 1000 || device.inTime(now)) return undefined;
      const values = { seconds, ...(kind !== undefined && { kind }) };
      return { report: { code: 'silence', values }, excess: 0 };
    },
  };
}

import type { AlarmLimits } from './alarm-limits';
import type { AlarmRule } from './alarm-rule';
import type { Battery } from './battery';
import type { Quantity } from './freshness';
import { temperatureText, type Units } from './temperature';

/** One number of the battery against one limit of the owner's. */
interface LimitKind {
  readonly name: string;
  readonly limit: keyof AlarmLimits;
  /** 1 for a limit above which it is wrong, -1 for one below which it is. */
  readonly sign: 1 | -1;
  /** How far inside its limit it must be again, and how much further outside it rises again, in the quantity's unit. */
  readonly hysteresis: number;
  readonly worse: number;
  readonly read: (battery: Battery, now: number) => Quantity;
  readonly subject: string;
  readonly short: string;
  readonly write: (value: number, units: Units) => string;
}

const kinds: readonly LimitKind[] = [
  {
    name: 'pack-high',
    limit: 'packHigh',
    sign: 1,
    hysteresis: 0.3,
    worse: 0.6,
    read: (battery, now) => battery.voltage(now),
    subject: 'Pack',
    short: 'Pack high',
    write: (volts) => `${volts.toFixed(1)} V`,
  },
  {
    name: 'pack-low',
    limit: 'packLow',
    sign: -1,
    hysteresis: 0.3,
    worse: 0.6,
    read: (battery, now) => battery.voltage(now),
    subject: 'Pack',
    short: 'Pack low',
    write: (volts) => `${volts.toFixed(1)} V`,
  },
  {
    name: 'temperature-high',
    limit: 'temperatureHigh',
    sign: 1,
    hysteresis: 2,
    worse: 5,
    read: (battery, now) => battery.quantity('temperatureMax', now),
    subject: 'Battery',
    short: 'Battery hot',
    write: temperatureText,
  },
  {
    name: 'temperature-low',
    limit: 'temperatureLow',
    sign: -1,
    hysteresis: 2,
    worse: 5,
    read: (battery, now) => battery.quantity('temperatureMin', now),
    subject: 'Battery',
    short: 'Battery cold',
    write: temperatureText,
  },
  {
    name: 'spread',
    limit: 'spread',
    sign: 1,
    hysteresis: 0.02,
    worse: 0.1,
    read: (battery, now) => battery.cellSpread(now),
    subject: 'Cells differ by',
    short: 'Cells uneven',
    write: (volts) => `${(volts * 1000).toFixed(0)} mV`,
  },
  {
    name: 'charge-low',
    limit: 'stateOfChargeLow',
    sign: -1,
    hysteresis: 2,
    worse: 5,
    read: (battery, now) => battery.quantity('stateOfCharge', now),
    subject: 'State of charge',
    short: 'Charge low',
    write: (percent) => `${Number(percent.toFixed(1))} %`,
  },
];

/** The rules for the limits that are set, most urgent first. @param units what temperatures are told in */
export function limitRules(limits: AlarmLimits, units: Units = 'celsius'): readonly AlarmRule[] {
  const rules: AlarmRule[] = [];
  for (const kind of kinds) {
    const limit = limits[kind.limit];
    if (limit !== undefined) rules.push(limitRule(kind, limit, units));
  }
  if (limits.silence !== undefined) rules.push(silenceRule(limits.silence));
  return rules;
}

function limitRule(kind: LimitKind, limit: number, units: Units): AlarmRule {
  const { sign, short } = kind;
  const write = (value: number): string => kind.write(value, units);
  const verb = kind.subject.endsWith(' by') ? '' : 'at ';
  const was = kind.subject.endsWith(' by')
    ? kind.subject.replace('differ', 'differed')
    : `${kind.subject} was`;
  return {
    name: kind.name,
    worse: kind.worse,
    look(battery, now, standing) {
      const { value, freshness } = kind.read(battery, now);
      if (value === undefined || freshness !== 'fresh') return 'unknown';
      const excess = (value - limit) * sign;
      if (standing ? excess <= -kind.hysteresis : excess <= 0) return undefined;
      // Within the hysteresis it is not beyond the limit any more, and must not be said to be.
      const beyond = excess <= 0 ? 'limit' : sign > 0 ? 'above' : 'below';
      const rest = `${verb}${write(value)}, ${beyond} ${write(limit)}`;
      return { text: `${kind.subject} ${rest}`, past: `${was} ${rest}`, short, excess };
    },
  };
}

/** A battery that has been heard and is not any more. One that never was is no alarm: the main screen says so. */
function silenceRule(seconds: number): AlarmRule {
  const text = `Nothing heard from the battery for over ${seconds} s`;
  return {
    name: 'silence',
    worse: Infinity,
    look(battery, now) {
      const age = battery.age(now);
      if (age === Infinity || age <= seconds * 1000) return undefined;
      return { text, past: text, short: 'No data', excess: 0 };
    },
  };
}

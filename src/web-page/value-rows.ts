import type { LiveStatus } from '../io/web/web-parts';
import { batteryQuantities, probeForm, screenUnit } from '../model/quantities';
import { inUnits, temperatureUnit } from '../model/temperature';
import { statusQuantities, type CompleteStatus, type StatusKey } from '../protocol/complete-status';
import { fixed, formatAge, formatPercent, missing, signed } from '../screens/format';

type Message = Exclude<keyof CompleteStatus['age'], '0x68F'>;

/** A line of the table of values. */
export interface ValueRow {
  readonly label: string;
  readonly text: string;
  readonly unit: string;
  /** How long ago it was heard, in words. */
  readonly age: string;
}

/** The lines of the table, and the messages that tell each: the youngest counts. */
const lines: readonly (readonly [StatusKey, ...Message[]])[] = [
  ['soc', '0x650'],
  ['packPower', '0x151', '0x150'],
  ['packCurrent', '0x150', '0x151'],
  ['packVoltage', '0x150'],
  ['tempMax', '0x150'],
  ['tempMin', '0x150'],
  ['ampHours', '0x150'],
  ['cellLow', '0x651'],
  ['cellAverage', '0x651'],
  ['cellHigh', '0x651'],
  ['highCutoff', '0x652'],
  ['lowCutoff', '0x652'],
  ['chargerAmps', '0x683'],
  ['activeCells', '0x651'],
];

/** Those that flow one way or the other. */
const withSign: readonly StatusKey[] = ['packPower', 'packCurrent', 'ampHours'];

/** The battery's values as text, labels, units and decimals as the table of quantities has them. */
export function valueRows({ status, display: { units } }: LiveStatus): ValueRow[] {
  return lines.map(([key, ...messages]) => {
    const { unit } = screenUnit(statusQuantities[key]);
    return {
      label: batteryQuantities[statusQuantities[key]].label,
      text: textOf(key, status[key], units),
      unit: unit === probeForm.unit ? temperatureUnit(units) : unit,
      age: heard(messages, status),
    };
  });
}

function textOf(key: StatusKey, value: number | null, units: LiveStatus['display']['units']): string {
  if (value === null) return missing;
  const { unit, per, decimals } = screenUnit(statusQuantities[key]);
  if (key === 'soc') return formatPercent(value);
  if (unit === probeForm.unit) return fixed(inUnits(value, units), decimals);
  // Whole amperes come from a source that tells no others.
  const digits = key === 'packCurrent' ? currentDecimals(value) : decimals;
  return (withSign.includes(key) ? signed : fixed)(value / per, digits);
}

function currentDecimals(amperes: number): number {
  return Number.isInteger(amperes) ? 0 : batteryQuantities.current.shown;
}

function heard(messages: readonly Message[], { age }: CompleteStatus): string {
  const youngest = Math.min(...messages.map((message) => age[message] ?? Infinity));
  if (youngest === Infinity) return missing;
  return youngest < 2 ? 'now' : `${formatAge(youngest * 1000)} ago`;
}

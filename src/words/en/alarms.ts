import type { AlarmReport, AlarmReports, CellAlarm, FlagAlarm, LimitAlarm } from '../../model/alarm-reports';
import { batteryQuantities, cellForm } from '../../model/quantities';
import type { QuantityForm } from '../../model/quantity-form';
import { temperatureText, type Units } from '../../model/temperature';
import type { Phrases } from '../phrases';
import { protections, warnings, type FlagWords } from './flags';

/** A sentence without its full stop, beginning with a small letter. @param past for a value that is not known any more */
type AlarmPhrase<Values> = (values: Values, past: boolean, units: Units) => string;

/** What is wrong, with its value and the limit. */
export const alarmPhrases: { readonly [Code in keyof AlarmReports]: AlarmPhrase<AlarmReports[Code]> } = {
  'cell-high': (values, past) => cell(values, past, 'highest cell', 'above'),
  'cell-low': (values, past) => cell(values, past, 'lowest cell', 'below'),
  'pack-high': (values, past) => `pack ${at(past)} ${limited(values, 'above', packVolts)}`,
  'pack-low': (values, past) => `pack ${at(past)} ${limited(values, 'below', packVolts)}`,
  'temperature-high': (values, past, units) =>
    `battery ${at(past)} ${limited(values, 'above', degrees(units))}`,
  'temperature-low': (values, past, units) =>
    `battery ${at(past)} ${limited(values, 'below', degrees(units))}`,
  spread: (values, past) => `cells ${differ(past)} by ${limited(values, 'above', millivolts)}`,
  'charge-low': (values, past) => `state of charge ${at(past)} ${limited(values, 'below', percent)}`,
  silence: ({ seconds, kind }) =>
    `nothing heard from the ${kind === undefined ? 'battery' : kinds[kind]} for over ${seconds} s`,
  protection: (values, past, units) =>
    `${flagged(values, protections, units)}, protection ${past ? 'was ' : ''}on`,
  warning: (values, past, units) => `${flagged(values, warnings, units)}, the battery ${warns(past)}`,
  'charger-alarm': ({ bit }, past) => `alarm bit ${bit} ${past ? 'was' : 'is'} set, meaning unknown`,
  'battery-error': ({ text }, past) => `the battery ${past ? 'reported' : 'reports'} "${text}"`,
  'members-voltage': (values, past) =>
    `batteries ${differ(past)} in voltage by ${limited(values, 'above', volts)}`,
  'members-charge': (values, past) =>
    `batteries ${differ(past)} in charge by ${limited(values, 'above', wholePercent)}`,
  'as-written': ({ text }) => text,
  'other-version': ({ code }) => `an alarm that another version calls "${code.replaceAll('-', ' ')}"`,
};

/** What the owner of a cell beyond its limit can do at once, behind the sentence; within the hysteresis there is nothing to be done. */
export function alarmAdvice({ code, values }: AlarmReport): string {
  if (code === 'cell-high') return values.beyond ? ': stop charging' : '';
  return code === 'cell-low' && values.beyond ? ': switch loads off' : '';
}

/** The same in two or three words. */
export const shortAlarms: Phrases<AlarmReports> = {
  'cell-high': (values) => `${shortCell(values)} high`,
  'cell-low': (values) => `${shortCell(values)} low`,
  'pack-high': () => 'Pack high',
  'pack-low': () => 'Pack low',
  'temperature-high': () => 'Battery hot',
  'temperature-low': () => 'Battery cold',
  spread: () => 'Cells uneven',
  'charge-low': () => 'Charge low',
  silence: () => 'No data',
  protection: ({ flag }) => protections[flag].short,
  warning: ({ flag }) => warnings[flag].short,
  'charger-alarm': ({ bit }) => `Charger bit ${bit}`,
  'battery-error': () => 'Battery error',
  'members-voltage': () => 'Batteries differ',
  'members-charge': () => 'Batteries differ',
  'as-written': () => 'Alarm',
  'other-version': () => 'Alarm',
};

const kinds = { 'solar-charger': 'charger', meter: 'meter' } as const;

function cell(
  { cell: number, volts: value, limit, beyond }: CellAlarm,
  past: boolean,
  summedUp: string,
  side: string,
): string {
  const [name, form] =
    number === undefined ? [summedUp, batteryQuantities.cellHigh] : [`cell ${number}`, cellForm];
  return `${name} ${at(past)} ${inUnit(form)(value)}, ${beyond ? side : 'limit'} ${volts(limit)}`;
}

function shortCell({ cell: number }: CellAlarm): string {
  return number === undefined ? 'A cell' : `Cell ${number}`;
}

/** Within the hysteresis a value is not beyond the limit any more, and is not said to be. */
function limited(
  { value, limit, beyond }: LimitAlarm,
  side: string,
  write: (value: number) => string,
): string {
  return `${write(value)}, ${beyond ? side : 'limit'} ${write(limit)}`;
}

/** What a bit says, with its cell and its value where they are known: `cell 7 too high (3.66 V)`. */
function flagged<Flag extends string>(
  { flag, cell: number, value }: FlagAlarm<Flag>,
  words: Readonly<Record<Flag, FlagWords>>,
  units: Units,
): string {
  const { text, of } = words[flag];
  const subject = of === 'cell' ? `${number === undefined ? 'a cell' : `cell ${number}`} ${text}` : text;
  if (value === undefined || of === undefined) return subject;
  const written = { cell: volts, pack: packVolts, temperature: degrees(units), charge: percent }[of](value);
  return `${subject} (${written})`;
}

const warns = (past: boolean): string => (past ? 'warned' : 'warns');
const at = (past: boolean): string => (past ? 'was at' : 'at');
const differ = (past: boolean): string => (past ? 'differed' : 'differ');
const inUnit =
  ({ glance, unit }: QuantityForm) =>
  (value: number): string =>
    `${value.toFixed(glance)} ${unit}`;
const packVolts = inUnit(batteryQuantities.voltage);
const volts = inUnit(cellForm);
const millivolts = (value: number): string => `${(value * 1000).toFixed(0)} mV`;
const { glance: percentDecimals, unit: percentUnit } = batteryQuantities.stateOfCharge;
const percent = (value: number): string => `${Number(value.toFixed(percentDecimals))} ${percentUnit}`;
const wholePercent = (value: number): string => `${value.toFixed(0)} ${percentUnit}`;
const degrees =
  (units: Units) =>
  (celsius: number): string =>
    temperatureText(celsius, units);

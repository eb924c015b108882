import type { ShownBattery } from '../../model/site';
import type { Freshness, Quantity } from '../../model/freshness';
import { extremesOf } from '../../model/cell-voltages';
import { possibleCutoffs, type Cutoffs } from '../../model/cutoffs';
import type { Battery, Flow } from '../../model/battery';
import type { ReadoutProps } from '../../render/widgets/readout';
import {
  formatAge,
  formatClock,
  formatCurrent,
  formatOr,
  formatPercent,
  formatTimeLeft,
  formatTimeToFull,
} from '../format';
import { inUnits } from '../../model/temperature';
import {
  alarmNotice,
  alarmWording,
  linkNotice,
  mainNotice,
  severalDevices,
  type AlarmNotice,
  type DataNotice,
  type LinkNotice,
} from '../notices';
import type { Surroundings } from '../screen';
import { batteryQuantities } from '../../model/quantities';
import { bankNotes, type BankNotes } from './bank-notes';
import { receptionWords } from '../../words/en/reception';

/** ms between two values that were as good as received together. */
const sameMoment = 2000;

/** A number as it is written, and how believable it is. */
export interface ShownNumber {
  readonly text: string;
  readonly tone: Freshness;
  /** How old it is, such as `12 s old`, while it is late; else empty. */
  readonly age: string;
}

/** All that the main screen says, in plain values; how it looks is decided elsewhere. */
export interface MainView {
  readonly clock: string;
  readonly address: string;
  readonly link: LinkNotice;
  readonly banner: DataNotice;
  readonly alarm: AlarmNotice;
  readonly current: ShownNumber;
  /** What the battery does, or how long ago that was known. */
  readonly flow: { readonly text: string; readonly tone: Flow | 'late' };
  /** W. */
  readonly power: Quantity;
  /** W without sign: the most of now and of the power log. */
  readonly largestPower: number;
  readonly stateOfCharge: ShownNumber & { readonly level: number | undefined };
  /** How long it lasts, or takes to be full, such as `3 h 20 min to empty`; empty while that is not known. */
  readonly timeLeft: string;
  readonly packVoltage: ShownNumber;
  readonly temperature: ShownNumber;
  /** What is to be noted of a bank, such as `50 Ah usable` and `0.25 V apart`; empty where nothing is. */
  readonly bank: BankNotes;
  readonly cellAverage: ShownNumber & { readonly volts: number | undefined };
  readonly cellLow: ShownNumber & { readonly volts: number | undefined };
  readonly cellHigh: ShownNumber & { readonly volts: number | undefined };
  /** Such as `84`, or `240 +12` when the pack has more cells than are shown. */
  readonly cellCount: string;
  readonly spread: ShownNumber;
  readonly voltages: readonly (number | undefined)[];
  readonly cellsLate: boolean;
  /** Index of the lowest and of the highest cell. */
  readonly lowest: number | undefined;
  readonly highest: number | undefined;
  readonly cutoffs: Cutoffs | undefined;
}

/** A number without its age: one that merely grows older is not painted anew. */
export function readoutOf({ text, tone }: ShownNumber): ReadoutProps {
  return { text, tone };
}

/** What stands beside a number: its name, or in its place what is to be noted of it, or its age once it is late. */
export function captionOf({ age }: ShownNumber, name: string, note = ''): ReadoutProps {
  if (age === '' && note === '') return { text: name, tone: 'fresh' };
  return { text: age === '' ? note : age, tone: 'late' };
}

/** Reads the battery at one moment. */
export function mainView(
  { battery, powerLog, alarmsOf, alarms }: ShownBattery,
  surroundings: Surroundings,
): MainView {
  const { now } = surroundings;
  const current = battery.current(now);
  const power = battery.power(now);
  const soc = battery.quantity('stateOfCharge', now);
  const low = battery.cellLow(now);
  const high = battery.cellHigh(now);
  const average = battery.cellAverage(now);
  const voltages = battery.cells.voltages(now);
  const extremes = extremesOf(voltages);
  const { count, beyond } = battery.cells;
  const bank = bankNotes(battery, now);
  // The dial tells how old its numbers are, and no other need repeat it that came with them.
  const beside = (quantity: Quantity, decimals: number): ShownNumber => {
    const number = shown(quantity, decimals);
    const told = current.freshness === 'late' && Math.abs(quantity.age - current.age) < sameMoment;
    return told ? { ...number, age: '' } : number;
  };
  return {
    clock: formatClock(surroundings.wall),
    address: surroundings.address ?? 'no network',
    link: link(battery.age(now), current, surroundings),
    banner: mainNotice(battery.age(now), current, surroundings),
    alarm: alarmNotice(alarms.list, alarmWording(alarmsOf, surroundings)),
    current: { ...shown(current, 0), text: formatCurrent(current.value, battery.currentIsFine(now)) },
    flow: flow(battery.flow(now), current, bank.current),
    power,
    largestPower: Math.max(Math.abs(power.value ?? 0), powerLog.largest(now)),
    stateOfCharge: {
      ...beside(soc, 0),
      text: formatPercent(soc.value),
      level: soc.value === undefined ? undefined : soc.value / 100,
    },
    timeLeft: timeLeft(battery, now),
    packVoltage: beside(battery.voltage(now), batteryQuantities.voltage.glance),
    temperature: beside(
      temperature(battery.quantity('temperatureMax', now), surroundings),
      batteryQuantities.temperatureMax.glance,
    ),
    bank,
    cellAverage: { ...beside(average, batteryQuantities.cellAverage.glance), volts: average.value },
    cellLow: { ...beside(low, batteryQuantities.cellLow.glance), volts: low.value },
    cellHigh: { ...beside(high, batteryQuantities.cellHigh.glance), volts: high.value },
    cellCount: count === 0 ? '' : `${count}${beyond > 0 ? ` +${beyond}` : ''}`,
    spread: beside(millivolts(battery.cellSpread(now)), 0),
    voltages,
    cellsLate: battery.cells.freshness(now) === 'late',
    lowest: extremes?.lowest,
    highest: extremes?.highest,
    cutoffs: possibleCutoffs(battery, now),
  };
}

/** How the source is: late without saying by how much, which the dial does. */
function link(age: number, current: Quantity, around: Surroundings): LinkNotice {
  const notice = linkNotice(age, current, around);
  if (current.freshness !== 'late' || severalDevices(around).length > 0) return notice;
  return { ...notice, text: receptionWords.late(around.source.label) };
}

function timeLeft(battery: Battery, now: number): string {
  const [empty, full] = (['timeToEmpty', 'timeToFull'] as const).map(
    (name) => battery.quantity(name, now).value,
  );
  if (empty !== undefined) return `${formatTimeLeft(empty)} to empty`;
  if (full === undefined) return '';
  return `${formatTimeToFull(full, battery.quantity('stateOfCharge', now).value)} to full`;
}

function shown(quantity: Quantity, decimals: number): ShownNumber {
  const age = quantity.freshness === 'late' ? `${formatAge(quantity.age)} old` : '';
  return { text: formatOr(quantity.value, decimals), tone: quantity.freshness, age };
}

function temperature(quantity: Quantity, { preferences }: Surroundings): Quantity {
  if (quantity.value === undefined) return quantity;
  return { ...quantity, value: inUnits(quantity.value, preferences?.units ?? 'celsius') };
}

function millivolts(volts: Quantity): Quantity {
  return volts.value === undefined ? volts : { ...volts, value: volts.value * 1000 };
}

function flow(state: Flow | undefined, current: Quantity, missing: string): MainView['flow'] {
  if (state === undefined) return { text: missing, tone: 'late' };
  if (current.freshness === 'late') return { text: shown(current, 0).age, tone: 'late' };
  return { text: { charging: 'CHARGING', discharging: 'DISCHARGING', idle: 'IDLE' }[state], tone: state };
}

import type { Freshness, Quantity } from '../../model/freshness';
import type { Device } from '../../model/device';
import { quantities } from '../../model/quantities';
import { inUnits, temperatureUnit, type Units } from '../../model/temperature';
import type { FactLineProps } from '../../render/widgets/fact-line';
import { deviceWords as words } from '../../words/en/device-screens';
import { formatEnergy, formatOr, missing, signed } from '../format';

/** What is wrong is told in colours of its own. */
export type FactTone = Freshness | 'warning' | 'alarm';

/** A fact in a list. */
export interface Fact extends FactLineProps {
  readonly tone: FactTone;
}

/** A value in words, and how far it may be believed. */
export interface ValueText {
  readonly text: string;
  readonly tone: Freshness;
}

/** A quantity with its unit, as people read it in full; the sign for unknown without one. */
export function valueText(device: Device, name: string, now: number, plus = false): ValueText {
  const quantity = device.quantity(name, now);
  const form = quantities[device.kind][name];
  const { shown = 0, unit = '' } = form ?? {};
  return { text: withUnit(quantity, shown, unit, plus), tone: quantity.freshness };
}

/** A number with its unit; the sign for unknown alone. */
export function withUnit(
  { value }: Pick<Quantity, 'value'>,
  decimals: number,
  unit: string,
  plus = false,
): string {
  if (value === undefined) return missing;
  const number = plus ? signed(value, decimals) : formatOr(value, decimals);
  return unit === '' ? number : `${number} ${unit}`;
}

/** Several values in one line; as believable as the least of those that are known. */
export function joined(label: string, values: readonly ValueText[]): Fact {
  const known = values.filter(({ text }) => text !== missing);
  const late = known.some(({ tone }) => tone === 'late');
  if (known.length === 0) return { label, text: missing, tone: 'lost' };
  return { label, text: values.map((value) => value.text).join(' · '), tone: late ? 'late' : 'fresh' };
}

/** A temperature in the owner's units. @param celsius °C */
export function degrees(celsius: number | undefined, units: Units): string {
  return withUnit(
    { value: celsius === undefined ? undefined : inUnits(celsius, units) },
    0,
    temperatureUnit(units),
  );
}

/** What went in and out since midnight. */
export function todayFact(device: Device, now: number): Fact {
  const [into, out] = ['energyInToday', 'energyOutToday'].map((name) => device.quantity(name, now).value);
  if (into === undefined || out === undefined) return { label: words.today, text: missing, tone: 'lost' };
  const text = words.inAndOut(formatEnergy(into / 1000), formatEnergy(out / 1000));
  return { label: words.today, text, tone: 'fresh' };
}

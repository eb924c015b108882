import type { Battery } from './battery';
import { mainQuantities } from './quantities';
import { unknown, worst, type Freshness, type Quantity } from './freshness';

/** A member is lost when none of its three main values is known any more, or yet; else it is as fresh as the first of them. */
export function mainFreshness(member: Battery, now: number): Freshness {
  for (const name of mainQuantities.battery) {
    const { value, freshness } = member.quantity(name, now);
    if (value !== undefined) return freshness;
  }
  return 'lost';
}

/** True for a member that is not lost. */
export function isPresent(member: Battery, now: number): boolean {
  return mainFreshness(member, now) !== 'lost';
}

/** One number of many. */
export type Reduce = (values: readonly number[]) => number;

/** One value of members that know it, as old as the oldest; unknown when none does. */
export function ofKnown(
  members: readonly Battery[],
  read: (member: Battery) => Quantity,
  reduce: Reduce,
): Quantity {
  const known = members.map(read).filter(({ value }) => value !== undefined);
  if (known.length === 0) return unknown;
  return {
    value: reduce(known.map(({ value }) => value ?? NaN)),
    age: greatest(known.map(({ age }) => age)),
    freshness: worst(...known.map(({ freshness }) => freshness)),
  };
}

/** The same; unknown unless every member knows it. */
export function ofAll(
  members: readonly Battery[],
  read: (member: Battery) => Quantity,
  reduce: Reduce,
): Quantity {
  const all = members.map(read);
  return all.some(({ value }) => value === undefined) ? unknown : ofKnown(members, read, reduce);
}

/** Between the highest and the lowest of members; unknown while fewer than two know it. */
export function difference(members: readonly Battery[], read: (member: Battery) => Quantity): Quantity {
  const known = members.filter((member) => read(member).value !== undefined);
  if (known.length < 2) return unknown;
  // 46.2 V and 46.1 V are 0.1 V apart, and not by a little more, as binary fractions are.
  return ofKnown(known, read, (values) => Number((greatest(values) - least(values)).toFixed(6)));
}

/** The age and freshness of two values together. */
export function older(a: Quantity, b: Quantity): Quantity {
  return { ...a, age: Math.max(a.age, b.age), freshness: worst(a.freshness, b.freshness) };
}

/** A capacity of 0 is none that anything could be a part of. */
export const positive = (quantity: Quantity): Quantity => ((quantity.value ?? 0) > 0 ? quantity : unknown);
export const least: Reduce = (values) => Math.min(...values);
export const greatest: Reduce = (values) => Math.max(...values);
// Adding 0 turns a negative zero, which would be shown with a sign, into a plain one.
export const sum: Reduce = (values) => values.reduce((a, b) => a + b, 0) + 0;
export const mean: Reduce = (values) => sum(values) / values.length;
export const weighted = (values: readonly number[], weights: readonly number[]): number =>
  sum(values.map((value, i) => value * (weights[i] ?? 0))) / sum(weights);

import { quantities } from '../../model/quantities';
import type { QuantityForm } from '../../model/quantity-form';
import type { Kind } from '../../model/reading';

/** What a message says of a quantity: a number, that it is unknown now, or something that can't be used. */
export type Told = { readonly value: number } | 'unknown' | { readonly unusable: string };

/** What programs write for a value that they don't have; in lower case. */
const unknownWords = ['', 'unavailable', 'unknown', 'none', 'null', 'nan', 'undefined', 'offline', '-', '--'];
const infinite = /^[+-]?inf(inity)?$/i;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
/** What programs write for a switch; in lower case. */
const on = ['on', 'true', 'yes', 'enabled', 'open'];
const off = ['off', 'false', 'no', 'disabled', 'closed'];

type Range = readonly [least: number, most: number];

/** Greatest and least that each can be, by unit. What is beyond is an error on the way, or a wrong factor. */
const plausible: Readonly<Record<string, Range>> = {
  V: [-2000, 2000],
  A: [-10_000, 10_000],
  W: [-10_000_000, 10_000_000],
  '%': [0, 100],
  '°C': [-100, 200],
  Ah: [-1e9, 1e9],
  Wh: [-1e12, 1e12],
  s: [0, 1e10],
  d: [0, 1e6],
};
const otherRange: Range = [-1e12, 1e12];
/** New batteries may have more than they are sold with. */
const ownRanges: Readonly<Record<string, Range>> = {
  stateOfHealth: [0, 200],
  cells: [0, 10],
  temperatures: [-100, 200],
};

/** How a value of a message becomes one of the house. */
export interface Conversion {
  readonly factor: number;
  readonly offset: number;
}

/**
 * What a value of a message is worth: numbers, and numbers as text. A switch takes `ON`, `OFF`, true and false as well.
 *
 * @param name of the quantity of this kind, or `cells` or `temperatures`
 */
export function toldValue(value: unknown, { factor, offset }: Conversion, kind: Kind, name: string): Told {
  const forms: Readonly<Record<string, QuantityForm>> = quantities[kind];
  const form = forms[name];
  const number = numberOf(value, form?.switch !== undefined);
  if (typeof number !== 'number') return number;
  // Digits that only the factor has made: 4.1 × 0.001 is 0.0041. Adding 0 makes a plain zero of a negative one.
  const converted = Number((number * factor + offset).toPrecision(12)) + 0;
  const [least, most] = ownRanges[name] ?? plausible[form?.unit ?? ''] ?? otherRange;
  if (!(converted >= least && converted <= most)) return { unusable: `${name} is ${converted}` };
  return { value: converted };
}

function numberOf(value: unknown, isSwitch: boolean): number | Exclude<Told, { readonly value: number }> {
  if (value === null) return 'unknown';
  if (typeof value === 'number') return Number.isFinite(value) ? value : 'unknown';
  if (typeof value === 'boolean' && isSwitch) return value ? 1 : 0;
  if (typeof value !== 'string') return { unusable: Array.isArray(value) ? 'a list' : typeof value };
  const text = value.trim();
  const word = text.toLowerCase();
  if (isSwitch && on.includes(word)) return 1;
  if (isSwitch && off.includes(word)) return 0;
  if (unknownWords.includes(word) || infinite.test(text)) return 'unknown';
  return decimal.test(text) ? Number(text) : { unusable: `"${text.slice(0, 40)}"` };
}

/** True for what an availability topic says of a device that is not there: `offline`, `Offline`, or an object with that state. */
export function saysOffline(payload: string): boolean {
  const text = payload.trim();
  const word = text.startsWith('{') ? stateIn(text) : text;
  return ['offline', 'lost', 'disconnected', 'unavailable', 'false', '0'].includes(word.toLowerCase());
}

function stateIn(text: string): string {
  try {
    const { state, status } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const said = state ?? status;
    return typeof said === 'string' || typeof said === 'boolean' ? String(said) : '';
  } catch {
    return '';
  }
}

/** How a quantity is written, how history keeps it, and what else is done with it: one row of the table in `quantities.ts`. */
export interface QuantityForm {
  /** As it stands behind the number; empty for counts. */
  readonly unit: string;
  /** Digits behind the point in files, databases and JSON. */
  readonly decimals: number;
  /** The same where people read it in full, such as in `decode`. */
  readonly shown: number;
  /** The same on screens, on web pages and in Home Assistant. */
  readonly glance: number;
  /** A few words for tables and exports. */
  readonly label: string;
  /**
   * What is kept of a span of time: of a measurement mean, least and most; of a state its last value; of flags every bit
   * that stood in it (bitwise or), by the names of the bits, bit 0 first.
   */
  readonly kept: 'measurement' | 'state' | Flags;
  /** The unit that screens and charts use instead. */
  readonly large?: LargeUnit;
  /** Lists that name it even while it is unknown. */
  readonly always: readonly QuantityList[];
  /** Its name in /metrics and how it is explained there; without, both follow from the table. `none`: it is not there. */
  readonly metric?: MetricForm | 'none';
  /** How Home Assistant is told of it; absent: it is not. */
  readonly homeAssistant?: HomeAssistantForm;
  /** How batteries in parallel tell it as one; absent: it is each member's own, or the bank has a rule for it alone. */
  readonly bank?: BankRule;
  /** Its name among a device's switches in JSON, which has it as true or false. */
  readonly switch?: string;
  /** What a device of the kind is there for: 1 is looked at first. */
  readonly main?: number;
  /** It tells what goes in and out of the device; absent: it has nothing to do with that. */
  readonly flow?: FlowForm;
  /** packdial computes it from other quantities over time: no device tells it, and the history does not keep it. */
  readonly computed?: true;
}

/** A quantity that tells what flows: power or current, or a counter of what they have brought. */
export interface FlowForm {
  /** Power or Wh, or current or Ah. */
  readonly of: 'energy' | 'charge';
  /** `both`: above zero is in. `in` and `out`: above zero is that. */
  readonly way: 'both' | 'in' | 'out';
  /** The device's own count, which is preferred to adding up. */
  readonly counter?: true;
}

/** A device's JSON object, a bank's one, a battery's samples in the history. */
export type QuantityList = 'json' | 'bank' | 'history';

/** A word of bits. */
export interface Flags {
  /** Names of the bits, bit 0 first. */
  readonly flags: readonly string[];
  /** The bits are cells, cell 1 first; such cells are told as a list. */
  readonly byCell?: true;
  /** They are no more than warnings, and such are told in a list of their own. */
  readonly warnings?: true;
}

/** A unit that is a multiple of another one. */
export interface LargeUnit {
  readonly unit: string;
  /** How many of the usual unit it is. */
  readonly per: number;
  readonly decimals: number;
}

/** How /metrics has a quantity. */
export interface MetricForm {
  /** Behind `packdial_`, with the base unit at its end. */
  readonly name: string;
  readonly help: string;
  /** Its place in the answer, from 1; those without come after, as they stand in the table. */
  readonly place: number;
}

/** How Home Assistant has a quantity. */
export interface HomeAssistantForm {
  readonly name: string;
  /** One of its classes of sensors; absent where it has none that fits. */
  readonly deviceClass?: string;
  /** How it adds the values up; absent: it takes means. */
  readonly stateClass?: 'total_increasing';
}

/** `sum`: unknown unless all members tell it; `greatest` and `least` of those that do. */
export type BankRule = 'sum' | 'greatest' | 'least';

/** What most quantities do not have. */
type Extras = Partial<Omit<QuantityForm, 'unit' | 'decimals' | 'label' | 'kept'>>;

/** A measurement. @param decimals 0..6; `shown` and `glance` are the same unless `extras` say otherwise */
export function measured(label: string, unit: string, decimals: number, extras: Extras = {}): QuantityForm {
  return { ...form(label, unit, decimals, extras), kept: 'measurement' };
}

/** A set point, a count, a switch. @param decimals as for `measured` */
export function state(label: string, unit = '', decimals = 0, extras: Extras = {}): QuantityForm {
  return { ...form(label, unit, decimals, extras), kept: 'state' };
}

/** A word of bits that have names. */
export function named(label: string, flags: readonly string[], extras: Extras = {}): QuantityForm {
  return { ...form(label, '', 0, extras), kept: { flags } };
}

/** A word of bits that have names and are no more than warnings. */
export function warnings(label: string, flags: readonly string[]): QuantityForm {
  return { ...named(label, flags), kept: { flags, warnings: true } };
}

/** A word of bits that have numbers. */
export function numbered(label: string, count: number, extras: Extras = {}): QuantityForm {
  return named(
    label,
    Array.from({ length: count }, (_, bit) => `bit-${bit}`),
    extras,
  );
}

/** A word of bits that are cells, the first bit cell 1. */
export function byCell(label: string, count: number): QuantityForm {
  const { kept, ...rest } = numbered(label, count);
  return { ...rest, kept: typeof kept === 'object' ? { ...kept, byCell: true } : kept };
}

function form(label: string, unit: string, decimals: number, extras: Extras): Omit<QuantityForm, 'kept'> {
  const { shown = decimals } = extras;
  return { label, unit, decimals, always: [], ...extras, shown, glance: extras.glance ?? shown };
}

import type { SettingsPart } from './settings-parts';

/** What a field can hold. */
export type FieldValue = string | number | boolean;
/** Values by name, of all that is edited together. */
export type FieldValues = Readonly<Record<string, FieldValue | List>>;
/** What no field is made of, such as the list of devices. */
type List = readonly unknown[];

/** The value of this name that a field can hold; empty when there is none. */
export function valueIn(values: FieldValues, name: string): FieldValue {
  const value = values[name] ?? '';
  return typeof value === 'object' ? '' : value;
}

/** The values without the one of this name. */
export function without(values: FieldValues, name: string): FieldValues {
  return Object.fromEntries(Object.entries(values).filter(([each]) => each !== name));
}

interface FieldOfAnyKind {
  /** Unlike that of any other field. */
  readonly name: string;
  /** A few words. */
  readonly label: string;
  /** What it accepts, or what it is for; may be empty. */
  readonly note: string;
  /** True when a change of it holds only from the next start. */
  readonly restarts: boolean;
  /** Why it can't be changed here, such as `set by --port`; empty when it can. */
  readonly fixed: string;
  /** False where it would do nothing, because of another value. */
  readonly applies: (values: FieldValues) => boolean;
  readonly read: (values: FieldValues) => FieldValue;
  /** The values with this field changed, or `undefined` where that does not go together with the others. */
  readonly write: (values: FieldValues, value: FieldValue) => FieldValues | undefined;
  /** As it is shown. */
  readonly format: (value: FieldValue) => string;
}

/** A number between two limits, set by sliding. */
export interface SliderField extends FieldOfAnyKind {
  readonly kind: 'slider';
  /** Where it stops, rising; two at least. */
  readonly stops: readonly number[];
}

/** Yes or no. */
export interface SwitchField extends FieldOfAnyKind {
  readonly kind: 'switch';
}

/** One of a few. */
export interface ChoiceField extends FieldOfAnyKind {
  readonly kind: 'choice';
  readonly options: readonly { readonly value: FieldValue; readonly label: string }[];
}

/** What was understood of a typed text. */
export type Parsed = { readonly value: FieldValue } | { readonly problem: string };

/** What has to be typed. */
export interface TextField extends FieldOfAnyKind {
  readonly kind: 'text';
  /** Which layer the keyboard opens with. */
  readonly keyboard: 'letters' | 'digits';
  /** A password: not shown unless that is asked for. */
  readonly secret: boolean;
  /** True where it is never told: what is empty may well be set. */
  readonly withheld?: boolean;
  readonly parse: (text: string) => Parsed;
}

/** One thing that can be set, in plain values: what it means is its owner's. */
export type Field = SliderField | SwitchField | ChoiceField | TextField;

/** Fields that stand on one page. */
export interface FieldPage {
  readonly title: string;
  /** Which part of the settings it belongs to. */
  readonly part: SettingsPart;
  /** How the part is set, in a word or two for the index; empty where another page of it tells. */
  readonly state?: (values: FieldValues) => string;
  readonly fields: readonly Field[];
}

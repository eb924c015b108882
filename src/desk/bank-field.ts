import type { SavedDevices } from '../screens/config/devices/devices-desk';
import type { ChoiceField, FieldValue } from '../screens/config/field';
import { deviceSettingsWords } from '../words/en/device-settings';

type Bank = SavedDevices['bank'];

/** What the choice of a bank needs to know. */
export interface BankParts {
  /** Of the battery that is edited. */
  readonly name: string;
  /** Names of all batteries, in the order of the list. */
  readonly batteries: readonly string[];
  /** As it would be saved, and as it is saved. */
  readonly bank: Bank;
  readonly savedBank: Bank;
}

/** More single partners than these don't stand side by side: the bank is then made of all, and those that don't belong leave it. */
const mostPartners = 3;

/** Whom a battery is in parallel with; `undefined` where there is no other. Its value is the names of the others in the bank. */
export function bankField(
  shared: Pick<ChoiceField, 'restarts' | 'fixed'>,
  { name, batteries, bank, savedBank }: BankParts,
): ChoiceField | undefined {
  const others = batteries.filter((each) => each !== name);
  if (others.length === 0) return undefined;
  const members = (of: unknown): readonly string[] => membersOf(of, batteries);
  const partners = (of: unknown): readonly string[] => {
    const all = members(of);
    return all.includes(name) ? all.filter((each) => each !== name) : [];
  };
  const beside = members(bank).filter((each) => each !== name);
  // What it is and was stands there too, so that a touch is never the last that can be undone by another.
  const choices = distinct([
    [],
    ...(others.length <= mostPartners ? others.map((other) => [other]) : []),
    others,
    beside,
    partners(savedBank),
  ]);
  const after = (with_: readonly string[]): Bank => {
    const together = with_.length > 0 ? [name, ...with_] : beside;
    const wanted = batteries.filter((each) => together.includes(each));
    if (joined(wanted) === joined(members(savedBank))) return savedBank;
    if (with_.length > 0 && wanted.length === batteries.length) return 'all';
    return wanted.length > 1 ? wanted : 'off';
  };
  return {
    ...shared,
    kind: 'choice',
    name: 'bank',
    label: deviceSettingsWords.bank,
    note: '',
    applies: () => true,
    read: ({ bank: of }) => joined(partners(of)),
    write: (values, value) => ({ ...values, bank: after(split(value)) }),
    format: (value) =>
      value === '' ? deviceSettingsWords.alone : deviceSettingsWords.withNames(split(value)),
    options: choices.map((choice) => ({ value: joined(choice), label: choiceLabel(choice, others.length) })),
  };
}

/** The batteries of a bank, as the list has their names; none where there is no bank. */
function membersOf(bank: unknown, batteries: readonly string[]): readonly string[] {
  if (bank === 'all') return batteries.length > 1 ? batteries : [];
  if (!Array.isArray(bank)) return [];
  const names = new Set(bank.map((each) => String(each).toLowerCase()));
  return batteries.filter((each) => names.has(each.toLowerCase()));
}

/** Each set of names once. */
function distinct(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(sets.map((names) => [joined(names), names])).values()];
}

// No name has a comma.
const joined = (names: readonly string[]): string => names.join(',');
const split = (value: FieldValue): readonly string[] => (value === '' ? [] : String(value).split(','));

function choiceLabel([first, ...more]: readonly string[], others: number): string {
  if (first === undefined) return deviceSettingsWords.alone;
  if (more.length === 0) return deviceSettingsWords.withOne(first);
  return more.length + 1 === others
    ? deviceSettingsWords.withAll
    : deviceSettingsWords.withSome(more.length + 1);
}

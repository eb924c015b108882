import { UserError } from '../base/user-error';
import type { ConfiguredDevice } from './parse-device';

/** How the `bank` setting is written: `all` batteries are in parallel, none of them, or those that are named. */
export type BankSetting = 'all' | 'off' | readonly string[];

/** Which devices make the bank. */
export interface BankChoice {
  /** Names of its batteries that are not removed; with one of them left it is no bank, and stands for what the bank was. */
  readonly members: readonly string[];
  /** Name of the meter that measures the current of all of them together. */
  readonly meter: string | undefined;
}

/**
 * Reads the `bank` setting.
 *
 * @param devices all of the site, the removed ones too
 * @returns `undefined` where there is no bank
 * @throws UserError for a name that is no battery's, a name twice, a bank of one, and two meters of one bank
 */
export function chooseBank(bank: BankSetting, devices: readonly ConfiguredDevice[]): BankChoice | undefined {
  if (bank === 'off') return undefined;
  const batteries = devices.filter(({ type }) => type.kind === 'battery');
  const named = bank === 'all' ? batteries : namedMembers(bank, devices, batteries);
  const members = named.filter(({ removed }) => !removed).map(({ name }) => name);
  if (members.length === 0 || (bank === 'all' && members.length < 2)) return undefined;
  const meters = devices.filter(
    ({ type, values, removed }) => !removed && type.kind === 'meter' && values['role'] === 'battery',
  );
  const [meter, other] = meters.map(({ name }) => name);
  if (members.length > 1 && other !== undefined)
    throw new UserError(
      `The meters "${meter}" and "${other}" both have the role battery, but one at most can measure the bank; give the other another role.`,
    );
  return { members, meter: members.length > 1 ? meter : undefined };
}

function namedMembers(
  bank: readonly string[],
  devices: readonly ConfiguredDevice[],
  batteries: readonly ConfiguredDevice[],
): readonly ConfiguredDevice[] {
  if (devices.length === 0)
    throw new UserError(
      `bank names ${list(bank)}, but no device is set up; name the batteries with --device, or leave bank out.`,
    );
  const known =
    batteries.length === 0 ? 'there is none' : `they are ${list(batteries.map(({ name }) => name))}`;
  const members = bank.map((wanted) => {
    const found = devices.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (found === undefined)
      throw new UserError(`bank names ${list([wanted])}, but no battery has this name; ${known}.`);
    if (found.type.kind !== 'battery')
      throw new UserError(
        `bank names ${list([wanted])}, which is a ${found.type.kind.replace('-', ' ')}, but takes batteries only; ${known}.`,
      );
    return found;
  });
  const [first, ...others] = members;
  const twice = members.find((member, i) => members.indexOf(member) !== i);
  if (twice !== undefined) throw new UserError(`bank names "${twice.name}" twice; name each battery once.`);
  if (first === undefined || others.length === 0)
    throw new UserError(
      `bank names ${first === undefined ? 'no battery' : `"${first.name}" alone`}, but takes two or more; name another, or set it to off.`,
    );
  return members;
}

const list = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(', ');

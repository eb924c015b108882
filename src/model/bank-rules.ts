import type { AlarmRule } from './alarm-rule';
import type { Bank } from './bank';
import type { Battery } from './battery';
import type { Quantity } from './freshness';

/** ms for which members must differ: a charger that comes on parts them for some minutes. */
const differFor = 600_000;

interface DifferenceKind {
  readonly name: 'members-voltage' | 'members-charge';
  readonly limit: number;
  readonly hysteresis: number;
  readonly worse: number;
  readonly difference: (now: number) => Quantity;
  readonly read: (member: Battery, now: number) => Quantity;
}

/**
 * What is looked for in a bank: members that differ for ten minutes. All else is looked for in its members, whose alarms
 * have their names. A member that comes or goes is no alarm of the bank, and starts the ten minutes again.
 */
export function bankRules(bank: Bank): readonly AlarmRule[] {
  return [
    differenceRule(bank, {
      name: 'members-voltage',
      limit: 0.2,
      hysteresis: 0.05,
      worse: 0.2,
      difference: (now) => bank.voltageDifference(now),
      read: (member, now) => member.voltage(now),
    }),
    differenceRule(bank, {
      name: 'members-charge',
      limit: 20,
      hysteresis: 5,
      worse: 10,
      difference: (now) => bank.chargeDifference(now),
      read: (member, now) => member.quantity('stateOfCharge', now),
    }),
  ];
}

function differenceRule(bank: Bank, kind: DifferenceKind): AlarmRule {
  const { limit } = kind;
  let since: number | undefined;
  let members = '';
  return {
    name: kind.name,
    worse: kind.worse,
    look(_, now, standing) {
      const told = bank.members.filter((member) => kind.read(member, now).value !== undefined);
      const names = told.map(({ name }) => name).join('\n');
      if (names !== members) since = undefined;
      members = names;
      const { value, freshness } = kind.difference(now);
      if (value === undefined || freshness !== 'fresh') return 'unknown';
      const excess = value - limit;
      if (standing ? excess <= -kind.hysteresis : excess <= 0) {
        since = undefined;
        return undefined;
      }
      since ??= now;
      if (!standing && now - since < differFor) return undefined;
      return { report: { code: kind.name, values: { value, limit, beyond: excess > 0 } }, excess };
    },
  };
}

import { Bank } from '../../model/bank';
import type { Battery } from '../../model/battery';
import { protectionFlags, warningFlags } from '../../model/flag-names';
import { type BatteryQuantity } from '../../model/quantities';
import { inUnits, temperatureUnit, type Units } from '../../model/temperature';
import { deviceWords as words } from '../../words/en/device-screens';
import { protections, warnings, type FlagWords } from '../../words/en/flags';
import { fixed, missing } from '../format';
import { joined, todayFact, valueText, withUnit, type Fact } from './facts';

/** Lines that a battery or a bank has at the most. */
export function mostBatteryFacts(battery: Battery): number {
  return battery instanceof Bank ? 4 + battery.members.length : 7;
}

/** What there is to say of a battery or a bank beside its dial and its cells. @param now monotonic ms */
export function batteryFacts(battery: Battery, now: number, units: Units): Fact[] {
  const isBank = battery instanceof Bank;
  const common = [todayFact(battery, now), temperatureFact(battery, now, units)];
  const remaining = remainingFact(battery, now);
  if (isBank) return [remaining, membersFact(battery, now), ...common, ...memberFacts(battery, now)];
  const protection = flagFact(battery, 'protection', words.protection, protectionFlags, protections, now);
  const warning = flagFact(battery, 'warnings', words.warnings, warningFlags, warnings, now);
  // Not all tell warnings: they have a line where there are some.
  const wrong = warning.tone === 'warning' ? [protection, warning] : [protection];
  const facts = [remaining, ageFact(battery, now), ...common, ...wrong, balancingFact(battery, now)];
  // An alarm across the screen leaves room for a few: those that it is about are among them.
  const isWrong = ({ tone }: Fact): boolean => tone === 'alarm' || tone === 'warning';
  return [...facts.filter(isWrong), ...facts.filter((fact) => !isWrong(fact))];
}

/** What each battery of a bank has and takes. */
function memberFacts(bank: Bank, now: number): Fact[] {
  return bank.members.map((member) =>
    joined(member.name, [valueText(member, 'stateOfCharge', now), valueText(member, 'current', now, true)]),
  );
}

function remainingFact(battery: Battery, now: number): Fact {
  const remaining = battery.quantity('remainingCapacity', now);
  const full = battery.quantity('fullCapacity', now);
  const text = `${withUnit(remaining, 1, '')} ${words.of(withUnit(full, 1, 'Ah'))}`;
  if (remaining.value === undefined && full.value === undefined)
    return { label: words.remaining, text: missing, tone: 'lost' };
  return { label: words.remaining, text, tone: remaining.value === undefined ? 'lost' : remaining.freshness };
}

function ageFact(battery: Battery, now: number): Fact {
  const label = `${words.cycles} · ${words.health.toLowerCase()}`;
  return joined(label, [valueText(battery, 'cycles', now), valueText(battery, 'stateOfHealth', now)]);
}

function membersFact(bank: Bank, now: number): Fact {
  const { present, of } = bank.presence(now);
  const tone = present === of ? 'fresh' : 'warning';
  return { label: words.members, text: words.received(present, of), tone };
}

/** By probe; the hottest and the coldest where a device tells no more. */
function temperatureFact(battery: Battery, now: number, units: Units): Fact {
  const list = battery.list('temperatures', now) ?? [];
  const probes = battery.temperatures(now);
  const shown = (celsius: number | undefined): string =>
    celsius === undefined ? missing : fixed(inUnits(celsius, units), 0);
  if (list.length > 0) {
    const isFresh = probes.some((probe) => probe !== undefined) || list.every((probe) => probe === undefined);
    const text = `${list.map(shown).join(' · ')} ${temperatureUnit(units)}`;
    return { label: words.temperatures, text, tone: isFresh ? 'fresh' : 'late' };
  }
  const [least, most] = (['temperatureMin', 'temperatureMax'] as const).map((name) =>
    battery.quantity(name, now),
  );
  const values = [least, most].filter((value) => value?.value !== undefined);
  if (values.length === 0) return { label: words.temperatures, text: missing, tone: 'lost' };
  const text = `${values.map((value) => shown(value?.value)).join(' … ')} ${temperatureUnit(units)}`;
  return {
    label: words.temperatures,
    text,
    tone: values.some((value) => value?.freshness === 'late') ? 'late' : 'fresh',
  };
}

function balancingFact(battery: Battery, now: number): Fact {
  const balancing = battery.list('balancing', now);
  if (balancing === undefined) return { label: words.balancing, text: missing, tone: 'lost' };
  const numbers = balancing.filter((number) => number !== undefined);
  const text = numbers.length === 0 ? words.none : words.cells(numbers);
  return { label: words.balancing, text, tone: 'fresh' };
}

/** The bits of a word that are set, in words. */
function flagFact<Flag extends string>(
  battery: Battery,
  name: BatteryQuantity,
  label: string,
  flags: readonly Flag[],
  texts: Readonly<Record<Flag, FlagWords>>,
  now: number,
): Fact {
  const { value, freshness } = battery.quantity(name, now);
  if (value === undefined) return { label, text: missing, tone: 'lost' };
  const set = flags.filter((_, bit) => ((value >>> bit) & 1) === 1);
  if (set.length === 0) return { label, text: words.none, tone: freshness };
  return {
    label,
    text: set.map((flag) => texts[flag].short).join(', '),
    tone: name === 'warnings' ? 'warning' : 'alarm',
  };
}

import { BankCells } from './bank-cells';
import { Battery } from './battery';
import { extremesOf, type Cells } from './cell-voltages';
import { chargeOf, type ChargeSource } from './bank-charge';
import type { Device } from './device';
import { unknown, type Freshness, type Quantity } from './freshness';
import {
  difference,
  greatest,
  isPresent,
  least,
  mainFreshness,
  mean,
  ofAll,
  ofKnown,
  older,
  sum,
  weighted,
} from './joint-values';
import { batteryQuantities, type BatteryQuantity } from './quantities';

/** How many members are not lost, of how many. */
export interface Presence {
  readonly present: number;
  readonly of: number;
}

/** A switch of the members: how many of those that tell it have it off. */
export interface SwitchedOff {
  readonly off: number;
  readonly of: number;
}

/** A cell that stands out: in which member, and its number there where the member tells its cells one by one. */
export interface BankCell {
  readonly member: string;
  readonly number: number | undefined;
  readonly volts: number;
}

/** Volts by which a member's list of cells, in hundredths cut off, may differ from the extreme that it tells. */
const cutHundredths = 0.0105;

/**
 * Batteries in parallel, read as one. A member that is late makes the bank late. One that is lost, or was never received,
 * is left out of voltage, charge, cells and temperatures; current, power and ampere-hours are then unknown, as the rest is
 * no bound for the whole, however long it lasts. A meter that measures all of them together takes the place of the sums of
 * current and power, and of nothing else. All of it is computed when it is read: a bank has no readings of its own.
 */
export class Bank extends Battery {
  private readonly joint: BankCells;

  /**
   * @param name of the bank within its site
   * @param members in the order in which their cells are shown
   * @param meter of their common current; while it is lost the members are added up
   * @throws RangeError for fewer than two members: one battery is no bank
   */
  constructor(
    name: string,
    readonly members: readonly Battery[],
    readonly meter?: Device,
  ) {
    super(name);
    if (members.length < 2) throw new RangeError(`a bank has two members or more, not ${members.length}`);
    this.joint = new BankCells(members);
  }

  override get changes(): number {
    return this.members.reduce((sum, { changes }) => sum + changes, this.meter?.changes ?? 0);
  }

  override get cells(): Cells {
    return this.joint;
  }

  /** Members that are not lost. */
  presence(now: number): Presence {
    return { present: this.present(now).length, of: this.members.length };
  }

  /** Names of the members that are lost or were never received. */
  lost(now: number): readonly string[] {
    return this.members.filter((member) => !isPresent(member, now)).map(({ name }) => name);
  }

  override quantity(name: BatteryQuantity, now: number): Quantity {
    if (name === 'voltage') return this.voltage(now);
    if (name === 'power') return this.power(now);
    if (name === 'current') return this.measured('current', now) ?? this.summed(name, now);
    if (name === 'stateOfCharge') return chargeOf(this.members, now).soc;
    if (name === 'cellLow') return this.cellLow(now);
    if (name === 'cellHigh') return this.cellHigh(now);
    if (name === 'cellAverage') return this.cellAverage(now);
    const read = (member: Battery): Quantity => member.quantity(name, now);
    const { bank: rule, computed } = batteryQuantities[name];
    if (computed === true) return this.computed(name, now);
    if (rule === 'sum') return this.summed(name, now);
    if (rule !== undefined) return ofKnown(this.members, read, rule === 'greatest' ? greatest : least);
    // Counters, health and the like are the members' own.
    return unknown;
  }

  /** As `quantity`, with the members' current from the group that each of them received last. */
  override youngest(name: BatteryQuantity, now: number): Quantity {
    if (name !== 'current' || this.currentFrom(now) === 'meter') return this.quantity(name, now);
    return ofAll(this.members, (member) => member.youngest(name, now), sum);
  }

  /** What the current is from now; `undefined` while it is unknown. */
  currentFrom(now: number): 'meter' | 'members' | undefined {
    if (this.measured('current', now) !== undefined) return 'meter';
    return this.summed('current', now).value === undefined ? undefined : 'members';
  }

  /** The coarsest of the members'; of a current that the meter tells, the meter's. */
  override resolution(name: BatteryQuantity, now: number): number {
    if (name === 'current' && this.currentFrom(now) === 'meter')
      return this.meter?.resolution(name, now) ?? 0;
    return greatest(this.members.map((member) => member.resolution(name, now)));
  }

  /** V: the mean of the members that are connected: whose discharge switch is on or not known. */
  override voltage(now: number): Quantity {
    return ofKnown(this.connected(now), (member) => member.voltage(now), mean);
  }

  /** W: what the meter tells, or its current times the voltage; without a meter the sum. */
  override power(now: number): Quantity {
    const current = this.measured('current', now);
    if (current === undefined) return ofAll(this.members, (member) => member.power(now), sum);
    const told = this.measured('power', now);
    if (told !== undefined) return told;
    const voltage = this.voltage(now);
    if (current.value === undefined || voltage.value === undefined) return unknown;
    return { ...older(current, voltage), value: current.value * voltage.value + 0 };
  }

  /** Of all cells: each member's mean counts as often as it has cells. */
  override cellAverage(now: number): Quantity {
    const known = this.members.filter((member) => member.cellAverage(now).value !== undefined);
    const counts = known.map(({ cells }) => cells.announced);
    return ofKnown(
      known,
      (member) => member.cellAverage(now),
      (values) => (counts.every((count) => count > 0) ? weighted(values, counts) : mean(values)),
    );
  }

  override cellLow(now: number): Quantity {
    return ofKnown(this.members, (member) => member.cellLow(now), least);
  }

  override cellHigh(now: number): Quantity {
    return ofKnown(this.members, (member) => member.cellHigh(now), greatest);
  }

  /** V: the largest spread within one member. Members differ by their wiring, not by their cells. */
  override cellSpread(now: number): Quantity {
    return ofKnown(this.members, (member) => member.cellSpread(now), greatest);
  }

  /** The lowest cell of all; `undefined` while no cell is known. */
  lowestCell(now: number): BankCell | undefined {
    return this.extremeCell('lowest', now);
  }

  /** The highest cell of all; `undefined` while no cell is known. */
  highestCell(now: number): BankCell | undefined {
    return this.extremeCell('highest', now);
  }

  /** What the state of charge is computed from now; `undefined` while it is unknown. */
  socFrom(now: number): ChargeSource | undefined {
    return chargeOf(this.members, now).from;
  }

  /** %: the charge of the members that are connected, where others are switched off and count in `stateOfCharge`. */
  usableCharge(now: number): Quantity {
    return chargeOf(this.connected(now), now).soc;
  }

  /** Ah: what remains in the members that are connected; unknown unless all of them tell it. */
  usableCapacity(now: number): Quantity {
    return ofAll(this.connected(now), (member) => member.quantity('remainingCapacity', now), sum);
  }

  /** V between the members that are connected; unknown while fewer than two tell it. */
  voltageDifference(now: number): Quantity {
    return difference(this.connected(now), (member) => member.voltage(now));
  }

  /** % between the members; unknown while fewer than two tell it. */
  chargeDifference(now: number): Quantity {
    return difference(this.members, (member) => member.quantity('stateOfCharge', now));
  }

  /** Members that have a switch off, such as 1 of 3; of none where no member tells it. */
  switchedOff(name: 'chargeSwitch' | 'dischargeSwitch', now: number): SwitchedOff {
    return switchedOff(this.members, name, now);
  }

  /** ms: the age of the oldest member that is not lost; with none left, of the one received last. */
  override age(now: number): number {
    const present = this.present(now);
    if (present.length === 0) return least(this.members.map((member) => member.age(now)));
    return greatest(present.map((member) => member.age(now)));
  }

  /** ms since each member was received, by name. */
  override ages(now: number): Readonly<Record<string, number>> {
    return Object.fromEntries(this.members.map((member) => [member.name, member.age(now)]));
  }

  /** Late while a member is late or lost, lost when all are. */
  override freshness(now: number): Freshness {
    const states = this.members.map((member) => mainFreshness(member, now));
    if (states.every((state) => state === 'lost')) return 'lost';
    return states.every((state) => state === 'fresh') ? 'fresh' : 'late';
  }

  /** What the meter tells; `undefined` without one, while it is lost, and with no member left, when the bank is lost too. */
  private measured(name: 'current' | 'power', now: number): Quantity | undefined {
    const quantity = this.meter?.quantity(name, now);
    if (quantity?.value === undefined || this.present(now).length === 0) return undefined;
    return quantity;
  }

  private summed(name: BatteryQuantity, now: number): Quantity {
    return ofAll(this.members, (member) => member.quantity(name, now), sum);
  }

  private present(now: number): readonly Battery[] {
    return this.members.filter((member) => isPresent(member, now));
  }

  private connected(now: number): readonly Battery[] {
    return this.members.filter((member) => member.quantity('dischargeSwitch', now).value !== 0);
  }

  private extremeCell(which: 'lowest' | 'highest', now: number): BankCell | undefined {
    const sign = which === 'lowest' ? -1 : 1;
    let found: BankCell | undefined;
    for (const member of this.members) {
      const volts = (which === 'lowest' ? member.cellLow(now) : member.cellHigh(now)).value;
      if (volts === undefined || (found !== undefined && (volts - found.volts) * sign <= 0)) continue;
      const voltages = member.cells.voltages(now);
      const index = extremesOf(voltages)?.[which];
      const listed = index === undefined ? undefined : voltages[index];
      const same = listed !== undefined && Math.abs(listed - volts) <= cutHundredths;
      found = { member: member.name, number: same && index !== undefined ? index + 1 : undefined, volts };
    }
    return found;
  }
}

/** How many batteries have a switch off, of those that tell it. */
export function switchedOff(
  batteries: readonly Battery[],
  name: 'chargeSwitch' | 'dischargeSwitch',
  now: number,
): SwitchedOff {
  const known = batteries
    .map((battery) => battery.quantity(name, now).value)
    .filter((value) => value !== undefined);
  return { off: known.filter((value) => value === 0).length, of: known.length };
}

import type { Battery } from './battery';
import { maxCells, type CellPlace, type Cells } from './cell-voltages';
import { unknown, worst, type Freshness, type Quantity } from './freshness';

/**
 * The cells of a bank: those of its members side by side, in the order of the members. As of one battery, at most 240 are
 * kept one by one; `average`, `lowest` and `highest` are of all.
 */
export class BankCells implements Cells {
  /** Modules have numbers within one battery only. */
  readonly perModule = undefined;
  readonly modules = 0;

  constructor(private readonly members: readonly Battery[]) {}

  /** Cells that the members announced. */
  get announced(): number {
    return this.members.reduce((sum, { cells }) => sum + cells.announced, 0);
  }

  get count(): number {
    return Math.min(
      maxCells,
      this.members.reduce((sum, { cells }) => sum + cells.count, 0),
    );
  }

  get beyond(): number {
    return this.announced - this.count;
  }

  voltage(index: number, now: number): number | undefined {
    const found = this.find(index);
    return found?.member.cells.voltage(found.index, now);
  }

  place(index: number): CellPlace {
    const found = this.find(index);
    return { member: found?.member.name, number: (found?.index ?? index) + 1 };
  }

  age(index: number, now: number): number {
    const found = this.find(index);
    return found?.member.cells.age(found.index, now) ?? Infinity;
  }

  cellFreshness(index: number, now: number): Freshness {
    const found = this.find(index);
    return found?.member.cells.cellFreshness(found.index, now) ?? 'lost';
  }

  voltages(now: number): (number | undefined)[] {
    return this.members.flatMap(({ cells }) => cells.voltages(now)).slice(0, maxCells);
  }

  freshVoltages(now: number): { readonly voltages: (number | undefined)[]; readonly complete: boolean } {
    const all = this.members.map(({ cells }) => cells.freshVoltages(now));
    return {
      voltages: all.flatMap(({ voltages }) => voltages).slice(0, maxCells),
      complete: all.every(({ complete }) => complete),
    };
  }

  late(now: number): boolean[] {
    return this.members.flatMap(({ cells }) => cells.late(now)).slice(0, maxCells);
  }

  freshness(now: number): Freshness {
    const known = this.members
      .map(({ cells }) => cells.freshness(now))
      .filter((freshness) => freshness !== 'lost');
    return known.length === 0 ? 'lost' : worst(...known);
  }

  average(now: number): Quantity {
    const [sum, count] = this.members.reduce<[number, number]>(
      ([volts, cells], member) => {
        const known = member.cells.voltages(now).filter((voltage) => voltage !== undefined);
        return [volts + known.reduce((a, b) => a + b, 0), cells + known.length];
      },
      [0, 0],
    );
    return count === 0 ? unknown : { ...this.oldest(now), value: sum / count };
  }

  lowest(now: number): Quantity {
    return this.most(now, ({ cells }) => cells.lowest(now).value, Math.min);
  }

  highest(now: number): Quantity {
    return this.most(now, ({ cells }) => cells.highest(now).value, Math.max);
  }

  private most(
    now: number,
    read: (member: Battery) => number | undefined,
    choose: (...values: number[]) => number,
  ): Quantity {
    const known = this.members.map(read).filter((value) => value !== undefined);
    return known.length === 0 ? unknown : { ...this.oldest(now), value: choose(...known) };
  }

  /** How old the oldest cells are that are not lost, and how far all of them may be believed. */
  private oldest(now: number): Omit<Quantity, 'value'> {
    const known = this.members
      .map(({ cells }) => cells.average(now))
      .filter(({ value }) => value !== undefined);
    return { age: Math.max(...known.map(({ age }) => age)), freshness: this.freshness(now) };
  }

  private find(index: number): { readonly member: Battery; readonly index: number } | undefined {
    let rest = index;
    for (const member of this.members) {
      const { count } = member.cells;
      if (rest < count) return { member, index: rest };
      rest -= count;
    }
    return undefined;
  }
}

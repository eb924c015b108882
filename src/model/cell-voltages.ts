import { Arrivals, unknown, worst, type Freshness, type Quantity } from './freshness';
import type { CellReading } from './reading';

/** Cells that come in one message and are as old as each other. */
interface Block {
  readonly first: number;
  volts: readonly (number | undefined)[];
  readonly arrivals: Arrivals;
}

/** Indices (from 0) of the lowest and of the highest cell. */
export interface Extremes {
  readonly lowest: number;
  readonly highest: number;
}

/** The first of the lowest and the first of the highest among cells in V; `undefined` when none is known. */
export function extremesOf(voltages: readonly (number | undefined)[]): Extremes | undefined {
  let lowest = -1;
  let highest = -1;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < voltages.length; i++) {
    const voltage = voltages[i];
    if (voltage === undefined) continue;
    if (voltage < low) [low, lowest] = [voltage, i];
    if (voltage > high) [high, highest] = [voltage, i];
  }
  return lowest < 0 ? undefined : { lowest, highest };
}

/** Cells of one battery that are kept and shown; a battery may announce more, which is said and not shown. */
export const maxCells = 240;

/** Which cell it is. */
export interface CellPlace {
  /** The battery that it belongs to, in a bank; `undefined` in one battery alone. */
  readonly member: string | undefined;
  /** From 1, within its battery. */
  readonly number: number;
}

/** What can be read of the cells of a battery or of a bank. */
export type Cells = Readonly<Omit<CellVoltages, 'apply'>>;

/** The voltages of single cells, in blocks that are received one by one and may be lost one by one. */
export class CellVoltages {
  /** Cells that the battery announced last, 0 before the first message; may exceed what is kept. */
  announced = 0;
  /** Cells in a module that has a number of its own; `undefined` where modules mean nothing. */
  perModule: number | undefined;
  private blocks: Block[] = [];
  /** The block of each cell that is kept. */
  private byCell: (Block | undefined)[] = [];

  /** Cells that are kept, known or not: the announced ones, at most 240. */
  get count(): number {
    return Math.min(maxCells, this.announced);
  }

  /** Cells that the battery has and that are not kept. */
  get beyond(): number {
    return this.announced - this.count;
  }

  /** Modules that are kept, the last one perhaps not whole; 0 where modules mean nothing. */
  get modules(): number {
    return this.perModule === undefined ? 0 : Math.ceil(this.count / this.perModule);
  }

  /**
   * Takes in the cells of one message. True when anything differs from before.
   *
   * @param at when it was received, monotonic ms @param period ms between two of its kind, until the habit is known
   */
  apply(cells: CellReading, at: number, period: number): boolean {
    this.perModule = cells.perModule;
    const resized = cells.total !== this.announced;
    if (resized) this.resize(cells.total);
    if (cells.first >= this.count) return resized;
    const volts = cells.volts.slice(0, this.count - cells.first);
    const known = this.byCell[cells.first];
    if (known?.first === cells.first && known.volts.length === volts.length) {
      known.arrivals.note(at);
      const changed = volts.some((voltage, i) => voltage !== known.volts[i]);
      known.volts = volts;
      return resized || changed;
    }
    const arrivals = new Arrivals(period);
    arrivals.note(at);
    this.put({ first: cells.first, volts, arrivals });
    return true;
  }

  /** V of a cell; `undefined` when it is not known (any more). @param index from 0 */
  voltage(index: number, now: number): number | undefined {
    const block = this.byCell[index];
    return block === undefined || block.arrivals.freshness(now) === 'lost'
      ? undefined
      : block.volts[index - block.first];
  }

  /** Which cell the one at an index (from 0) is. */
  place(index: number): CellPlace {
    return { member: undefined, number: index + 1 };
  }

  /** ms since a cell was received; Infinity when it never was. */
  age(index: number, now: number): number {
    return this.byCell[index]?.arrivals.age(now) ?? Infinity;
  }

  /** How far a cell may be believed; `lost` too when it was never received. */
  cellFreshness(index: number, now: number): Freshness {
    return this.byCell[index]?.arrivals.freshness(now) ?? 'lost';
  }

  /** Every cell's voltage in V, `undefined` where it is not known (any more). */
  voltages(now: number): (number | undefined)[] {
    return this.read(now, (freshness) => freshness !== 'lost');
  }

  /** The same without what is late; `complete` is true when nothing was left out. */
  freshVoltages(now: number): {
    readonly voltages: readonly (number | undefined)[];
    readonly complete: boolean;
  } {
    const voltages = this.read(now, (freshness) => freshness === 'fresh');
    return { voltages, complete: this.states(now).every((state) => state === 'fresh') };
  }

  /** By cell: received, but not lately. */
  late(now: number): boolean[] {
    const late = new Array<boolean>(this.count).fill(false);
    for (const { first, volts, arrivals } of this.blocks)
      if (arrivals.freshness(now) === 'late') late.fill(true, first, first + volts.length);
    return late;
  }

  /** The least believable of the blocks that are not lost; `lost` when all are. */
  freshness(now: number): Freshness {
    const states = this.states(now).filter((state) => state !== 'lost');
    return states.length === 0 ? 'lost' : worst(...states);
  }

  /** V, of the cells that are not lost. @param now monotonic ms */
  average(now: number): Quantity {
    return this.reduce(now, (known) => known.reduce((sum, voltage) => sum + voltage, 0) / known.length);
  }

  /** V of the lowest cell that is not lost. @param now monotonic ms */
  lowest(now: number): Quantity {
    return this.reduce(now, (known) => Math.min(...known));
  }

  /** V of the highest cell that is not lost. @param now monotonic ms */
  highest(now: number): Quantity {
    return this.reduce(now, (known) => Math.max(...known));
  }

  private resize(total: number): void {
    this.announced = total;
    const { count } = this;
    this.blocks = this.blocks.filter(({ first }) => first < count);
    for (const block of this.blocks) block.volts = block.volts.slice(0, count - block.first);
    this.index();
  }

  /** Puts a block where it belongs, in place of those that it covers in part. */
  private put(block: Block): void {
    const end = block.first + block.volts.length;
    this.blocks = this.blocks.filter(
      ({ first, volts }) => first >= end || first + volts.length <= block.first,
    );
    this.blocks.push(block);
    this.index();
  }

  private index(): void {
    this.byCell = new Array<Block | undefined>(this.count).fill(undefined);
    for (const block of this.blocks) this.byCell.fill(block, block.first, block.first + block.volts.length);
  }

  private read(now: number, wanted: (freshness: Freshness) => boolean): (number | undefined)[] {
    const all = new Array<number | undefined>(this.count).fill(undefined);
    for (const { first, volts, arrivals } of this.blocks) {
      if (!wanted(arrivals.freshness(now))) continue;
      for (let i = 0; i < volts.length; i++) all[first + i] = volts[i];
    }
    return all;
  }

  /** Of every block, also of those that were never received. */
  private states(now: number): Freshness[] {
    const states = this.blocks.map(({ arrivals }) => arrivals.freshness(now));
    return this.byCell.includes(undefined) ? [...states, 'lost'] : states;
  }

  private reduce(now: number, compute: (known: readonly number[]) => number): Quantity {
    const known = this.voltages(now).filter((voltage) => voltage !== undefined);
    if (known.length === 0) return unknown;
    let age = 0;
    for (const { arrivals } of this.blocks)
      if (arrivals.freshness(now) !== 'lost') age = Math.max(age, arrivals.age(now));
    return { value: compute(known), age, freshness: this.freshness(now) };
  }
}

import { Arrivals, unknown, worst, type Freshness, type Quantity } from './freshness';
import { cellsPerModule, maxModules, type ModuleVoltages } from './measurement';

interface KnownModule {
  voltages: readonly number[];
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

const nominalPeriod = 1000;

/** The voltages of single cells, in modules of six that are heard one by one and may be lost one by one. */
export class CellVoltages {
  /** Modules that the controller announced last, 0 before the first message; may exceed what is kept. */
  announcedModules = 0;
  private modules: (KnownModule | undefined)[] = [];

  /** Modules that are kept: the announced ones, at most 40. */
  get moduleCount(): number {
    return Math.min(maxModules, this.announcedModules);
  }

  /** Cells that are kept, known or not. */
  get count(): number {
    return this.moduleCount * cellsPerModule;
  }

  /** Cells that the controller has and that are not kept. */
  get beyond(): number {
    return (this.announcedModules - this.moduleCount) * cellsPerModule;
  }

  /** Takes in one module, heard at `now` (monotonic ms). True when anything differs from before. */
  apply(module: ModuleVoltages, now: number): boolean {
    const resized = module.total !== this.announcedModules;
    this.announcedModules = module.total;
    if (this.modules.length > this.moduleCount) this.modules.length = this.moduleCount;
    if (module.index >= this.moduleCount) return resized;
    const known = this.modules[module.index];
    if (known === undefined) {
      const arrivals = new Arrivals(nominalPeriod);
      arrivals.note(now);
      this.modules[module.index] = { voltages: module.voltages, arrivals };
      return true;
    }
    known.arrivals.note(now);
    const changed = module.voltages.some((voltage, i) => voltage !== known.voltages[i]);
    known.voltages = module.voltages;
    return resized || changed;
  }

  /** The six voltages of a module; `undefined` when they are not known (any more). */
  module(index: number, now: number): readonly number[] | undefined {
    const known = index < this.moduleCount ? this.modules[index] : undefined;
    return known === undefined || known.arrivals.freshness(now) === 'lost' ? undefined : known.voltages;
  }

  /** ms since a module was heard; Infinity when it never was. */
  moduleAge(index: number, now: number): number {
    return this.modules[index]?.arrivals.age(now) ?? Infinity;
  }

  /** Every cell's voltage in V, `undefined` where it is not known (any more). */
  voltages(now: number): (number | undefined)[] {
    const all: (number | undefined)[] = [];
    for (let index = 0; index < this.moduleCount; index++) {
      const known = this.module(index, now);
      for (let cell = 0; cell < cellsPerModule; cell++) all.push(known?.[cell]);
    }
    return all;
  }

  /** The same without what is late; `complete` is true when nothing was left out. */
  freshVoltages(now: number): {
    readonly voltages: readonly (number | undefined)[];
    readonly complete: boolean;
  } {
    const states = this.states(now);
    return {
      voltages: this.voltages(now).map((voltage, cell) =>
        states[Math.floor(cell / cellsPerModule)] === 'fresh' ? voltage : undefined,
      ),
      complete: states.every((state) => state === 'fresh'),
    };
  }

  /** How far a module may be believed; `lost` too when it was never heard. */
  moduleFreshness(index: number, now: number): Freshness {
    const known = index < this.moduleCount ? this.modules[index] : undefined;
    return known?.arrivals.freshness(now) ?? 'lost';
  }

  /** The least believable of the modules that are not lost; `lost` when all are. */
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

  private states(now: number): Freshness[] {
    const states: Freshness[] = [];
    for (let index = 0; index < this.moduleCount; index++) {
      states.push(this.moduleFreshness(index, now));
    }
    return states;
  }

  private reduce(now: number, compute: (known: readonly number[]) => number): Quantity {
    const known = this.voltages(now).filter((voltage) => voltage !== undefined);
    if (known.length === 0) return unknown;
    let age = 0;
    for (let index = 0; index < this.moduleCount; index++) {
      if (this.module(index, now) !== undefined) age = Math.max(age, this.moduleAge(index, now));
    }
    return { value: compute(known), age, freshness: this.freshness(now) };
  }
}

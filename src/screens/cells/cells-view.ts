import { extremesOf, type CellPlace } from '../../model/cell-voltages';
import type { Battery } from '../../model/battery';
import { possibleCutoffs } from '../../model/cutoffs';
import { cellWindow, type CellWindow } from '../scales';
import { fixed, signed } from '../format';
import { cellForm } from '../../model/quantities';

/** All that is said about the single cells at one moment. */
export interface CellsView {
  /** V by cell; `undefined` where it is not known (any more). */
  readonly voltages: readonly (number | undefined)[];
  /** By cell: heard, but not lately. */
  readonly late: readonly boolean[];
  readonly lowest: number | undefined;
  readonly highest: number | undefined;
  /** V, of the cells that are known. */
  readonly mean: number | undefined;
  /** Which cell the one at an index is. */
  readonly place: (index: number) => CellPlace;
  /** Of a bank, the first cell of each battery and its name; empty of one battery. */
  readonly starts: readonly number[];
  readonly names: readonly string[];
  /** Cells in a module; `undefined` where modules mean nothing. */
  readonly perModule: number | undefined;
  /** Cells that are not received. */
  readonly unheard: number;
  /** Cells that there are beyond those that are shown. */
  readonly beyond: number;
  /** V per cell, where the controller tells possible ones. */
  readonly lowCutoff: number | undefined;
  readonly highCutoff: number | undefined;
}

/** Reads a battery's cells at `now` (monotonic ms). */
export function cellsView(battery: Battery, now: number): CellsView {
  const { cells } = battery;
  const voltages = cells.voltages(now);
  const extremes = extremesOf(voltages);
  const cutoffs = possibleCutoffs(battery, now);
  const starts = startsOf(voltages.length, (index) => cells.place(index).member);
  return {
    starts,
    names: starts.map((index) => cells.place(index).member ?? ''),
    voltages,
    late: cells.late(now),
    place: (index) => cells.place(index),
    perModule: cells.perModule,
    lowest: extremes?.lowest,
    highest: extremes?.highest,
    mean: cells.average(now).value,
    unheard: voltages.filter((voltage) => voltage === undefined).length,
    beyond: cells.beyond,
    lowCutoff: cutoffs?.low,
    highCutoff: cutoffs?.high,
  };
}

/** Where one battery of a bank ends and the next begins. */
function startsOf(count: number, memberOf: (index: number) => string | undefined): number[] {
  const starts: number[] = [];
  let before: string | undefined;
  for (let index = 0; index < count; index++) {
    const member = memberOf(index);
    if (member !== undefined && member !== before) starts.push(index);
    before = member;
  }
  return starts;
}

/** What the bars of the voltages stand between: both cut-offs where they are known, and every cell in any case. */
export function voltageWindow(view: CellsView, before: CellWindow | undefined): CellWindow {
  const known = view.voltages.filter((voltage) => voltage !== undefined);
  const { lowCutoff, highCutoff } = view;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (lowCutoff === undefined || highCutoff === undefined) return cellWindow(low, high, before);
  const tenth = (value: number, round: (value: number) => number): number =>
    round(Number((value * 10).toFixed(6))) / 10;
  return {
    bottom: Math.max(0, tenth(Math.min(low, lowCutoff) - 0.1, Math.floor)),
    top: tenth(Math.max(high, highCutoff) + 0.1, Math.ceil),
  };
}

const deviationScales = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

/** V up and down from the mean that the bars of the deviations have room for. It gets smaller again only with some reserve. */
export function deviationScale(view: CellsView, before: number | undefined): number {
  const { mean } = view;
  if (mean === undefined) return before ?? 0.05;
  let most = 0;
  for (const voltage of view.voltages)
    if (voltage !== undefined) most = Math.max(most, Math.abs(voltage - mean));
  if (before !== undefined && most <= before && most >= before * 0.3) return before;
  return deviationScales.find((scale) => scale >= most * 1.1) ?? 5;
}

/** What is said of one cell: number, module, voltage and how far it is from the mean. @param cell from 0 */
export function cellReading(view: CellsView, cell: number): string {
  const { perModule } = view;
  const module = perModule === undefined ? '' : ` · module ${Math.floor(cell / perModule) + 1}`;
  const name = `${cellName(view.place(cell), 'Cell')}${module}`;
  const voltage = view.voltages[cell];
  if (voltage === undefined || view.mean === undefined) return `${name} · not heard`;
  const difference = signed((voltage - view.mean) * 1000, 0);
  return `${name} · ${cellVolts(voltage)} · ${difference} mV to the mean${view.late[cell] === true ? ' · old' : ''}`;
}

/** Volts of a cell with their unit, as single cells are told. */
export function cellVolts(volts: number): string {
  return `${fixed(volts, cellForm.glance)} ${cellForm.unit}`;
}

/** How many cells there are, and what is not seen of them. */
export function cellsCount({ voltages, unheard, beyond, perModule }: CellsView): string {
  if (voltages.length === 0) return '';
  const modules = perModule === undefined ? 0 : Math.ceil(voltages.length / perModule);
  const inModules = modules === 0 ? '' : ` in ${modules} module${modules === 1 ? '' : 's'}`;
  const parts = [`${voltages.length} cells${inModules}`];
  if (unheard > 0) parts.push(`${unheard} not heard`);
  if (beyond > 0) parts.push(`+${beyond} cells not shown`);
  return parts.join(' · ');
}

/** A fact's caption: what it is, and which cell has it. */
export function withCell(name: string, cell: CellPlace | undefined): string {
  return cell === undefined ? name : `${name} · ${cellName(cell, 'cell')}`;
}

/** Such as `cell 7`, in a bank `Bow 7`. */
function cellName({ member, number }: CellPlace, word: string): string {
  return `${member ?? word} ${number}`;
}

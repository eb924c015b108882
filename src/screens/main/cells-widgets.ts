import type { Slot } from '../../render/scene';
import { cellBars, type CellBarsProps } from '../../render/widgets/cell-bars';
import type { ReadoutProps } from '../../render/widgets/readout';
import { cellForm, screenUnit } from '../../model/quantities';
import type { Cells } from '../../model/cell-voltages';
import { cellWindow, type CellWindow } from '../scales';
import type { MainParts, MainPen } from './main-pen';
import { captionOf, readoutOf, type MainView } from './main-view';

/** The panel of the cells. */
export interface CellsSlots {
  readonly cellCount: Slot<ReadoutProps>;
  readonly cellAverage: Slot<ReadoutProps>;
  readonly cellWindow: Slot<ReadoutProps>;
  readonly cellLow: Slot<ReadoutProps>;
  readonly cellHigh: Slot<ReadoutProps>;
  readonly cellSpread: Slot<ReadoutProps>;
  readonly cellBars: Slot<CellBarsProps>;
}

/** Puts the widgets of the cells' panel into the scene. */
export function addCells({ scene, layout, panels, palette }: MainParts, pen: MainPen): CellsSlots {
  const { length, type } = layout;
  const { cells } = panels;
  const footBase = cells.low.y + length(18);
  const foot = type('body');
  return {
    cellCount: pen.caption(cells.count, 'left'),
    cellAverage: pen.number(cells.average, 'right', cells.title.y, type('value'), 600, {
      text: screenUnit('cellAverage').unit,
      size: type('body'),
    }),
    cellWindow: pen.number(
      cells.window,
      'left',
      cells.title.y,
      type('small'),
      500,
      undefined,
      palette.tertiary,
    ),
    cellLow: pen.number(
      cells.low,
      'left',
      footBase,
      foot,
      600,
      { text: 'low', size: type('small') },
      palette.warning,
    ),
    cellHigh: pen.number(cells.high, 'center', footBase, foot, 600, { text: 'high', size: type('small') }),
    cellSpread: pen.number(cells.spread, 'right', footBase, foot, 600, {
      text: 'mV apart',
      size: type('small'),
    }),
    cellBars: scene.add(
      cellBars(cells.bars, {
        even: palette.voltage,
        odd: palette.voltageAlternate,
        late: palette.lateFill,
        lowest: palette.warning,
        highest: palette.text,
        missing: palette.panelLine,
        balancing: palette.text,
        ground: palette.panel,
      }),
    ),
  };
}

/**
 * Shows the cells in a window of voltages in which they differ visibly.
 *
 * @param before the window that they stand in so far
 * @param height of the highest bar, pixels
 * @param balancing indices of cells to be marked
 * @returns the window that they stand in now
 */
export function showCells(
  slots: CellsSlots,
  view: MainView,
  { perModule }: Pick<Cells, 'perModule'>,
  height: number,
  before: CellWindow | undefined,
  balancing: readonly number[],
): CellWindow | undefined {
  const known = view.voltages.filter((voltage) => voltage !== undefined);
  slots.cellCount.show(captionOf(view.cellAverage, view.cellCount));
  slots.cellAverage.show(readoutOf(view.cellAverage));
  slots.cellLow.show(readoutOf(view.cellLow));
  slots.cellHigh.show(readoutOf(view.cellHigh));
  slots.cellSpread.show(readoutOf(view.spread));
  if (known.length === 0) {
    slots.cellWindow.show({ text: '', tone: 'fresh' });
    const none = { lowest: undefined, highest: undefined, late: false, perModule: undefined, balancing: [] };
    slots.cellBars.show({ heights: [], ...none });
    return before;
  }
  const window = cellWindow(Math.min(...known), Math.max(...known), before);
  const { bottom, top } = window;
  const [from, to] = [bottom, top].map((voltage) => voltage.toFixed(cellForm.glance));
  slots.cellWindow.show({ text: `${from}–${to}`, tone: 'fresh' });
  slots.cellBars.show({
    heights: view.voltages.map((voltage) =>
      voltage === undefined ? undefined : Math.round(((voltage - bottom) / (top - bottom)) * height),
    ),
    lowest: view.lowest,
    highest: view.highest,
    late: view.cellsLate,
    perModule,
    balancing,
  });
  return window;
}

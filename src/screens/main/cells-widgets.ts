import type { Slot } from '../../render/scene';
import { cellBars, type CellBarsProps } from '../../render/widgets/cell-bars';
import type { ReadoutProps } from '../../render/widgets/readout';
import type { MainParts, MainPen } from './main-pen';
import { screenUnit } from '../../model/quantities';

/** The panel of the cells. */
export interface CellsSlots {
  readonly cellCount: Slot<ReadoutProps>;
  readonly cellAverage: Slot<ReadoutProps>;
  readonly cellTop: Slot<ReadoutProps>;
  readonly cellBottom: Slot<ReadoutProps>;
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
    cellTop: pen.number(
      cells.top,
      'left',
      cells.top.y + length(13),
      type('small'),
      500,
      undefined,
      palette.tertiary,
    ),
    cellBottom: pen.number(
      cells.bottom,
      'left',
      cells.bottom.y + length(16),
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
      }),
    ),
  };
}

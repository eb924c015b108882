import type { Scene, Slot } from '../../render/scene';
import type { TextStyles } from '../../render/text';
import { metrics, type Palette } from '../../render/theme';
import { cellPlot, type CellPlotProps } from '../../render/widgets/cell-plot';
import { cursorFrame, type CursorFrameProps } from '../../render/widgets/cursor-frame';
import type { ReadoutProps } from '../../render/widgets/readout';
import { segments, type SegmentsProps } from '../../render/widgets/segments';
import type { DetailFrame } from '../detail/detail-frame';
import type { CellsLayout } from './cells-layout';
import { cellForm } from '../../model/quantities';
import { cellsWords as words } from '../../words/en/cells';

/** A number and what it is. */
export interface Fact {
  readonly value: Slot<ReadoutProps>;
  readonly caption: Slot<ReadoutProps>;
}

/** Where an end of the scale is written: at the left, or at the right when the number of a cell stands there. */
export interface ScaleEnd {
  readonly left: Slot<ReadoutProps>;
  readonly right: Slot<ReadoutProps>;
}

/** Everything on the cells' screen that changes. */
export interface CellsSlots {
  readonly views: Slot<SegmentsProps>;
  readonly reading: Slot<ReadoutProps>;
  readonly top: ScaleEnd;
  readonly bottom: ScaleEnd;
  readonly plot: Slot<CellPlotProps>;
  readonly cursor: Slot<CursorFrameProps>;
  /** Highest, lowest, mean and spread. */
  readonly facts: readonly [Fact, Fact, Fact, Fact];
}

/** Pixels that the number at an end of the scale may take. */
export function scaleEndWidth({ detail }: CellsLayout): number {
  return detail.length(100);
}

/** Puts the widgets into a scene, lowest first. */
export function addCellsWidgets(
  scene: Scene,
  frame: DetailFrame,
  layout: CellsLayout,
  palette: Palette,
  styles: TextStyles,
): CellsSlots {
  const { detail, bars, strip, reading, views, facts } = layout;
  const { length, type } = detail;
  const addOverlay = frame.addTo(scene, bars);
  const fact = (i: 0 | 1 | 2 | 3, colour = palette.text): Fact => {
    const bounds = facts[i];
    const inner = { ...bounds, x: bounds.x + length(12), width: bounds.width - 2 * length(12) };
    return {
      value: frame.number(scene, {
        bounds: inner,
        align: 'left',
        baseline: bounds.y + Math.round(bounds.height * 0.5),
        size: type('value'),
        unit: { text: cellForm.unit, size: type('body') },
        colour,
      }),
      caption: frame.number(scene, {
        bounds: inner,
        align: 'left',
        baseline: bounds.y + Math.round(bounds.height * 0.86),
        size: type('body'),
        weight: 500,
        colour: palette.secondary,
        tones: { warning: palette.warning },
      }),
    };
  };
  const end = (baseline: number, align: 'left' | 'right'): Slot<ReadoutProps> => {
    const width = scaleEndWidth(layout);
    return frame.number(scene, {
      bounds: { ...bars, x: align === 'left' ? bars.x : bars.x + bars.width - width, width },
      align,
      baseline,
      size: type('small'),
      weight: 500,
      colour: palette.tertiary,
    });
  };
  const scaleEnd = (baseline: number): ScaleEnd => ({
    left: end(baseline, 'left'),
    right: end(baseline, 'right'),
  });
  const slots: CellsSlots = {
    views: scene.add(
      segments({
        bounds: views.row,
        radius: length(metrics.radius),
        texts: [words.voltage, words.deviation, words.temperature],
        taken: {
          fill: palette.pressed,
          style: styles.style(type('body'), 600, palette.text, 'proportional'),
        },
        other: {
          fill: palette.control,
          style: styles.style(type('body'), 500, palette.secondary, 'proportional'),
        },
      }),
    ),
    reading: frame.number(scene, {
      bounds: reading,
      align: 'left',
      baseline: reading.y + Math.round(reading.height * 0.74),
      size: type('unit'),
      tones: { complete: palette.secondary, incomplete: palette.warning },
    }),
    plot: scene.add(
      cellPlot({
        bars,
        strip,
        colours: {
          even: palette.voltage,
          odd: palette.voltageAlternate,
          late: palette.lateFill,
          lowest: palette.warning,
          highest: palette.text,
          missing: palette.track,
          line: palette.text,
          base: palette.tertiary,
          plate: palette.panel,
        },
        lowestStyle: styles.style(type('body'), 600, palette.warning),
        highestStyle: styles.style(type('body'), 600, palette.text),
        lineStyle: styles.style(type('small'), 500, palette.text, 'proportional'),
      }),
    ),
    top: scaleEnd(bars.y - length(6)),
    bottom: scaleEnd(bars.y + bars.height + length(17)),
    cursor: scene.add(cursorFrame(bars, palette.text, 2)),
    facts: [fact(0), fact(1, palette.warning), fact(2), fact(3)],
  };
  addOverlay();
  return slots;
}

import type { Rect } from '../../render/rect';
import type { Scene, Slot } from '../../render/scene';
import type { TextStyles } from '../../render/text';
import { metrics, type Colour, type Palette } from '../../render/theme';
import { cursorFrame, type CursorFrameProps } from '../../render/widgets/cursor-frame';
import { dayBars, type DayBarsProps } from '../../render/widgets/day-bars';
import type { ReadoutProps } from '../../render/widgets/readout';
import { segments, type SegmentsProps } from '../../render/widgets/segments';
import { energyWords as words } from '../../words/en/energy-screen';
import type { CellsLayout } from '../cells/cells-layout';
import type { DetailFrame } from '../detail/detail-frame';

/** Everything on the screen of energies that changes. */
export interface EnergySlots {
  readonly views: Slot<SegmentsProps>;
  readonly reading: Slot<ReadoutProps>;
  readonly scale: Slot<ReadoutProps>;
  readonly bars: Slot<DayBarsProps>;
  readonly cursor: Slot<CursorFrameProps>;
  readonly first: Slot<ReadoutProps>;
  readonly last: Slot<ReadoutProps>;
  readonly into: Slot<ReadoutProps>;
  readonly out: Slot<ReadoutProps>;
  readonly intoBefore: Slot<ReadoutProps>;
  readonly outBefore: Slot<ReadoutProps>;
}

/** Puts the screen's widgets into its scene. @param zero y of the line that bars stand on */
export function addEnergyWidgets(
  scene: Scene,
  frame: DetailFrame,
  layout: CellsLayout,
  palette: Palette,
  styles: TextStyles,
  zero: number,
  isOneWay: boolean,
): EnergySlots {
  const { detail, panel, reading, bars, views, facts } = layout;
  const { length, type } = detail;
  const addFrame = frame.addTo(scene, panel);
  const fact = (bounds: Rect, name: string, colour: Colour): Slot<ReadoutProps> => {
    const inner = { ...bounds, x: bounds.x + length(12), width: bounds.width - 2 * length(12) };
    const caption = frame.number(scene, {
      bounds: inner,
      align: 'left',
      baseline: bounds.y + Math.round(bounds.height * 0.86),
      size: type('body'),
      weight: 500,
      colour: palette.secondary,
    });
    caption.show({ text: name, tone: 'fresh' });
    return frame.number(scene, {
      bounds: inner,
      align: 'left',
      baseline: bounds.y + Math.round(bounds.height * 0.5),
      size: type('value'),
      colour,
    });
  };
  const foot = bars.y + bars.height + Math.round(layout.strip * 0.78);
  const line = (align: 'left' | 'right', baseline: number): Slot<ReadoutProps> =>
    frame.number(scene, {
      bounds: { ...bars, width: bars.width },
      align,
      baseline,
      size: type('small'),
      weight: 500,
      colour: palette.tertiary,
    });
  const word = (weight: 500 | 600, colour: Colour) =>
    styles.style(type('body'), weight, colour, 'proportional');
  const slots: EnergySlots = {
    views: scene.add(
      segments({
        bounds: views.row,
        radius: length(metrics.radius),
        texts: words.lengths,
        taken: { fill: palette.pressed, style: word(600, palette.text) },
        other: { fill: palette.control, style: word(500, palette.secondary) },
      }),
    ),
    reading: frame.number(scene, {
      bounds: reading,
      align: 'left',
      baseline: reading.y + length(27),
      size: type('title'),
    }),
    scale: line('right', reading.y + length(27)),
    bars: scene.add(
      dayBars({
        bounds: bars,
        zero,
        up: isOneWay ? palette.solar : palette.powerOut,
        down: palette.powerIn,
        upBehind: isOneWay ? palette.solarBehind : palette.powerOutBehind,
        downBehind: palette.powerInBehind,
        line: palette.tertiary,
        gapLine: palette.panelLine,
      }),
    ),
    cursor: scene.add(cursorFrame(bars, palette.text, Math.max(2, length(3)))),
    first: line('left', foot),
    last: line('right', foot),
    into: fact(facts[0], words.in, isOneWay ? palette.solar : palette.powerIn),
    out: fact(facts[1], words.out, palette.powerOut),
    intoBefore: fact(facts[2], words.inBefore, palette.text),
    outBefore: fact(facts[3], words.outBefore, palette.text),
  };
  addFrame();
  return slots;
}

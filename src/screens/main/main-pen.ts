import type { Rect } from '../../render/rect';
import type { Scene, Slot } from '../../render/scene';
import type { TextStyles } from '../../render/text';
import type { Colour, Palette, Weight } from '../../render/theme';
import { readout, type ReadoutLook, type ReadoutProps } from '../../render/widgets/readout';
import { figureLine, numberTones } from '../live-number';
import type { MainLayout } from './layout';
import type { Panels } from './panels';

/** What the widgets of the main screen are made with. */
export interface MainParts {
  readonly scene: Scene;
  readonly layout: MainLayout;
  readonly panels: Panels;
  readonly palette: Palette;
  readonly styles: TextStyles;
}

/** Puts what is written on the main screen into its scene. */
export class MainPen {
  constructor(private readonly parts: MainParts) {}

  /** A live number, with a unit where it has one; grey when it is late. */
  number(
    bounds: Rect,
    align: ReadoutLook['align'],
    baseline: number,
    size: number,
    weight: Weight = 600,
    unit?: { readonly text: string; readonly size: number; readonly colour?: Colour },
    fresh: Colour = this.parts.palette.text,
  ): Slot<ReadoutProps> {
    const { scene, palette, styles } = this.parts;
    return scene.add(
      readout({
        bounds: figureLine(bounds, baseline, size),
        align,
        baseline,
        styles: numberTones(styles, size, weight, palette, fresh),
        ...(unit && {
          unit: {
            text: unit.text,
            style: styles.style(unit.size, 500, unit.colour ?? palette.secondary),
            gap: Math.round(unit.size * 0.24),
          },
        }),
      }),
    );
  }

  /** A line of small text: what a number is, or how old it is. */
  caption(bounds: Rect, align: ReadoutLook['align']): Slot<ReadoutProps> {
    const { scene, layout, palette, styles } = this.parts;
    const size = layout.type('small');
    const baseline = bounds.y + Math.round(bounds.height * 0.72);
    const tones = {
      fresh: [styles.style(size, 500, palette.tertiary, 'proportional')],
      late: [styles.style(size, 500, palette.warning, 'proportional')],
    };
    return scene.add(readout({ bounds, align, baseline, styles: tones }));
  }
}

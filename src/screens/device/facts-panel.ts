import type { Rect } from '../../render/rect';
import type { Scene, Slot } from '../../render/scene';
import type { TextStyle, TextStyles } from '../../render/text';
import { typeScale, type Colour, type Palette, type TypeRole } from '../../render/theme';
import { factLine, type FactLineProps } from '../../render/widgets/fact-line';
import type { Fact } from './facts';

/** What the panel takes from the layout of its screen. */
interface Sizes {
  readonly length: (reference: number) => number;
  readonly type: (role: TypeRole) => number;
}

const nothing: FactLineProps = { label: '', text: '', tone: 'fresh' };

/** Facts one below the other, as many as there is room for. */
export class FactsPanel {
  private readonly slots: readonly Slot<FactLineProps>[];

  /** @param most lines that are ever shown: with fewer than there is room for they stand further apart */
  constructor(
    scene: Scene,
    rect: Rect,
    { length, type }: Sizes,
    palette: Palette,
    styles: TextStyles,
    most: number,
  ) {
    const pad = length(12);
    // Small screens have room for larger words than their scale gives them.
    const size = Math.max(type('body'), Math.round(typeScale.body * 0.72));
    const room = rect.height - 2 * length(6);
    const least = Math.round(size * 1.28);
    const count = Math.max(1, Math.min(most, Math.floor(room / least)));
    const pitch = Math.min(Math.floor(room / count), length(40));
    const label = styles.style(size, 500, palette.secondary, 'proportional');
    const value = (colour: Colour): readonly TextStyle[] =>
      [size, size * 0.85].map((each) => styles.style(each, 600, colour, 'proportional'));
    this.slots = Array.from({ length: count }, (_, i) => {
      const y = rect.y + length(6) + i * pitch;
      return scene.add(
        factLine({
          bounds: { x: rect.x + pad, y, width: rect.width - 2 * pad, height: pitch },
          baseline: y + Math.round(pitch / 2 + size * 0.35),
          label,
          value: {
            fresh: value(palette.text),
            late: value(palette.late),
            lost: value(palette.tertiary),
            warning: value(palette.warning),
            alarm: value(palette.alarm),
          },
          gap: length(12),
        }),
      );
    });
  }

  /** Shows as many of them as there is room for, the first first. */
  show(facts: readonly Fact[]): void {
    this.slots.forEach((slot, i) => slot.show(facts[i] ?? nothing));
  }
}

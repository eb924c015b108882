import type { Eased } from '../../render/easing';
import type { Quantity } from '../../model/freshness';
import type { Rect } from '../../render/rect';
import type { Scene, Slot } from '../../render/scene';
import type { TextStyle, TextStyles } from '../../render/text';
import { typeScale, type Colour, type Palette } from '../../render/theme';
import { angleStep, arcGauge, type ArcGaugeProps } from '../../render/widgets/arc-gauge';
import { measure, type MeasureProps } from '../../render/widgets/measure';
import { readout, type ReadoutProps } from '../../render/widgets/readout';
import { sectorBounds } from '../../render/widgets/ring';
import { siteWords } from '../../words/en/site';
import { formatAge, formatWatts } from '../format';
import { figureLine, numberTones } from '../live-number';
import type { DialLayout } from '../main/layout';
import type { Beneath } from './device-page';
import { dialSpan, wattAngle, zeroAngle, type DialWays } from './single-dial';

/** What stands on the dial. */
export interface WattDialView {
  readonly name: string;
  readonly power: Quantity;
  readonly word: string;
  /** Since when it is not received, in words; empty while it is. */
  readonly silence: string;
  readonly beneath: Beneath;
}

interface DialSlots {
  readonly arc: Slot<ArcGaugeProps>;
  readonly name: Slot<ReadoutProps>;
  readonly word: Slot<ReadoutProps>;
  readonly power: Slot<ReadoutProps>;
  readonly unit: Slot<ReadoutProps>;
  readonly beneath: Slot<MeasureProps>;
  readonly caption: Slot<ReadoutProps>;
}

/** A dial with one gauge for watts, which begins at its left end or has its zero at the top. */
export class WattDial {
  private readonly slots: DialSlots;
  private readonly step: number;

  /** @param angle of the needle, kept by the screen: it goes on moving in another picture */
  constructor(
    scene: Scene,
    private readonly dial: DialLayout,
    private readonly ways: DialWays,
    private readonly scale: number,
    private readonly angle: Eased,
    private readonly palette: Palette,
    styles: TextStyles,
  ) {
    this.step = angleStep(dial.ring);
    this.slots = this.add(scene, styles);
  }

  /** Shows the texts. */
  show({ name, power, word, silence, beneath }: WattDialView): void {
    const { slots } = this;
    const { text, unit } = formatWatts(power.value);
    slots.name.show({ text: name, tone: 'fresh' });
    const isLate = power.freshness === 'late';
    const doubt = isLate ? siteWords.old(formatAge(power.age)) : silence;
    slots.word.show(doubt === '' ? { text: word, tone: 'fresh' } : { text: doubt, tone: 'late' });
    slots.power.show({ text, tone: power.freshness });
    slots.unit.show({ text: unit, tone: 'fresh' });
    slots.beneath.show({ text: beneath.text, unit: beneath.unit, tone: beneath.tone });
    slots.caption.show({ text: beneath.caption, tone: 'fresh' });
  }

  /** Moves the needle. Returns true while it is on its way. */
  move({ value, freshness }: Quantity, now: number): boolean {
    const { palette, ways, angle, step } = this;
    angle.aim(value === undefined ? undefined : wattAngle(ways, this.scale, value), now);
    const at = angle.at(now);
    const zero = zeroAngle(ways);
    const to = at === undefined ? undefined : Math.round(at / step) * step;
    const isOut = ways === 'both-ways' && (to ?? zero) < zero;
    const [fill, light] =
      freshness === 'late'
        ? [palette.lateFill, palette.lateLight]
        : ways === 'one-way'
          ? [palette.solar, palette.solarLight]
          : isOut
            ? [palette.powerOut, palette.powerOutLight]
            : [palette.powerIn, palette.powerInLight];
    this.slots.arc.show({ from: zero, to, fill, light });
    return angle.moving(now);
  }

  private add(scene: Scene, styles: TextStyles): DialSlots {
    const { dial, palette } = this;
    const size = (reference: number): number => Math.max(11, reference * dial.unit);
    const y = (offset: number): number => dial.y + Math.round(offset * dial.unit);
    const wide = (half: number): Rect => ({
      x: dial.x - Math.round(half * dial.unit),
      y: 0,
      width: 2 * Math.round(half * dial.unit),
      height: 0,
    });
    const line = (reference: number, offset: number, half: number): { bounds: Rect; baseline: number } => ({
      bounds: figureLine(wide(half), y(offset), size(reference)),
      baseline: y(offset),
    });
    const words = (colour: Colour, weight: 500 | 600 = 600): readonly TextStyle[] =>
      [1, 0.8].map((part) => styles.style(size(typeScale.title) * part, weight, colour, 'proportional'));
    const edge = Math.max(3, 4.5 * dial.unit);
    const bounds = sectorBounds(dial.ring, dialSpan.start, dialSpan.end, edge + 4);
    const text = (offset: number, half: number, tones: Readonly<Record<string, readonly TextStyle[]>>) =>
      scene.add(readout({ ...line(typeScale.title, offset, half), align: 'center', styles: tones }));
    return {
      arc: scene.add(arcGauge(dial.ring, dialSpan, bounds, edge)),
      name: text(-108, 110, { fresh: words(palette.secondary) }),
      word: text(-76, 110, { fresh: words(palette.text), late: words(palette.warning) }),
      power: scene.add(
        readout({
          ...line(typeScale.hero, 25, 122),
          align: 'center',
          styles: numberTones(styles, size(typeScale.hero), 600, palette, palette.text),
        }),
      ),
      unit: scene.add(
        readout({
          ...line(typeScale.unit, 58, 40),
          align: 'center',
          styles: { fresh: [styles.style(size(typeScale.unit), 500, palette.secondary)] },
        }),
      ),
      beneath: scene.add(
        measure({
          ...line(typeScale.current, 118, 110),
          align: 'center',
          styles: numberTones(styles, size(typeScale.current), 600, palette, palette.text),
          unit: styles.style(size(typeScale.unit), 500, palette.secondary),
        }),
      ),
      caption: text(146, 80, { fresh: words(palette.secondary, 500) }),
    };
  }
}

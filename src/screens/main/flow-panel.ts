import type { CanvasRenderingContext2D } from 'canvas';
import type { Freshness } from '../../model/freshness';
import type { SiteFlow, SiteFlows } from '../../model/site-flows';
import type { Rect } from '../../render/rect';
import type { Slot } from '../../render/scene';
import type { Colour } from '../../render/theme';
import { flowArrow, type FlowArrowProps } from '../../render/widgets/flow-arrow';
import { measure, type MeasureProps } from '../../render/widgets/measure';
import { readout, type ReadoutProps } from '../../render/widgets/readout';
import { siteWords as words } from '../../words/en/site';
import { formatAge, formatEnergy, formatWatts, missing } from '../format';
import { figureLine, numberTones } from '../live-number';
import type { MainParts } from './main-pen';

/** One end of what flows. */
interface FlowSlots {
  readonly power: Slot<MeasureProps>;
  readonly today: Slot<ReadoutProps>;
  readonly arrow: Slot<FlowArrowProps>;
}

type End = 'solar' | 'loads';

interface FlowPlaces {
  readonly caption: { readonly x: number; readonly y: number };
  readonly align: 'left' | 'right';
  readonly power: Rect;
  readonly baseline: number;
  readonly today: Rect;
  readonly todayAlign: 'left' | 'right';
  readonly todayBaseline: number;
  readonly arrow: Rect;
}

/** Which ends there are. */
export type FlowEnds = readonly End[];

/** The ends that are measured, the sun first. */
export function flowEnds(flows: SiteFlows | undefined): FlowEnds {
  return (['solar', 'loads'] as const).filter((end) => flows?.[end] !== undefined);
}

function places(rect: Rect, end: End, ends: FlowEnds, length: (reference: number) => number): FlowPlaces {
  const alone = ends.length === 1;
  const tall = length(alone ? 80 : 120);
  const top = rect.y + Math.round((rect.height - tall) / 2);
  const [left, right] = [rect.x + length(18), rect.x + rect.width - length(18)];
  const middle = rect.x + Math.round(rect.width / 2);
  const align = end === 'solar' ? 'left' : 'right';
  const half = { y: top, height: tall, width: middle - length(28) - left };
  const [first, second] = [
    { ...half, x: left },
    { ...half, x: right - half.width },
  ];
  const [own, other] = end === 'solar' ? [first, second] : [second, first];
  const baseline = top + length(67);
  const arrow = { width: length(14), height: length(18), y: baseline - length(24) };
  return {
    caption: { x: end === 'solar' ? left : right, y: top + length(26) },
    align,
    power: own,
    baseline,
    // Alone it has the other half for its energy.
    today: alone ? other : own,
    todayAlign: alone === (align === 'right') ? 'left' : 'right',
    todayBaseline: alone ? baseline : top + length(102),
    arrow: {
      ...arrow,
      x: alone ? middle - length(7) : end === 'solar' ? middle - length(22) : middle + length(8),
    },
  };
}

/** What the sun gives and the loads take, now and today, with arrows that point the way it flows. */
export class FlowPanel {
  private readonly slots: Partial<Record<End, FlowSlots>>;

  constructor(
    private readonly parts: MainParts,
    rect: Rect,
    ends: FlowEnds,
  ) {
    this.slots = Object.fromEntries(
      ends.map((end) => [end, this.add(places(rect, end, ends, parts.layout.length), end)]),
    );
  }

  /** Names the ends, once. */
  static paintBase(
    context: CanvasRenderingContext2D,
    { layout, palette, styles }: Omit<MainParts, 'scene'>,
    rect: Rect,
    ends: FlowEnds,
  ): void {
    const style = styles.style(layout.type('body'), 500, palette.secondary);
    for (const end of ends) {
      const { caption, align } = places(rect, end, ends, layout.length);
      style.write(context, words[end], caption.x, caption.y, align);
    }
  }

  /** Shows them at one moment. */
  show(flows: SiteFlows | undefined): void {
    for (const end of ['solar', 'loads'] as const) {
      const slots = this.slots[end];
      if (slots !== undefined) this.showEnd(slots, end, flows?.[end]);
    }
  }

  private showEnd(slots: FlowSlots, end: End, flow: SiteFlow | undefined): void {
    const { palette } = this.parts;
    const { power, today } = flow ?? {};
    const { value, freshness = 'lost', age = Infinity } = power ?? {};
    const { text, unit } = formatWatts(value);
    slots.power.show({ text, unit, tone: freshness });
    slots.today.show(todayOf(today, freshness, age));
    const colour =
      freshness === 'fresh' ? (end === 'solar' ? palette.solar : palette.secondary) : palette.lateFill;
    const rounded = Math.round(value ?? 0);
    slots.arrow.show({ way: rounded > 0 ? 1 : rounded < 0 ? -1 : 0, colour });
  }

  private add(place: FlowPlaces, end: End): FlowSlots {
    const { scene, layout, palette, styles } = this.parts;
    const { type } = layout;
    const { align, baseline } = place;
    const fresh = end === 'solar' ? palette.solar : palette.text;
    const words = (colour: Colour) => [
      styles.style(type('body'), 500, colour, 'proportional'),
      styles.style(type('small'), 500, colour, 'proportional'),
    ];
    return {
      power: scene.add(
        measure({
          bounds: figureLine(place.power, baseline, type('current')),
          align,
          baseline,
          styles: numberTones(styles, type('current'), 600, palette, fresh),
          unit: styles.style(type('unit'), 500, palette.secondary),
        }),
      ),
      today: scene.add(
        readout({
          bounds: figureLine(place.today, place.todayBaseline, type('body')),
          align: place.todayAlign,
          baseline: place.todayBaseline,
          styles: { fresh: words(palette.secondary), late: words(palette.warning) },
        }),
      ),
      arrow: scene.add(flowArrow(place.arrow)),
    };
  }
}

/** The energy of today, or how old the power above it is. */
function todayOf(today: number | undefined, freshness: Freshness, age: number): ReadoutProps {
  if (freshness === 'late') return { text: words.old(formatAge(age)), tone: 'late' };
  const energy = today === undefined ? missing : formatEnergy(Math.max(0, today) / 1000);
  return { text: `${energy} kWh ${words.today}`, tone: 'fresh' };
}

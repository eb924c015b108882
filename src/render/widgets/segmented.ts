import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { traceRounded } from './shapes';

/** Which of the choices is taken; -1 is none. */
export interface SegmentedProps {
  readonly selected: number;
  /** The one that was taken before; -1 where nothing was changed. */
  readonly before: number;
}

/** How a row of choices is set. */
export interface SegmentedLook {
  readonly bounds: Rect;
  readonly radius: number;
  readonly labels: readonly string[];
  readonly ground: Colour;
  readonly fill: Colour;
  readonly mark: Colour;
  /** Largest first. */
  readonly chosen: readonly TextStyle[];
  readonly others: readonly TextStyle[];
}

/** The places of the choices: they share the width without a gap. */
export function segments({ bounds, labels }: Pick<SegmentedLook, 'bounds' | 'labels'>): Rect[] {
  const edge = (i: number): number => bounds.x + Math.round((bounds.width * i) / labels.length);
  return labels.map((_, i) => ({ ...bounds, x: edge(i), width: edge(i + 1) - edge(i) }));
}

/** A few choices side by side, of which one is taken; a line stands under the one that was before. */
export function segmented(look: SegmentedLook): Widget<SegmentedProps> {
  const { bounds, labels, radius } = look;
  const places = segments(look);
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { selected, before }) {
      traceRounded(context, bounds, radius);
      context.fillStyle = look.ground;
      context.fill();
      places.forEach((place, i) => {
        const styles = i === selected ? look.chosen : look.others;
        if (i === selected) {
          traceRounded(context, place, radius, -3);
          context.fillStyle = look.fill;
          context.fill();
        }
        const room = place.width - 10;
        const text = labels[i] ?? '';
        const style = styles.find((candidate) => candidate.fits(text, room)) ?? styles.at(-1);
        const x = place.x + place.width / 2;
        const baseline = place.y + place.height / 2 + (style?.size ?? 0) * 0.35;
        style?.draw(context, style.fit(text, room), x, baseline, 'center');
        if (i === before) {
          context.fillStyle = look.mark;
          const width = Math.round(Math.min(place.width * 0.4, 40));
          context.fillRect(Math.round(x - width / 2), place.y + place.height - 9, width, 3);
        }
      });
    },
  };
}

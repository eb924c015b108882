import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';

/** A value and a few words behind it; either may be empty. */
export interface ValueLineProps {
  readonly value: string;
  readonly aside: string;
  /** Which of the styles the words are written in. */
  readonly tone: string;
}

/** How the line is set. */
export interface ValueLineLook {
  readonly bounds: Rect;
  readonly baseline: number;
  /** Largest first. */
  readonly value: readonly TextStyle[];
  /** By tone, largest first. */
  readonly aside: Readonly<Record<string, readonly TextStyle[]>>;
  readonly gap: number;
}

/** A value with what is to be said about it, in one line; what is too long is cut. */
export function valueLine(look: ValueLineLook): Widget<ValueLineProps> {
  const { bounds, baseline, gap } = look;
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { value, aside, tone }) {
      const style = fitting(look.value, value, bounds.width);
      style?.draw(context, style.fit(value, bounds.width), bounds.x, baseline);
      const used = value === '' ? 0 : Math.ceil(style?.measure(value) ?? 0) + gap;
      const room = bounds.width - used;
      const second = fitting(look.aside[tone] ?? [], aside, room);
      if (aside !== '' && room > gap)
        second?.draw(context, second.fit(aside, room), bounds.x + used, baseline);
    },
  };
}

function fitting(styles: readonly TextStyle[], text: string, room: number): TextStyle | undefined {
  return styles.find((style) => style.measure(text) <= room) ?? styles.at(-1);
}

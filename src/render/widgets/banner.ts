import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { paintPanel, paintWarningSign, traceRounded } from './shapes';

/** Two lines that need reading; an empty title shows nothing. */
export interface BannerProps {
  readonly title: string;
  readonly detail: string;
}

/** How a banner is set. */
export interface BannerLook {
  readonly bounds: Rect;
  readonly radius: number;
  readonly fill: Colour;
  readonly accent: Colour;
  /** Largest first. A title that is too long even for the smallest takes the detail's place too. */
  readonly title: readonly [TextStyle, ...TextStyle[]];
  readonly detail: TextStyle;
  /** What looks like a button at the right end, where touching the banner does something. */
  readonly button?: {
    readonly text: string;
    readonly style: TextStyle;
    readonly fill: Colour;
    readonly width: number;
  };
}

/** A notice with a warning sign, so that its meaning does not hang on its colour. */
export function banner(look: BannerLook): Widget<BannerProps> {
  const { bounds } = look;
  return {
    bounds,
    atoms: ({ title }) => (title === '' ? [] : [bounds]),
    paint(context, props) {
      if (props.title === '') return;
      context.save();
      context.beginPath();
      context.rect(bounds.x, bounds.y, bounds.width, bounds.height);
      context.clip();
      paintPanel(context, bounds, look.radius, look.fill, look.accent);
      const size = Math.min(bounds.height * 0.62, look.title[0].size * 1.7);
      const x = bounds.x + bounds.height * 0.22;
      paintWarningSign(context, x, bounds.y + (bounds.height - size) / 2, size, look.accent, look.fill);
      const left = x + size + bounds.height * 0.24;
      const room = bounds.x + bounds.width - bounds.height * 0.2 - left - paintButton(context, look);
      const tallest = bounds.height * 0.88 - (props.detail === '' ? 0 : look.detail.size * 1.15);
      const { style, lines } = setTitle(look.title, props.title, room, tallest);
      const second = lines[1] === undefined ? look.detail : style;
      const below = lines[1] ?? look.detail.fit(props.detail, room);
      if (below === '') {
        style.draw(context, lines[0], left, bounds.y + bounds.height / 2 + style.size * 0.35);
      } else {
        const block = style.size + second.size * 1.15;
        const first = bounds.y + (bounds.height - block) / 2 + style.size * 0.82;
        style.draw(context, lines[0], left, first);
        second.draw(context, below, left, first + second.size * 1.2);
      }
      context.restore();
    },
  };
}

/** Returns the width that it takes. */
function paintButton(context: CanvasRenderingContext2D, { bounds, radius, button }: BannerLook): number {
  if (button === undefined) return 0;
  const inset = Math.round(bounds.height * 0.12);
  const rect: Rect = {
    x: bounds.x + bounds.width - inset - button.width,
    y: bounds.y + inset,
    width: button.width,
    height: bounds.height - 2 * inset,
  };
  traceRounded(context, rect, radius * 0.7);
  context.fillStyle = button.fill;
  context.fill();
  const baseline = rect.y + rect.height / 2 + button.style.size * 0.35;
  button.style.draw(context, button.text, rect.x + rect.width / 2, baseline, 'center');
  return inset + button.width;
}

/**
 * The title in the largest size in which it fits on one line, or on two lines in the smallest, or as much of it as fits there.
 *
 * @param room width for it, pixels
 * @param tallest size that leaves the detail its place, pixels; the smallest is taken where none does
 */
function setTitle(
  styles: BannerLook['title'],
  title: string,
  room: number,
  tallest: number,
): { readonly style: TextStyle; readonly lines: readonly [string, string?] } {
  const fitting = styles.filter((style) => style.fits(title, room));
  const chosen = fitting.find((style) => style.size <= tallest) ?? fitting.at(-1);
  if (chosen !== undefined) return { style: chosen, lines: [title] };
  const style = styles.at(-1) ?? styles[0];
  const words = title.split(' ');
  const head = (count: number): string => words.slice(0, count).join(' ');
  let count = 1;
  while (count < words.length && style.fits(head(count + 1), room)) count++;
  return { style, lines: [style.fit(head(count), room), style.fit(words.slice(count).join(' '), room)] };
}

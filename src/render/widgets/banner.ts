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
  /** The largest first: a title too long for one is written in the next. */
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
      const style =
        look.title.find((candidate) => candidate.fit(props.title, room) === props.title) ?? smallest(look);
      const title = style.fit(props.title, room);
      const detail = look.detail.fit(props.detail, room);
      if (detail === '') {
        style.draw(context, title, left, bounds.y + bounds.height / 2 + style.size * 0.35);
      } else {
        const block = style.size + look.detail.size * 1.15;
        const first = bounds.y + (bounds.height - block) / 2 + style.size * 0.82;
        style.draw(context, title, left, first);
        look.detail.draw(context, detail, left, first + look.detail.size * 1.2);
      }
      context.restore();
    },
  };
}

function smallest({ title }: BannerLook): TextStyle {
  return title.at(-1) ?? title[0];
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

import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { paintPanel, traceRounded } from './shapes';

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
  readonly title: TextStyle;
  readonly detail: TextStyle;
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
      const size = Math.min(bounds.height * 0.62, look.title.size * 1.7);
      const x = bounds.x + bounds.height * 0.22;
      const y = bounds.y + (bounds.height - size) / 2;
      context.beginPath();
      context.moveTo(x + size / 2, y + size * 0.04);
      context.lineTo(x + size, y + size * 0.94);
      context.lineTo(x, y + size * 0.94);
      context.closePath();
      context.lineJoin = 'round';
      context.lineWidth = size * 0.1;
      context.strokeStyle = look.accent;
      context.fillStyle = look.accent;
      context.stroke();
      context.fill();
      context.fillStyle = look.fill;
      traceRounded(
        context,
        { x: x + size * 0.45, y: y + size * 0.34, width: size * 0.1, height: size * 0.32 },
        size * 0.05,
      );
      context.fill();
      context.beginPath();
      context.arc(x + size / 2, y + size * 0.79, size * 0.06, 0, 2 * Math.PI);
      context.fill();
      const left = x + size + bounds.height * 0.24;
      const room = bounds.x + bounds.width - bounds.height * 0.2 - left;
      const title = look.title.fit(props.title, room);
      const detail = look.detail.fit(props.detail, room);
      if (detail === '') {
        look.title.draw(context, title, left, bounds.y + bounds.height / 2 + look.title.size * 0.35);
      } else {
        const block = look.title.size + look.detail.size * 1.15;
        const first = bounds.y + (bounds.height - block) / 2 + look.title.size * 0.82;
        look.title.draw(context, title, left, first);
        look.detail.draw(context, detail, left, first + look.detail.size * 1.2);
      }
      context.restore();
    },
  };
}

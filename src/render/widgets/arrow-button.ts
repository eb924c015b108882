import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { traceRounded } from './shapes';

/** A button may have nothing to do just now. */
export interface ArrowButtonProps {
  readonly enabled: boolean;
}

/** How an arrow button is set. */
export interface ArrowButtonLook {
  readonly bounds: Rect;
  readonly radius: number;
  readonly to: 'left' | 'right';
  readonly text: string;
  readonly fill: Colour;
  readonly enabled: TextStyle;
  readonly disabled: TextStyle;
}

/** A button with an arrow and a word; without its ground when it has nothing to do. */
export function arrowButton(look: ArrowButtonLook): Widget<ArrowButtonProps> {
  const { bounds, to } = look;
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { enabled }) {
      const style = enabled ? look.enabled : look.disabled;
      if (enabled) {
        traceRounded(context, bounds, look.radius);
        context.fillStyle = look.fill;
        context.fill();
      }
      const size = Math.round(style.size * 0.9);
      const gap = Math.round(style.size * 0.6);
      const width = size / 2 + gap + style.width(look.text);
      const left = bounds.x + (bounds.width - width) / 2;
      const middle = bounds.y + bounds.height / 2;
      const arrowX = to === 'left' ? left : left + width - size / 2;
      paintChevron(
        context,
        { x: arrowX, y: middle - size / 2, width: size / 2, height: size },
        to,
        style.colour,
      );
      const textX = to === 'left' ? left + size / 2 + gap : left;
      style.draw(context, look.text, textX, middle + style.size * 0.35);
    },
  };
}

/** The tip of an arrow, as wide and as high as `rect`. */
export function paintChevron(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  to: 'left' | 'right',
  colour: Colour,
): void {
  const [tip, ends] = to === 'left' ? [x, x + width] : [x + width, x];
  context.save();
  context.beginPath();
  context.moveTo(ends, y);
  context.lineTo(tip, y + height / 2);
  context.lineTo(ends, y + height);
  context.strokeStyle = colour;
  context.lineWidth = Math.max(2, height / 6);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke();
  context.restore();
}

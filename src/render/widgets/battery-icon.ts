import type { CanvasRenderingContext2D } from 'canvas';
import { enclosing, inset, type Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';
import { traceRounded } from './shapes';

/** How full the small battery is. */
export interface BatteryFillProps {
  /** 0..1; `undefined` leaves it empty. */
  readonly level: number | undefined;
  readonly fill: Colour;
}

/** The static outline of the small battery: body and nose. */
export function paintBatteryOutline(context: CanvasRenderingContext2D, rect: Rect, colour: Colour): void {
  const nose = Math.round(rect.width * 0.06);
  const body = { ...rect, width: rect.width - nose - 2 };
  const line = Math.max(2, Math.round(rect.height / 20));
  traceRounded(context, inset(body, line / 2), rect.height * 0.16);
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.stroke();
  const height = Math.round(rect.height * 0.4);
  traceRounded(
    context,
    {
      x: rect.x + rect.width - nose,
      y: rect.y + Math.round((rect.height - height) / 2),
      width: nose,
      height,
    },
    nose / 2,
  );
  context.fillStyle = colour;
  context.fill();
}

/** The fill inside that outline. */
export function batteryFill(rect: Rect): Widget<BatteryFillProps> {
  const nose = Math.round(rect.width * 0.06);
  const line = Math.max(2, Math.round(rect.height / 20));
  const inside = inset({ ...rect, width: rect.width - nose - 2 }, line * 2);
  return {
    bounds: enclosing(inside.x, inside.y, inside.x + inside.width, inside.y + inside.height),
    paint(context, props) {
      if (props.level === undefined) return;
      const level = Math.min(1, Math.max(0, props.level));
      const width = Math.round(inside.width * level);
      if (width <= 0) return;
      traceRounded(context, { ...inside, width }, rect.height * 0.08);
      context.fillStyle = props.fill;
      context.fill();
    },
  };
}

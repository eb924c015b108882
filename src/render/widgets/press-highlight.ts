import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../rect';
import type { Widget } from '../scene';

/** The target under the finger; a width of 0 shows nothing. */
export interface PressHighlightProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** No target under any finger. */
export const nothingPressed: PressHighlightProps = { x: 0, y: 0, width: 0, height: 0 };

/** Lights the touched target up, so that a finger sees that it was felt. */
export function pressHighlight(bounds: Rect, radius: number): Widget<PressHighlightProps> {
  const area = (props: PressHighlightProps): Rect => ({
    x: props.x,
    y: props.y,
    width: props.width,
    height: props.height,
  });
  return {
    bounds,
    atoms: (props) => (props.width === 0 ? [] : corners(area(props), Math.ceil(radius) + 1)),
    damage: (before, after) => [area(before), area(after)],
    paint(context, props) {
      if (props.width === 0) return;
      traceCut(context, area(props), radius);
      context.fillStyle = 'rgba(120, 180, 255, 0.16)';
      context.fill();
      context.strokeStyle = 'rgba(120, 180, 255, 0.7)';
      context.lineWidth = 1.5;
      context.stroke();
    },
  };
}

/** A rectangle with corners rounded by short straight lines, for it is painted in parts when something changes beneath it. */
function traceCut(context: CanvasRenderingContext2D, rect: Rect, radius: number): void {
  const near = radius * 0.29;
  const [left, top] = [rect.x + 0.75, rect.y + 0.75];
  const [right, bottom] = [rect.x + rect.width - 0.75, rect.y + rect.height - 0.75];
  const points: readonly (readonly [number, number])[] = [
    [left, top + radius],
    [left + near, top + near],
    [left + radius, top],
    [right - radius, top],
    [right - near, top + near],
    [right, top + radius],
    [right, bottom - radius],
    [right - near, bottom - near],
    [right - radius, bottom],
    [left + radius, bottom],
    [left + near, bottom - near],
    [left, bottom - radius],
  ];
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.closePath();
}

/** The four corners of a rectangle, as squares. */
function corners({ x, y, width, height }: Rect, size: number): Rect[] {
  const square = { width: Math.min(size, width), height: Math.min(size, height) };
  const [right, bottom] = [x + width - square.width, y + height - square.height];
  return [
    { x, y, ...square },
    { x: right, y, ...square },
    { x, y: bottom, ...square },
    { x: right, y: bottom, ...square },
  ];
}

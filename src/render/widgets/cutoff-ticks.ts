import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';
import { sectorBounds, traceCrossing, type Ring } from './ring';

/** The two white marks of a voltage gauge; `undefined` where a limit is not known. */
export interface CutoffTicksProps {
  /** Radians clockwise from the right. */
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** Marks across the ring, with an arrow head outside it so that they are not taken for the gauge's own end. */
export function cutoffTicks(
  ring: Ring,
  bounds: Rect,
  thick: number,
  colour: Colour,
): Widget<CutoffTicksProps> {
  return {
    bounds,
    atoms: ({ low, high }) =>
      [low, high].flatMap((angle) =>
        angle === undefined ? [] : [sectorBounds(ring, angle, angle, thick * 4)],
      ),
    paint(context, props) {
      context.fillStyle = colour;
      for (const angle of [props.low, props.high]) {
        if (angle === undefined) continue;
        traceCrossing(context, ring, angle, thick, { inner: thick * 1.6, outer: thick });
        context.fill();
        const tip = ring.outer + thick * 0.5;
        const back = ring.outer + thick * 3;
        const spread = (thick * 1.3) / back;
        context.beginPath();
        context.moveTo(ring.x + Math.cos(angle) * tip, ring.y + Math.sin(angle) * tip);
        context.lineTo(ring.x + Math.cos(angle - spread) * back, ring.y + Math.sin(angle - spread) * back);
        context.lineTo(ring.x + Math.cos(angle + spread) * back, ring.y + Math.sin(angle + spread) * back);
        context.closePath();
        context.fill();
      }
    },
  };
}

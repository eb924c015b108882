import type { CanvasRenderingContext2D } from 'canvas';
import { intersection, type Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';
import { sectorBounds, traceCrossing, traceSector, type Ring } from './ring';

/** A filled part of a ring, with a bright edge at its moving end. */
export interface ArcGaugeProps {
  /** Where the fill begins, radians clockwise from the right. */
  readonly from: number;
  /** Where it ends; `undefined` leaves the ring empty. */
  readonly to: number | undefined;
  readonly fill: Colour;
  readonly light: Colour;
}

/** The smallest turn that moves a pixel at the rim; smaller ones are not worth a repaint. */
export function angleStep(ring: Ring): number {
  return 0.25 / ring.outer;
}

/** A gauge along a ring. A moved end repaints only the sector between the old end and the new one. */
export function arcGauge(ring: Ring, bounds: Rect, edge: number): Widget<ArcGaugeProps> {
  const margin = edge + 3;
  return {
    bounds,
    paint(context, props) {
      if (props.to === undefined) return;
      paintFill(context, ring, props.from, props.to, props, edge);
    },
    damage(before, after) {
      if (before.to === undefined || after.to === undefined) return [bounds];
      if (before.from !== after.from || before.fill !== after.fill || before.light !== after.light) return [bounds];
      return [intersection(bounds, sectorBounds(ring, before.to, after.to, margin))];
    },
  };
}

function paintFill(
  context: CanvasRenderingContext2D,
  ring: Ring,
  from: number,
  to: number,
  colours: { readonly fill: Colour; readonly light: Colour },
  edge: number,
): void {
  traceSector(context, ring, from, to);
  context.fillStyle = colours.fill;
  context.fill();
  const brim = Math.max(2, (ring.outer - ring.inner) * 0.12);
  traceSector(context, { ...ring, inner: ring.outer - brim }, from, to);
  context.fillStyle = colours.light;
  context.fill();
  traceCrossing(context, ring, to, edge, { inner: edge * 0.7, outer: edge * 0.7 });
  context.fillStyle = '#ffffff';
  context.fill();
}

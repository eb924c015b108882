import { createCanvas, type Canvas, type CanvasRenderingContext2D } from 'canvas';
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

/** The part of a ring that a gauge can fill, in radians clockwise from the right. */
export interface GaugeSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * A gauge along a ring. A moved end repaints only the sector between the old end and the new one. What it is filled with is
 * a picture of the whole gauge, cut by straight lines: curves painted in parts come out a shade different along the seams.
 */
export function arcGauge(ring: Ring, span: GaugeSpan, bounds: Rect, edge: number): Widget<ArcGaugeProps> {
  const margin = edge + 3;
  const pictures = new Map<string, Canvas>();
  const picture = (fill: Colour, light: Colour): Canvas => {
    const key = `${fill} ${light}`;
    let made = pictures.get(key);
    if (made === undefined) {
      made = paintWhole(ring, span, bounds, fill, light);
      pictures.set(key, made);
    }
    return made;
  };
  return {
    bounds,
    paint(context, { from, to, fill, light }) {
      if (to === undefined) return;
      if (from !== to) {
        context.save();
        context.translate(bounds.x, bounds.y);
        context.fillStyle = context.createPattern(picture(fill, light), 'no-repeat');
        traceWedge(context, ring, bounds, from === span.start ? from - 0.05 : from, to);
        context.fill();
        context.restore();
      }
      traceCrossing(context, ring, to, edge, { inner: edge * 0.7, outer: edge * 0.7 });
      context.fillStyle = '#ffffff';
      context.fill();
    },
    atoms: ({ to }) => (to === undefined ? [] : [sectorBounds(ring, to, to, margin)]),
    damage(before, after) {
      if (before.to === undefined || after.to === undefined) return [bounds];
      if (before.from !== after.from || before.fill !== after.fill || before.light !== after.light)
        return [bounds];
      return [intersection(bounds, sectorBounds(ring, before.to, after.to, margin))];
    },
  };
}

/** The gauge filled from end to end, on nothing. */
function paintWhole(
  ring: Ring,
  { start, end }: GaugeSpan,
  bounds: Rect,
  fill: Colour,
  light: Colour,
): Canvas {
  const canvas = createCanvas(bounds.width, bounds.height);
  const context = canvas.getContext('2d');
  context.translate(-bounds.x, -bounds.y);
  traceSector(context, ring, start, end);
  context.fillStyle = fill;
  context.fill();
  const brim = Math.max(2, (ring.outer - ring.inner) * 0.12);
  traceSector(context, { ...ring, inner: ring.outer - brim }, start, end);
  context.fillStyle = light;
  context.fill();
  return canvas;
}

/** Traces a wedge from the ring's middle that covers the ring between two angles, in straight lines and beyond its rim. */
function traceWedge(
  context: CanvasRenderingContext2D,
  ring: Ring,
  bounds: Rect,
  from: number,
  to: number,
): void {
  const x = ring.x - bounds.x;
  const y = ring.y - bounds.y;
  const reach = ring.outer * 2;
  // A chord must not cut the ring.
  const parts = Math.max(2, Math.ceil(Math.abs(to - from) / 1.2));
  context.beginPath();
  context.moveTo(x, y);
  for (let part = 0; part <= parts; part++) {
    const angle = from + ((to - from) * part) / parts;
    context.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  }
  context.closePath();
}

import type { CanvasRenderingContext2D } from 'canvas';
import { enclosing, type Rect } from '../rect';

/** A ring around a point, in pixels. */
export interface Ring {
  readonly x: number;
  readonly y: number;
  readonly inner: number;
  readonly outer: number;
}

/** Traces the part of a ring between two angles (radians, clockwise from the right). */
export function traceSector(context: CanvasRenderingContext2D, ring: Ring, from: number, to: number): void {
  const [start, end] = from <= to ? [from, to] : [to, from];
  context.beginPath();
  context.arc(ring.x, ring.y, ring.outer, start, end);
  context.arc(ring.x, ring.y, ring.inner, end, start, true);
  context.closePath();
}

/** Traces a bar that crosses the ring at an angle, `thick` pixels wide, reaching `over` pixels beyond both edges. */
export function traceCrossing(
  context: CanvasRenderingContext2D,
  ring: Ring,
  angle: number,
  thick: number,
  over: { readonly inner: number; readonly outer: number },
): void {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const half = thick / 2;
  const inner = ring.inner - over.inner;
  const outer = ring.outer + over.outer;
  context.beginPath();
  context.moveTo(ring.x + cos * inner - sin * half, ring.y + sin * inner + cos * half);
  context.lineTo(ring.x + cos * outer - sin * half, ring.y + sin * outer + cos * half);
  context.lineTo(ring.x + cos * outer + sin * half, ring.y + sin * outer - cos * half);
  context.lineTo(ring.x + cos * inner + sin * half, ring.y + sin * inner - cos * half);
  context.closePath();
}

/** The pixels that a sector can touch, with `margin` pixels around it. */
export function sectorBounds(ring: Ring, from: number, to: number, margin: number): Rect {
  const [start, end] = from <= to ? [from, to] : [to, from];
  const angles = [start, end];
  const quarter = Math.PI / 2;
  for (let angle = Math.ceil(start / quarter) * quarter; angle < end; angle += quarter) angles.push(angle);
  const xs: number[] = [];
  const ys: number[] = [];
  for (const angle of angles) {
    for (const radius of [ring.inner, ring.outer]) {
      xs.push(ring.x + Math.cos(angle) * radius);
      ys.push(ring.y + Math.sin(angle) * radius);
    }
  }
  return enclosing(
    Math.min(...xs) - margin,
    Math.min(...ys) - margin,
    Math.max(...xs) + margin,
    Math.max(...ys) + margin,
  );
}

/** A rectangle of whole pixels: `x`, `y` its upper left corner, `width`, `height` at least 0. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest rectangle of whole pixels around two corners given in fractions of pixels. */
export function enclosing(left: number, top: number, right: number, bottom: number): Rect {
  const x = Math.floor(left);
  const y = Math.floor(top);
  return { x, y, width: Math.ceil(right) - x, height: Math.ceil(bottom) - y };
}

/** True when the two share at least one pixel. */
export function intersects(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The part that both share; of no area when they share none. */
export function intersection(a: Rect, b: Rect): Rect {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x);
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y);
  return { x, y, width, height };
}

/** The smallest rectangle around both. */
export function union(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** True when the point lies on one of the rectangle's pixels. */
export function contains(rect: Rect, x: number, y: number): boolean {
  return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}

/** True when all of `inner` lies within `outer`. */
export function encloses(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** `rect` made smaller by `margin` pixels on each side (larger when negative). */
export function inset(rect: Rect, margin: number): Rect {
  return {
    x: rect.x + margin,
    y: rect.y + margin,
    width: Math.max(0, rect.width - 2 * margin),
    height: Math.max(0, rect.height - 2 * margin),
  };
}

/** Pixels that may be repainted in vain for the sake of one rectangle less: each costs about as much as this many pixels. */
const worthAnother = 6000;

/** Joins rectangles that overlap, so that no pixel is painted twice, and those that are cheaper to paint as one. */
export function disjoint(rects: readonly Rect[]): Rect[] {
  const joined: Rect[] = [];
  for (const rect of rects) {
    if (rect.width <= 0 || rect.height <= 0) continue;
    let grown = rect;
    for (let i = joined.length - 1; i >= 0; i--) {
      const other = joined[i];
      if (other === undefined) continue;
      const both = union(grown, other);
      if (!intersects(grown, other) && areaOf(both) > areaOf(grown) + areaOf(other) + worthAnother) continue;
      grown = both;
      joined.splice(i, 1);
      i = joined.length;
    }
    joined.push(grown);
  }
  return joined;
}

function areaOf({ width, height }: Rect): number {
  return width * height;
}

import { clipped, type DamageRect } from '../output';

/** Rectangles that are kept apart; more become one around them all. */
const mostRects = 32;

/** What a viewer does not show yet: some rectangles, which do not overlap and never become many. */
export class Region {
  private rects: DamageRect[] = [];

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  /** True when nothing is in it. */
  get empty(): boolean {
    return this.rects.length === 0;
  }

  /** Adds what of a rectangle lies within the picture. */
  add(rect: DamageRect): void {
    let grown = clipped(rect, this.width, this.height);
    if (grown === undefined) return;
    for (let i = this.rects.length - 1; i >= 0; i--) {
      const other = this.rects[i];
      if (other === undefined || !overlap(grown, other)) continue;
      // It may reach others now that it did not reach before.
      grown = around(grown, other);
      this.rects.splice(i, 1);
      i = this.rects.length;
    }
    this.rects.push(grown);
    if (this.rects.length > mostRects) this.rects = [this.rects.reduce(around)];
  }

  /** All of the picture. */
  addAll(): void {
    this.rects = [{ x: 0, y: 0, width: this.width, height: this.height }];
  }

  /** Takes out and returns what lies within an area. */
  take(area: DamageRect): DamageRect[] {
    const taken: DamageRect[] = [];
    const left: DamageRect[] = [];
    for (const rect of this.rects) {
      const inside = common(rect, area);
      if (inside === undefined) left.push(rect);
      else {
        taken.push(inside);
        left.push(...without(rect, inside));
      }
    }
    this.rects = left.length > mostRects ? [left.reduce(around)] : left;
    return taken;
  }

  /** True when something lies within an area. */
  reaches(area: DamageRect): boolean {
    return this.rects.some((rect) => overlap(rect, area));
  }
}

function overlap(a: DamageRect, b: DamageRect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The smallest rectangle around two. */
export function around(a: DamageRect, b: DamageRect): DamageRect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  return { x, y, width, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

function common(a: DamageRect, b: DamageRect): DamageRect | undefined {
  if (!overlap(a, b)) return undefined;
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  return { x, y, width, height: Math.min(a.y + a.height, b.y + b.height) - y };
}

/** What is left of a rectangle without a part of it: above, below, and on both sides. */
function without(rect: DamageRect, part: DamageRect): DamageRect[] {
  const bottom = part.y + part.height;
  const right = part.x + part.width;
  return [
    { ...rect, height: part.y - rect.y },
    { ...rect, y: bottom, height: rect.y + rect.height - bottom },
    { x: rect.x, y: part.y, width: part.x - rect.x, height: part.height },
    { x: right, y: part.y, width: rect.x + rect.width - right, height: part.height },
  ].filter(({ width, height }) => width > 0 && height > 0);
}

/** True when nothing of `inner` lies outside of `outer`. */
export function encloses(outer: DamageRect, inner: DamageRect): boolean {
  const right = inner.x + inner.width <= outer.x + outer.width;
  const bottom = inner.y + inner.height <= outer.y + outer.height;
  return inner.x >= outer.x && inner.y >= outer.y && right && bottom;
}

import type { Rect } from '../../render/rect';

/**
 * What is left of a rectangle beside others, as rectangles that do not overlap: where a finger finds no control.
 *
 * @param taken in whole pixels; may overlap each other and reach beyond `whole`
 */
export function emptyAreas(whole: Rect, taken: readonly Rect[]): Rect[] {
  const bottom = whole.y + whole.height;
  const edges = [whole.y, bottom, ...taken.flatMap(({ y, height }) => [y, y + height])];
  const ys = [...new Set(edges.filter((y) => y >= whole.y && y <= bottom))].sort((a, b) => a - b);
  const areas: Rect[] = [];
  ys.forEach((y, i) => {
    const next = ys[i + 1];
    if (next === undefined) return;
    const band = taken.filter((rect) => rect.y <= y && rect.y + rect.height >= next && rect.height > 0);
    for (const [from, to] of gaps(whole.x, whole.x + whole.width, band)) {
      const above = areas.findIndex(
        (area) => area.x === from && area.width === to - from && area.y + area.height === y,
      );
      const joined = areas[above];
      if (joined === undefined) areas.push({ x: from, y, width: to - from, height: next - y });
      else areas[above] = { ...joined, height: joined.height + next - y };
    }
  });
  return areas;
}

function gaps(left: number, right: number, band: readonly Rect[]): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let x = left;
  for (const rect of [...band].sort((a, b) => a.x - b.x)) {
    if (rect.x > x) found.push([x, Math.min(rect.x, right)]);
    x = Math.max(x, rect.x + rect.width);
  }
  if (x < right) found.push([x, right]);
  return found.filter(([from, to]) => to > from);
}

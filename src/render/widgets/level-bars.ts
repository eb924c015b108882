import type { CanvasRenderingContext2D } from 'canvas';
import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** A level over time, one bar a step, without gaps between them. */
export interface LevelBarsProps {
  /** Whole pixels from the bottom, oldest first; `undefined` where nothing was heard. */
  readonly heights: readonly (number | undefined)[];
}

/** How the bars are set. */
export interface LevelBarsLook {
  readonly bounds: Rect;
  /** Width of a bar, pixels. */
  readonly pitch: number;
  /** Bars of at most this height are low. */
  readonly low: number;
  /** Height of the bright upper end of a bar, by which the level is read. */
  readonly cap: number;
  readonly usual: { readonly fill: Colour; readonly cap: Colour };
  readonly lowered: { readonly fill: Colour; readonly cap: Colour };
}

/** Neighbouring bars of one height. */
interface Run {
  readonly from: number;
  to: number;
  readonly height: number;
}

/** More rectangles than this are not worth telling apart. */
const mostParts = 16;

/** A window with a level of the past: hundreds of thin bars with bright ends. */
export function levelBars(look: LevelBarsLook): Widget<LevelBarsProps> {
  const { bounds, pitch } = look;
  return {
    bounds,
    damage: (before, after) => differing(before.heights, after.heights, bounds, pitch),
    paint(context, { heights }, damage) {
      const all = runs(
        heights,
        Math.floor((damage.x - bounds.x) / pitch),
        Math.ceil((damage.x + damage.width - bounds.x) / pitch),
      );
      for (const isLow of [false, true]) {
        const { fill, cap } = isLow ? look.lowered : look.usual;
        const some = all.filter(({ height }) => height <= look.low === isLow);
        paintRuns(context, bounds, pitch, some, cap, 0);
        paintRuns(context, bounds, pitch, some, fill, look.cap);
      }
    },
  };
}

/**
 * Fills bars up to `depth` pixels below their ends: each stretch without a gap as one outline, which is cheaper than its
 * bars one by one, for a level hardly changes from one to the next.
 */
function paintRuns(
  context: CanvasRenderingContext2D,
  bounds: Rect,
  pitch: number,
  some: readonly Run[],
  colour: Colour,
  depth: number,
): void {
  const bottom = bounds.y + bounds.height;
  let end = -1;
  context.beginPath();
  for (const { from, to, height } of some) {
    const top = Math.min(bottom, bottom - Math.max(1, Math.min(bounds.height, height)) + depth);
    if (from !== end) {
      if (end >= 0) context.lineTo(bounds.x + end * pitch, bottom);
      context.moveTo(bounds.x + from * pitch, bottom);
    }
    context.lineTo(bounds.x + from * pitch, top);
    context.lineTo(bounds.x + to * pitch, top);
    end = to;
  }
  if (end >= 0) context.lineTo(bounds.x + end * pitch, bottom);
  context.fillStyle = colour;
  context.fill();
}

function runs(heights: readonly (number | undefined)[], from: number, to: number): Run[] {
  const found: Run[] = [];
  for (let i = Math.max(0, from); i < Math.min(heights.length, to); i++) {
    const height = heights[i];
    if (height === undefined) continue;
    const latest = found.at(-1);
    if (latest?.to === i && latest.height === height) latest.to = i + 1;
    else found.push({ from: i, to: i + 1, height });
  }
  return found;
}

/** The stretches in which two rows of bars differ, or all of the bounds when they are too many. */
function differing(
  before: readonly (number | undefined)[],
  after: readonly (number | undefined)[],
  bounds: Rect,
  pitch: number,
): Rect[] {
  if (before.length !== after.length) return [bounds];
  const parts: Rect[] = [];
  let from = -1;
  for (let i = 0; i <= after.length; i++) {
    if (i < after.length && before[i] !== after[i]) {
      if (from < 0) from = i;
    } else if (from >= 0) {
      parts.push({ ...bounds, x: bounds.x + from * pitch, width: (i - from) * pitch });
      from = -1;
      if (parts.length > mostParts) return [bounds];
    }
  }
  return parts;
}

import type { CanvasRenderingContext2D } from 'canvas';
import type { TextStyles } from '../../render/text';
import type { Palette } from '../../render/theme';
import { traceSector } from '../../render/widgets/ring';
import { paintDisc, paintMark } from '../main/dial-base';
import type { DialLayout } from '../main/layout';

/** Whether a dial begins at its left end, or has its zero at the top. */
export type DialWays = 'one-way' | 'both-ways';

const quarter = Math.PI / 2;
/** Half the angle that the gauge spans. */
const half = 1.5 * quarter;
/** Where the gauge begins and ends, radians clockwise from the right. */
export const dialSpan = { start: -quarter - half, end: -quarter + half } as const;

const steps = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000];

/** The smallest full scale, W, that shows so much. */
export function wattScale(watts: number): number {
  return steps.find((step) => step >= Math.abs(watts)) ?? 500_000;
}

/** Where nothing flows. */
export function zeroAngle(ways: DialWays): number {
  return ways === 'one-way' ? dialSpan.start : -quarter;
}

/** The angle of a power, W; beyond the scale it stays at its end. */
export function wattAngle(ways: DialWays, scale: number, watts: number): number {
  const part = watts / scale;
  return ways === 'one-way'
    ? dialSpan.start + 2 * half * Math.min(1, Math.max(0, part))
    : -quarter + half * Math.min(1, Math.max(-1, part));
}

/** The part of a dial with one gauge that stays while its scale stays. */
export function paintSingleDial(
  context: CanvasRenderingContext2D,
  dial: DialLayout,
  ways: DialWays,
  scale: number,
  palette: Palette,
  styles: TextStyles,
): void {
  paintDisc(context, dial, palette);
  traceSector(context, dial.ring, dialSpan.start, dialSpan.end);
  context.fillStyle = palette.track;
  context.fill();
  const isLarge = scale >= 10_000;
  const [least, numbered] = ways === 'one-way' ? [0, 2] : [-10, 5];
  for (let i = least; i <= 10; i++) {
    const watts = (scale * i) / 10;
    const number = i % numbered === 0 ? String(Math.abs(isLarge ? watts / 1000 : watts)) : undefined;
    paintMark(context, dial, wattAngle(ways, scale, watts), palette, styles, number);
  }
}

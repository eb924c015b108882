import { metrics } from '../render/theme';

/** Dots per inch of the panel that `metrics.touchTarget` is meant for: 7 inches of 800x480. */
const usualDensity = 132;

/**
 * The side of the smallest target for a finger, pixels: the same 9 mm on every panel, on coarse ones no less than the usual pixels.
 * On a small and fine panel it ends at a fifth of the shorter side, so that five of them still fit.
 *
 * @param density of the panel in dots per inch; `undefined` where the kernel does not tell it
 */
export function fingerSide(width: number, height: number, density: number | undefined): number {
  const most = Math.max(metrics.touchTarget, Math.floor(Math.min(width, height) / 5));
  const wanted = Math.round((metrics.touchTarget * (density ?? usualDensity)) / usualDensity);
  return Math.max(metrics.touchTarget, Math.min(most, wanted));
}

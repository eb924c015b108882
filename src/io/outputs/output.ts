import type { Canvas } from 'canvas';

/** A rectangle of whole pixels of the picture that has changed: `x`, `y` its upper left corner. */
export interface DamageRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Something that shows the picture. */
export interface Output {
  /** Size of the picture it shows, in pixels. */
  readonly width: number;
  readonly height: number;
  /** True while it shows nothing of the picture, so that none has to be drawn for it. */
  readonly dark?: boolean;
  /** False while its device does not have the last picture; absent for what has no device, or not to itself. */
  readonly reached?: boolean | undefined;
  /**
   * Shows the parts of `picture` (an opaque canvas of exactly this size) that lie in `damage`; the first call shows all
   * of it. The caller may paint on at once. Never throws for what the device did.
   */
  present(picture: Canvas, damage: readonly DamageRect[]): void;
  /** Releases the device. `present` does nothing afterwards. */
  close(): void;
}

/** The whole pixels of `rect` that lie within `width` x `height`; undefined when there are none. */
export function clipped(rect: DamageRect, width: number, height: number): DamageRect | undefined {
  const x = Math.max(0, Math.floor(rect.x));
  const y = Math.max(0, Math.floor(rect.y));
  const right = Math.min(width, Math.ceil(rect.x + rect.width));
  const bottom = Math.min(height, Math.ceil(rect.y + rect.height));
  // Written so that a NaN is no pixels.
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : undefined;
}

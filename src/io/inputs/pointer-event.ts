/**
 * What a finger or a mouse button did, in pixels of the picture (whole, within it). Each `press` is followed by any number
 * of `move` and exactly one `release`; where the release is tells whether it was meant.
 */
export interface PointerEvent {
  readonly type: 'press' | 'move' | 'release';
  readonly x: number;
  readonly y: number;
}

/**
 * What a finger or a mouse button did, in pixels of the picture (whole, within it). Each `press` is followed by any number
 * of `move` and exactly one `release`; where the release is tells whether it was meant.
 */
export interface PointerEvent {
  readonly type: 'press' | 'move' | 'release';
  readonly x: number;
  readonly y: number;
  /** Where on the panel it was before any calibration, 0 to 1 from end to end of its axes' ranges; absent for a mouse. */
  readonly panel?: { readonly x: number; readonly y: number };
}

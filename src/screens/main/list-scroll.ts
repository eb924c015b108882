import type { DragPhase } from '../screen';

/** How far a list of equal rows is pushed up by a finger; it comes to rest on a whole row. */
export class ListScroll {
  private shift = 0;
  private from: { readonly y: number; readonly shift: number } | undefined;

  /** Pixels by which the list is pushed up, within what there is. @param most pixels */
  offset(most: number): number {
    // What has become shorter is not pushed beyond its end.
    this.shift = Math.max(0, Math.min(most, this.shift));
    return this.shift;
  }

  /**
   * A finger that drags the list.
   *
   * @param y of the finger @param pitch from one row to the next @param most the last offset, pixels
   */
  drag(phase: DragPhase, y: number, pitch: number, most: number): void {
    if (phase === 'start') this.from = { y, shift: this.offset(most) };
    if (this.from === undefined) return;
    this.shift = this.from.shift + this.from.y - y;
    this.offset(most);
    if (phase === 'start' || phase === 'move') return;
    this.from = undefined;
    this.shift = Math.round(this.shift / pitch) * pitch;
  }
}

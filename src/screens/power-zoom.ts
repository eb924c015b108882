/** How much the power log is magnified, on the main screen and on its own alike (S0.34). */
export class PowerZoom {
  private current = 1;

  /** 1, 2, 4 or 8. */
  get factor(): number {
    return this.current;
  }

  /** 1X, 2X, 4X, 8X and 1X again. */
  next(): void {
    this.current = this.current === 8 ? 1 : this.current * 2;
  }
}

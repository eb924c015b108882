import type { Scene } from '../../render/scene';

/** Numbers change at most this often (ms), so that they can be read. */
const numberInterval = 250;

/** Says when a screen's numbers are to be brought up to date: not too often, but at once after a touch. */
export class Refresh {
  private shownAt = -Infinity;

  /** A touch changed what is to be seen. */
  touched(): void {
    this.shownAt = -Infinity;
  }

  /**
   * Calls `show` if it is time to. Only when anything in the scene differs from before, the next time has to wait.
   *
   * @param now monotonic ms
   * @returns ms until the next time, or `undefined` when that is whenever something new is heard
   */
  run(scene: Scene, now: number, show: () => void): number | undefined {
    if (now - this.shownAt < numberInterval) return numberInterval - (now - this.shownAt);
    const { news } = scene;
    show();
    if (scene.news !== news) this.shownAt = now;
    return undefined;
  }
}

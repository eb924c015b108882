import { createCanvas, type Canvas, type CanvasRenderingContext2D } from 'canvas';
import { ditherForRgb565 } from './dither';
import type { Rect } from './rect';
import type { Scene } from './scene';

/** What the pixels of a surface will be shown on. */
export type ColourDepth = 'full' | 'rgb565';

/**
 * The picture that every output shows: 24-bit RGB pixels and the means to bring exactly the damaged ones up to date.
 * A scene's static part is painted once and kept; a repaint copies it back under the damage and lets the widgets that
 * reach into the damage paint again, clipped to it.
 */
export class Surface {
  /** What is to be shown; its pixels are right after repaint. */
  readonly canvas: Canvas;
  private readonly context: CanvasRenderingContext2D;
  private readonly base: Canvas;
  private readonly baseContext: CanvasRenderingContext2D;
  private scene: Scene | undefined;

  /** @param depth `rgb565` dithers gradients and pictures, so that a 16-bit framebuffer shows no bands */
  constructor(
    readonly width: number,
    readonly height: number,
    private readonly depth: ColourDepth = 'full',
  ) {
    this.canvas = createCanvas(width, height);
    this.context = this.canvas.getContext('2d', { alpha: false });
    this.base = createCanvas(width, height);
    this.baseContext = this.base.getContext('2d', { alpha: false });
  }

  /** Makes `scene` the one that is shown; the next `repaint` paints all of it. */
  show(scene: Scene): void {
    this.scene = scene;
    this.baseContext.save();
    scene.paintBase(this.baseContext);
    this.baseContext.restore();
    if (this.depth === 'rgb565') for (const rect of scene.pictures) ditherForRgb565(this.base, rect);
    scene.damageAll();
  }

  /** Paints what the scene says is damaged. Returns those rectangles, none when nothing changed. */
  repaint(): readonly Rect[] {
    if (this.scene === undefined) return [];
    const damage = this.scene.takeDamage();
    for (const rect of damage) {
      this.context.save();
      this.context.beginPath();
      this.context.rect(rect.x, rect.y, rect.width, rect.height);
      this.context.clip();
      this.context.drawImage(this.base, 0, 0);
      this.scene.paintWidgets(this.context, rect);
      this.context.restore();
    }
    return damage;
  }
}

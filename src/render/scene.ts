import type { CanvasRenderingContext2D } from 'canvas';
import { disjoint, encloses, intersects, type Rect } from './rect';

/**
 * How one widget looks: a pure function of its values `P`, which are plain ones (numbers, strings, flags, lists of them) and
 * are compared one by one. It knows nothing of batteries, paints inside its bounds (it is clipped to them) and reads nothing
 * else. `paint` may leave out what lies outside `damage`: the context is clipped to that.
 */
export interface Widget<P extends object> {
  readonly bounds: Rect;
  paint(context: CanvasRenderingContext2D, props: P, damage: Rect): void;
  /** The parts that differ between two states, where that is less than the whole bounds. */
  damage?(before: P, after: P): readonly Rect[];
  /**
   * The parts with slanted or curved edges that other widgets' damage may cut. They are repainted as a whole or not at all,
   * for such an edge, painted in parts, comes out a hair different from one that was painted at once.
   */
  atoms?(props: P): readonly Rect[];
}

/** A widget's place in a scene: tell it what to show. */
export interface Slot<P extends object> {
  /** Marks the widget for repainting when a value differs from what it shows. */
  show(props: P): void;
}

interface Layer {
  readonly bounds: Rect;
  readonly atoms: () => readonly Rect[];
  readonly paint: (context: CanvasRenderingContext2D, damage: Rect) => void;
}

/**
 * A picture in two parts: what never changes, drawn once by `paintBase`, and widgets above it in the order they were added.
 * It remembers what each widget shows and collects the rectangles that have to be painted again.
 */
export class Scene {
  private readonly layers: Layer[] = [];
  private damaged: Rect[] = [];
  private told = 0;

  /**
   * @param width in pixels
   * @param height in pixels
   * @param paintBase draws the static part over the whole surface
   * @param pictures parts of the base with gradients or pictures, which a display of few colours has to dither
   */
  constructor(
    readonly width: number,
    readonly height: number,
    readonly paintBase: (context: CanvasRenderingContext2D) => void,
    readonly pictures: readonly Rect[] = [],
  ) {}

  /** Adds a widget above those before it. It shows nothing until it is told what. */
  add<P extends object>(widget: Widget<P>): Slot<P> {
    let shown: P | undefined;
    this.layers.push({
      bounds: widget.bounds,
      atoms: () => (shown === undefined ? [] : (widget.atoms?.(shown) ?? [])),
      paint: (context, damage) => {
        if (shown !== undefined) widget.paint(context, shown, damage);
      },
    });
    return {
      show: (props) => {
        if (shown !== undefined && equal(shown, props)) return;
        const parts = shown !== undefined && widget.damage ? widget.damage(shown, props) : [widget.bounds];
        this.damaged.push(...parts);
        this.told++;
        shown = props;
      },
    };
  }

  /** Says that everything has to be painted again. */
  damageAll(): void {
    this.damaged = [{ x: 0, y: 0, width: this.width, height: this.height }];
  }

  /** Grows whenever a widget is told something new. */
  get news(): number {
    return this.told;
  }

  /** Takes what has been damaged since the last call, as rectangles that do not overlap. */
  takeDamage(): readonly Rect[] {
    if (this.damaged.length === 0) return [];
    const rects = this.grown(disjoint(this.damaged));
    this.damaged = [];
    return rects;
  }

  /** The rectangles, enlarged until they cut through no atom. */
  private grown(rects: readonly Rect[]): readonly Rect[] {
    const atoms = this.layers.flatMap((layer) => layer.atoms());
    let grown = rects;
    for (;;) {
      const cut = atoms.filter((atom) =>
        grown.some((rect) => intersects(rect, atom) && !encloses(rect, atom)),
      );
      if (cut.length === 0) return grown;
      grown = disjoint([...grown, ...cut]);
    }
  }

  /**
   * Paints all widgets that reach into `rect`, lowest first; the context is clipped to it already. Each is clipped to its
   * bounds as well: how far the edge of a letter reaches differs between versions of the rasteriser, and what lies outside
   * the bounds would stay on the surface when the widget changes.
   */
  paintWidgets(context: CanvasRenderingContext2D, rect: Rect): void {
    for (const { bounds, paint } of this.layers) {
      if (!intersects(bounds, rect)) continue;
      if (encloses(bounds, rect)) {
        paint(context, rect);
        continue;
      }
      context.save();
      context.beginPath();
      context.rect(bounds.x, bounds.y, bounds.width, bounds.height);
      context.clip();
      paint(context, rect);
      context.restore();
    }
  }
}

function equal<P extends object>(a: P, b: P): boolean {
  for (const key in b) {
    const left: unknown = a[key];
    const right: unknown = b[key];
    if (Object.is(left, right)) continue;
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    for (let i = 0; i < left.length; i++) if (!Object.is(left[i], right[i])) return false;
  }
  return true;
}

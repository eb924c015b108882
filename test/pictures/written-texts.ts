import { CanvasRenderingContext2D, type Canvas, type Image } from 'canvas';

/** A text or a single character that was drawn: place of its pen in pixels, weight and size, colour. */
export interface Written {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly look: string;
}

type Texts = Map<string, Written>;
const key = Symbol.for('packdial: texts that were written on a canvas');

interface Observed extends CanvasRenderingContext2D {
  [key]?: WeakMap<Canvas, Texts>;
}

/** Native classes outlive a test file's modules, so what belongs to them is kept with them. */
const written = observe(CanvasRenderingContext2D.prototype);

/** The texts that came onto a canvas since it was made, from others' pictures too; from top to bottom, each once. */
export function textsOn(canvas: Canvas): readonly Written[] {
  return [...(written.get(canvas)?.values() ?? [])].sort(inOrder);
}

/** The order is the same where a rasteriser places letters a pixel further left. */
function inOrder(a: Written, b: Written): number {
  return a.y - b.y || a.x - b.x || (a.text < b.text ? -1 : 1);
}

function observe(context: Observed): WeakMap<Canvas, Texts> {
  if (context[key] !== undefined) return context[key];
  const texts = new WeakMap<Canvas, Texts>();
  context[key] = texts;
  const note = (canvas: Canvas, entry: Written): void => {
    const all = texts.get(canvas) ?? new Map<string, Written>();
    all.set(JSON.stringify(entry), entry);
    texts.set(canvas, all);
  };
  // Called with the context as `this`, below.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { fillText, drawImage } = context;
  context.fillText = function (this: CanvasRenderingContext2D, text, x, y, ...rest): void {
    const colour = typeof this.fillStyle === 'string' ? this.fillStyle : 'shaded';
    const look = `${this.font.split('"')[0]?.trim() ?? ''} ${this.textAlign} ${colour}`;
    note(this.canvas, { text, x: Math.round(x), y: Math.round(y), look });
    fillText.call(this, text, x, y, ...rest);
  };
  const draw = function (this: CanvasRenderingContext2D, picture: Canvas | Image, ...place: number[]): void {
    const [left = 0, top = 0] = place;
    if (place.length === 2)
      for (const entry of texts.get(picture as Canvas)?.values() ?? [])
        note(this.canvas, { ...entry, x: entry.x + left, y: entry.y + top });
    Reflect.apply(drawImage, this, [picture, ...place]);
  };
  context.drawImage = draw;
  return texts;
}

import { createCanvas, type Canvas, type CanvasRenderingContext2D } from 'canvas';
import type { Rect } from './rect';
import { cssFont } from './fonts';
import type { Colour, Weight } from './theme';

/** Whether all digits take the same width (for numbers that change) or their own (for texts that are read once). */
export type Figures = 'tabular' | 'proportional';

/** Where a text stands relative to the x it is given. */
export type Align = 'left' | 'center' | 'right';

/** A character or a word, drawn once: `left` is how far its picture starts left of the pen, in pixels. */
interface Sprite {
  readonly canvas: Canvas;
  readonly left: number;
  readonly ascent: number;
  /** Of the picture, not of the pen's way. */
  readonly width: number;
}

interface Word extends Sprite {
  /** How far the pen goes. */
  readonly advance: number;
}

/** What a figure rises above its base line, as a part of the size; it hardly goes below it. */
const figureHeight = 0.78;
const numeralCharacters = '0123456789+−–—-.,:%';
const maxWords = 48;
/** Single characters are small, and a keyboard on the screen has three times as many faces as keys. */
const maxLetters = 128;

/**
 * Text of one size, weight and colour, drawn from pictures of its characters: shaping and rasterising text is by far the
 * dearest thing on a screen, and the ten digits come again and again. Figures are tabular (every digit takes the same
 * width) unless asked otherwise, so a number that changes does not wander. A text of other characters is kept whole, the latest 48 of them.
 */
export class TextStyle {
  private readonly characters = new Map<string, Sprite>();
  private readonly advances = new Map<string, number>();
  private readonly words = new Map<string, Word>();
  private readonly letters = new Map<string, Word>();
  private readonly fitted = new Map<string, string>();
  private digitAdvance = 0;

  /** @param size in pixels of the surface */
  constructor(
    readonly size: number,
    readonly weight: Weight,
    readonly colour: Colour,
    private readonly figures: Figures = 'tabular',
  ) {}

  /** The width of `text` in whole pixels. */
  width(text: string): number {
    if (!this.spelt(text)) return this.word(text).advance;
    let width = 0;
    for (const character of text) width += this.advance(character);
    return width;
  }

  /**
   * Draws `text` with its base line at `y`; `x` and `y` are rounded to whole pixels. Characters that lie left or right of
   * `damage` are left out.
   */
  draw(
    context: CanvasRenderingContext2D,
    text: string,
    x: number,
    y: number,
    align: Align = 'left',
    damage?: Rect,
  ): void {
    let pen = Math.round(x);
    const baseline = Math.round(y);
    if (align !== 'left') pen -= align === 'right' ? this.width(text) : Math.round(this.width(text) / 2);
    const from = damage === undefined ? -Infinity : damage.x;
    const to = damage === undefined ? Infinity : damage.x + damage.width;
    if (!this.spelt(text)) {
      if (text !== '') place(context, this.word(text), pen, baseline, from, to);
      return;
    }
    for (const character of text) {
      place(context, this.character(character), pen, baseline, from, to);
      pen += this.advance(character);
    }
  }

  /**
   * Draws a text that is drawn once and never again, with the typeface's own spacing: no pictures of it are kept. The
   * context's state stays as it is.
   */
  write(context: CanvasRenderingContext2D, text: string, x: number, y: number, align: Align = 'left'): void {
    // A context that has one of our fonts already takes the first registered weight for any other: node-canvas looks for a
    // face of the former one's width, which it knows only then. Restored, the context has no font again.
    context.save();
    context.font = cssFont(this.size, this.weight);
    context.fillStyle = this.colour;
    context.textDrawingMode = 'glyph';
    context.textAlign = align;
    context.fillText(text, Math.round(x), Math.round(y));
    context.restore();
  }

  /**
   * The part of a line in which two texts of equal length differ, as pixels from its left end, or `undefined` where only
   * the whole line can be said to differ.
   */
  difference(before: string, after: string): { readonly from: number; readonly to: number } | undefined {
    if (before.length !== after.length || !this.spelt(before) || !this.spelt(after)) return undefined;
    let pen = 0;
    let from: number | undefined;
    let to = 0;
    for (let i = 0; i < after.length; i++) {
      const [left = '', right = ''] = [before[i], after[i]];
      const advance = this.advance(right);
      if (this.advance(left) !== advance) return undefined;
      if (left !== right) {
        from ??= pen;
        to = pen + advance;
      }
      pen += advance;
    }
    return from === undefined ? undefined : { from, to };
  }

  /** True when `text` takes no more than `width` pixels. */
  fits(text: string, width: number): boolean {
    return this.measure(text) <= width;
  }

  /** `text`, or as much of its beginning as fits into `width` pixels with an ellipsis behind it. */
  fit(text: string, width: number): string {
    const key = `${width} ${text}`;
    let fitted = this.fitted.get(key);
    if (fitted === undefined) {
      if (this.fits(text, width)) return text;
      fitted = this.shorten(text, width);
      if (this.fitted.size >= maxWords) this.fitted.clear();
      this.fitted.set(key, fitted);
    }
    return fitted;
  }

  /** Halves what is in question: measuring a long sentence takes the time of a whole picture on a small machine. */
  private shorten(text: string, width: number): string {
    const shortened = (length: number): string => `${text.slice(0, length).trimEnd()}…`;
    let [fitting, tooLong] = [0, text.length];
    while (tooLong - fitting > 1) {
      const length = (fitting + tooLong) >> 1;
      if (this.fits(shortened(length), width)) fitting = length;
      else tooLong = length;
    }
    // Not within a character of two code units.
    const isHalf = /[\uD800-\uDBFF]/.test(text[fitting - 1] ?? '');
    return shortened(isHalf ? fitting - 1 : fitting);
  }

  /** The width of `text` in pixels and fractions, with the typeface's own spacing. */
  measure(text: string): number {
    return (measureAtReference(text, this.weight) * this.size) / referenceSize;
  }

  /** True for a text that is put together from its characters. */
  private spelt(text: string): boolean {
    return this.figures === 'tabular' && isNumeral(text);
  }

  private advance(character: string): number {
    if (character >= '0' && character <= '9') return this.tabularAdvance();
    let advance = this.advances.get(character);
    if (advance === undefined) {
      advance = Math.round(this.measure(character));
      this.advances.set(character, advance);
    }
    return advance;
  }

  private tabularAdvance(): number {
    if (this.digitAdvance === 0) {
      // Between the typeface's wide figures (0, 4) and its narrow ones: their own side bearings make up the difference.
      this.digitAdvance = Math.round((this.measure('0') + this.measure('3')) / 2);
    }
    return this.digitAdvance;
  }

  private character(character: string): Sprite {
    let sprite = this.characters.get(character);
    if (sprite === undefined) {
      const natural = this.measure(character);
      sprite = this.rasterise(character, natural, (this.advance(character) - natural) / 2, figureHeight);
      this.characters.set(character, sprite);
    }
    return sprite;
  }

  private word(text: string): Word {
    const [words, most] = text.length === 1 ? [this.letters, maxLetters] : [this.words, maxWords];
    let word = words.get(text);
    if (word === undefined) {
      const natural = this.measure(text);
      word = { ...this.rasterise(text, natural, 0, 1), advance: Math.ceil(natural) };
      const oldest = words.keys().next();
      if (words.size >= most && oldest.done !== true) words.delete(oldest.value);
    } else {
      words.delete(text);
    }
    words.set(text, word);
    return word;
  }

  /** `shift` moves the drawing right within its cell, `height` (of the size) is kept above the base line. */
  private rasterise(text: string, natural: number, shift: number, height: number): Sprite {
    const margin = 2;
    const ascent = Math.ceil(this.size * height);
    const width = Math.ceil(natural + shift) + 2 * margin;
    const canvas = createCanvas(width, ascent + Math.ceil(this.size * (height < 1 ? 0.12 : 0.3)));
    const context = canvas.getContext('2d');
    context.font = cssFont(this.size, this.weight);
    context.fillStyle = this.colour;
    context.textDrawingMode = 'glyph';
    context.fillText(text, margin + shift, ascent);
    return { canvas, left: margin, ascent, width };
  }
}

/** Texts are measured at one size: measuring makes the text renderer load a size of the font, which takes a while. */
const referenceSize = 128;
const measuring = new Map<Weight, CanvasRenderingContext2D>();
const widths = new Map<string, number>();
const maxWidths = 512;

/** The width of a text in pixels at the reference size; without hinting, widths grow with the size. */
function measureAtReference(text: string, weight: Weight): number {
  let context = measuring.get(weight);
  if (context === undefined) {
    context = createCanvas(1, 1).getContext('2d');
    context.font = cssFont(referenceSize, weight);
    measuring.set(weight, context);
  }
  // The same characters are measured again and again, for keys and for lines that are broken.
  const key = `${weight} ${text}`;
  let width = text.length > 1 ? undefined : widths.get(key);
  if (width === undefined) {
    ({ width } = context.measureText(text));
    if (text.length === 1 && widths.size < maxWidths) widths.set(key, width);
  }
  return width;
}

function place(
  context: CanvasRenderingContext2D,
  { canvas, left, ascent, width }: Sprite,
  pen: number,
  baseline: number,
  from: number,
  to: number,
): void {
  if (pen - left < to && pen - left + width > from) context.drawImage(canvas, pen - left, baseline - ascent);
}

function isNumeral(text: string): boolean {
  for (const character of text) if (!numeralCharacters.includes(character)) return false;
  return true;
}

/** Makes each style once. */
export class TextStyles {
  private readonly styles = new Map<string, TextStyle>();

  /** @param size in pixels, rounded to whole ones and at least 8 */
  style(size: number, weight: Weight, colour: Colour, figures: Figures = 'tabular'): TextStyle {
    const whole = Math.max(8, Math.round(size));
    const key = `${whole} ${weight} ${colour} ${figures}`;
    let style = this.styles.get(key);
    if (style === undefined) {
      style = new TextStyle(whole, weight, colour, figures);
      this.styles.set(key, style);
    }
    return style;
  }
}

import { closeSync, openSync, writeSync } from 'node:fs';
import { createCanvas, type Canvas, type CanvasRenderingContext2D } from 'canvas';
import { cssFont } from '../../src/render/fonts';
import type { Scene } from '../../src/render/scene';
import { TextStyle, TextStyles, type Align } from '../../src/render/text';
import type { Colour, Weight } from '../../src/render/theme';

/** Text as one writes it first: a font, a colour and fillText. */
class PlainTextStyle extends TextStyle {
  override width(text: string): number {
    return Math.ceil(this.context().measureText(text).width);
  }

  override draw(
    context: CanvasRenderingContext2D,
    text: string,
    x: number,
    y: number,
    align: Align = 'left',
  ): void {
    context.font = cssFont(this.size, this.weight);
    context.fillStyle = this.colour;
    context.textAlign = align;
    context.fillText(text, x, y);
    context.textAlign = 'left';
  }

  override write(
    context: CanvasRenderingContext2D,
    text: string,
    x: number,
    y: number,
    align: Align = 'left',
  ): void {
    this.draw(context, text, x, y, align);
  }

  private context(): CanvasRenderingContext2D {
    plain.font = cssFont(this.size, this.weight);
    return plain;
  }
}

const plain = createCanvas(1, 1).getContext('2d');

/** Hands out plain text styles. */
export class PlainTextStyles extends TextStyles {
  override style(size: number, weight: Weight, colour: Colour): TextStyle {
    return new PlainTextStyle(Math.max(8, Math.round(size)), weight, colour);
  }
}

/** The obvious program: draws everything, takes all the pixels, converts them one by one and writes them all. */
export class NaiveDisplay {
  private readonly canvas: Canvas;
  private readonly context: CanvasRenderingContext2D;
  private readonly pixels: Uint16Array;
  private readonly fd: number;

  constructor(
    private readonly width: number,
    private readonly height: number,
    path: string,
  ) {
    this.canvas = createCanvas(width, height);
    this.context = this.canvas.getContext('2d', { alpha: false });
    this.pixels = new Uint16Array(width * height);
    this.fd = openSync(path, 'r+');
  }

  draw(scene: Scene): void {
    scene.paintBase(this.context);
    scene.paintWidgets(this.context, { x: 0, y: 0, width: this.width, height: this.height });
    const raw = this.canvas.toBuffer('raw');
    for (let i = 0, j = 0; i < this.pixels.length; i++, j += 4) {
      const blue = raw[j] ?? 0;
      const green = raw[j + 1] ?? 0;
      const red = raw[j + 2] ?? 0;
      this.pixels[i] = ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3);
    }
    writeSync(this.fd, this.pixels, 0, this.pixels.byteLength, 0);
  }

  close(): void {
    closeSync(this.fd);
  }
}

import type { Canvas } from 'canvas';
import type { PixelBlock } from '../../../protocol/rfb-block';
import { pixelFormatKey, serverPixelFormat, type RfbPixelFormat } from '../../../protocol/rfb-pixel-format';
import { allocatePixels, pixelTranslation } from '../../../protocol/rfb-pixels';
import { clipped, type DamageRect } from '../output';
import { pixelConverter, type PixelConverter } from '../pixel-converter';
import { pixelFormats } from '../pixel-format';
import { Region } from './region';

/** The picture in a viewer's pixels. */
export interface FormattedPicture {
  /** Brings it up to date with the shared picture. */
  refresh(): void;
  /** A rectangle of it. */
  block(rect: DamageRect): PixelBlock;
  /** To be called once by everybody who has asked for it. */
  release(): void;
}

/**
 * The picture as all viewers see it: one copy, and one more for each other format of pixels that viewers have asked for. What
 * has changed is converted once for all viewers of a format.
 */
export class SharedPicture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  private readonly words: Uint32Array;
  private readonly convert: PixelConverter;
  private readonly formatted = new Map<string, Translated>();

  constructor(private readonly picture: Canvas) {
    const { width, height } = picture;
    this.width = width;
    this.height = height;
    this.words = new Uint32Array(width * height);
    const stride = width * 4;
    const geometry = { width, height, stride, offsetX: 0, offsetY: 0, format: pixelFormats.XRGB8888 };
    this.convert = pixelConverter(geometry, Buffer.from(this.words.buffer));
    this.take([{ x: 0, y: 0, width, height }]);
  }

  /** Takes over what has changed. */
  take(damage: readonly DamageRect[]): void {
    for (const rect of damage) {
      const area = clipped(rect, this.width, this.height);
      if (area === undefined) continue;
      this.convert(this.picture, area);
      for (const other of this.formatted.values()) other.stale.add(area);
    }
  }

  /** The picture in a format; it is kept until all who have asked for it have let it go. */
  inFormat(format: RfbPixelFormat): FormattedPicture {
    const key = pixelFormatKey(format);
    if (key === pixelFormatKey(serverPixelFormat)) {
      const nothing = (): void => undefined;
      return { refresh: nothing, release: nothing, block: (rect) => this.blockOf(this.words, rect) };
    }
    let translated = this.formatted.get(key);
    if (translated === undefined) {
      translated = this.translated(format);
      this.formatted.set(key, translated);
    }
    const { pixels, refresh } = translated;
    translated.users++;
    return {
      refresh,
      block: (rect) => this.blockOf(pixels, rect),
      release: () => {
        if (translated.users > 0) translated.users--;
        if (translated.users === 0 && this.formatted.get(key) === translated) this.formatted.delete(key);
      },
    };
  }

  /** How many formats beside the server's own are kept. */
  get formats(): number {
    return this.formatted.size;
  }

  private translated(format: RfbPixelFormat): Translated {
    const { width, height, words } = this;
    const pixels = allocatePixels(format, width * height);
    const translate = pixelTranslation(format);
    const stale = new Region(width, height);
    stale.addAll();
    const all = { x: 0, y: 0, width, height };
    const refresh = (): void => {
      if (stale.empty) return;
      for (const rect of stale.take(all)) {
        for (let row = rect.y; row < rect.y + rect.height; row++) {
          const at = row * width + rect.x;
          translate(words, at, pixels, at, rect.width);
        }
      }
    };
    return { pixels, stale, refresh, users: 0 };
  }

  private blockOf(pixels: PixelBlock['pixels'], { x, y, width, height }: DamageRect): PixelBlock {
    return { pixels, stride: this.width, x, y, width, height };
  }
}

interface Translated {
  readonly pixels: PixelBlock['pixels'];
  /** What the shared picture has newer. */
  readonly stale: Region;
  readonly refresh: () => void;
  users: number;
}

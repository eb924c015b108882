import { ByteWriter, type PixelBlock } from '../../../protocol/rfb-block';
import { compactPixel, tightPixel, wholePixel, type PixelBytes } from '../../../protocol/rfb-compact-pixels';
import type { RfbPixelFormat } from '../../../protocol/rfb-pixel-format';
import { rfbEncodings } from '../../../protocol/rfb-server-messages';
import { compactLength, TightRectangles } from '../../../protocol/rfb-tight';
import { zrleCapacity, ZrleTiles } from '../../../protocol/rfb-zrle';
import { Deflater } from './deflater';
import { pieceSize } from './pieces';

/** Makes rectangles of one encoding. What it keeps (zlib's memory of what went before) lasts as long as the viewer. */
export interface RectEncoder {
  /** Its number. */
  readonly encoding: number;
  /** What follows a rectangle's header; a new buffer, or some. @param block up to `pieceSize` pixels */
  encode(block: PixelBlock, format: RfbPixelFormat): Promise<readonly Buffer[]>;
  close(): void;
}

// CopyRect is not among them: at best it would save 1 % of Tight's bytes on the main screen (docs/remote.md has the figures), for
// a search of the whole picture before at every change and for the copy of it that this needs.

/** The first of a viewer's encodings that there is, for pixels of a format; Raw, which every viewer has to know, else. */
export function chosenEncoding(encodings: readonly number[], format: RfbPixelFormat): number {
  const known = encodings.find(
    (encoding) =>
      encoding === rfbEncodings.raw ||
      encoding === rfbEncodings.zrle ||
      (encoding === rfbEncodings.tight && tightPixel(format) !== undefined),
  );
  return known ?? rfbEncodings.raw;
}

/** @param encoding one of those that `chosenEncoding` gives */
export function createEncoder(encoding: number): RectEncoder {
  switch (encoding) {
    case rfbEncodings.zrle:
      return new ZrleEncoder();
    case rfbEncodings.tight:
      return new TightEncoder();
    default:
      return new RawEncoder();
  }
}

class RawEncoder implements RectEncoder {
  readonly encoding = rfbEncodings.raw;

  encode(block: PixelBlock, format: RfbPixelFormat): Promise<readonly Buffer[]> {
    const bytes = wholePixel(format);
    const writer = new ByteWriter(Buffer.allocUnsafe(block.width * block.height * bytes.length));
    writer.block(block, bytes);
    return Promise.resolve([writer.written]);
  }

  close(): void {
    // It keeps nothing.
  }
}

class ZrleEncoder implements RectEncoder {
  readonly encoding = rfbEncodings.zrle;
  private readonly tiles = new ZrleTiles();
  private readonly writer = new ByteWriter(Buffer.alloc(zrleCapacity(pieceSize, pieceSize / 64)));
  private readonly deflater = new Deflater();

  async encode(block: PixelBlock, format: RfbPixelFormat): Promise<readonly Buffer[]> {
    this.writer.reset();
    this.tiles.write(block, compactPixel(format), this.writer);
    const deflated = await this.deflater.deflate(this.writer.written);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(deflated.length);
    return [length, deflated];
  }

  close(): void {
    this.deflater.close();
  }
}

class TightEncoder implements RectEncoder {
  readonly encoding = rfbEncodings.tight;
  private readonly rectangles = new TightRectangles(pieceSize);
  private readonly deflaters: (Deflater | undefined)[] = [undefined, undefined, undefined];

  async encode(block: PixelBlock, format: RfbPixelFormat): Promise<readonly Buffer[]> {
    const bytes: PixelBytes = tightPixel(format) ?? wholePixel(format);
    const { head, data, stream } = this.rectangles.encode(block, bytes);
    // The memory of both is used for the next rectangle again.
    const start = Buffer.from(head);
    if (stream === undefined) return [start, Buffer.from(data)];
    const deflater = (this.deflaters[stream] ??= new Deflater());
    const deflated = await deflater.deflate(data);
    return [start, compactLength(deflated.length), deflated];
  }

  close(): void {
    for (const deflater of this.deflaters) deflater?.close();
  }
}

import { constants, createInflate, type Inflate } from 'node:zlib';
import { compactPixel, tightPixel, wholePixel, type PixelBytes } from '../../src/protocol/rfb-compact-pixels';
import type { RfbPixelFormat } from '../../src/protocol/rfb-pixel-format';

/** Reads values one after the other; it throws where there is nothing more, as a decoder of good data never may. */
export class Bytes {
  at = 0;

  constructor(readonly all: Buffer) {}

  get left(): number {
    return this.all.length - this.at;
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  word(): number {
    return this.take(4).readUInt32BE();
  }

  take(count: number): Buffer {
    if (this.left < count) throw new RangeError(`${count} bytes wanted, ${this.left} there`);
    this.at += count;
    return this.all.subarray(this.at - count, this.at);
  }

  /** A pixel as a word with the bytes where they were in memory. */
  pixel(bytes: PixelBytes): number {
    return bytes.reduce((pixel, place) => (pixel | (this.byte() << (8 * place))) >>> 0, 0);
  }
}

/** Raw of RFC 6143, 7.7.1: the pixels as words in memory order, line by line. */
export function decodeRaw(bytes: Bytes, width: number, height: number, format: RfbPixelFormat): number[] {
  return Array.from({ length: width * height }, () => bytes.pixel(wholePixel(format)));
}

/** ZRLE of RFC 6143, 7.7.6, written from the RFC: tiles that were inflated. */
export function decodeZrle(bytes: Bytes, width: number, height: number, format: RfbPixelFormat): number[] {
  const pixel = compactPixel(format);
  const out = Array<number>(width * height).fill(0);
  for (let y0 = 0; y0 < height; y0 += 64) {
    for (let x0 = 0; x0 < width; x0 += 64) {
      const w = Math.min(64, width - x0);
      const h = Math.min(64, height - y0);
      decodeTile(bytes, w, h, pixel).forEach((value, i) => {
        out[(y0 + Math.floor(i / w)) * width + x0 + (i % w)] = value;
      });
    }
  }
  return out;
}

function decodeTile(bytes: Bytes, width: number, height: number, pixel: PixelBytes): number[] {
  const kind = bytes.byte();
  const count = width * height;
  if (kind === 0) return Array.from({ length: count }, () => bytes.pixel(pixel));
  if (kind === 1) return Array<number>(count).fill(bytes.pixel(pixel));
  if (kind <= 16) {
    const palette = Array.from({ length: kind }, () => bytes.pixel(pixel));
    const bits = kind === 2 ? 1 : kind <= 4 ? 2 : 4;
    const out: number[] = [];
    for (let row = 0; row < height; row++) {
      const line = bytes.take(Math.ceil((width * bits) / 8));
      for (let x = 0; x < width; x++) {
        const bit = x * bits;
        out.push(palette[(line[bit >> 3]! >> (8 - bits - (bit & 7))) & ((1 << bits) - 1)]!);
      }
    }
    return out;
  }
  const out: number[] = [];
  const run = (): number => {
    let length = 1;
    for (;;) {
      const more = bytes.byte();
      length += more;
      if (more !== 255) return length;
    }
  };
  if (kind === 128) {
    while (out.length < count) {
      const value = bytes.pixel(pixel);
      out.push(...Array<number>(run()).fill(value));
    }
  } else if (kind >= 130) {
    const palette = Array.from({ length: kind - 128 }, () => bytes.pixel(pixel));
    while (out.length < count) {
      const index = bytes.byte();
      if (index < 128) out.push(palette[index]!);
      else out.push(...Array<number>(run()).fill(palette[index - 128]!));
    }
  } else throw new RangeError(`tile of kind ${kind}`);
  if (out.length !== count) throw new RangeError('a run goes beyond its tile');
  return out;
}

/** Tight of rfbproto.rst without JPEG and gradient. @param inflate what a stream gives for these bytes and this length */
export function decodeTight(
  bytes: Bytes,
  width: number,
  height: number,
  format: RfbPixelFormat,
  inflate: (stream: number, data: Buffer, length: number) => Buffer,
): number[] {
  const pixel = tightPixel(format)!;
  const control = bytes.byte();
  if ((control & 0x0f) !== 0) throw new RangeError('a stream was begun anew');
  const count = width * height;
  if (control === 0x80) return Array<number>(count).fill(bytes.pixel(pixel));
  const stream = (control >> 4) & 3;
  const filter = (control & 0x40) === 0 ? 0 : bytes.byte();
  const palette = filter === 1 ? Array.from({ length: bytes.byte() + 1 }, () => bytes.pixel(pixel)) : [];
  const length =
    filter === 0 ? count * pixel.length : palette.length === 2 ? Math.ceil(width / 8) * height : count;
  const plain =
    length < 12 ? bytes.take(length) : inflate(stream, bytes.take(compactLengthOf(bytes)), length);
  const data = new Bytes(plain);
  if (filter === 0) return Array.from({ length: count }, () => data.pixel(pixel));
  if (palette.length > 2) return Array.from({ length: count }, () => palette[data.byte()]!);
  return Array.from({ length: height }, () => {
    const line = data.take(Math.ceil(width / 8));
    return Array.from({ length: width }, (_, x) => palette[(line[x >> 3]! >> (7 - (x & 7))) & 1]!);
  }).flat();
}

/** One to three bytes of seven bits. */
export function compactLengthOf(bytes: Bytes): number {
  let length = 0;
  for (let i = 0; i < 3; i++) {
    const byte = bytes.byte();
    length |= (i === 2 ? byte : byte & 0x7f) << (7 * i);
    if ((byte & 0x80) === 0) break;
  }
  return length;
}

/** A viewer's zlib stream, which goes on from rectangle to rectangle. */
export class Inflater {
  private readonly inflate: Inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH });
  private pieces: Buffer[] = [];

  constructor() {
    this.inflate.on('data', (piece: Buffer) => this.pieces.push(piece));
  }

  next(data: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.inflate.once('error', reject);
      this.inflate.write(data, () => {
        this.inflate.off('error', reject);
        const all = Buffer.concat(this.pieces);
        this.pieces = [];
        resolve(all);
      });
    });
  }
}

import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { indexed, type Pixels } from './palette';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const keyword = Buffer.from('texts\0\0', 'latin1');

/** A PNG file of at most 256 colours with a note in it, which viewers pass over. */
export function encodePalettePng(pixels: Pixels, note: string): Buffer {
  const { width, height } = pixels;
  const { palette, indices } = indexed(pixels);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, indices into a palette.
  header.set([8, 3], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])),
    ),
    chunk('zTXt', Buffer.concat([keyword, deflateSync(note, { level: 9 })])),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The note in a file that `encodePalettePng` made; `undefined` where there is none. */
export function noteOf(png: Buffer): string | undefined {
  for (let at = signature.length; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    const content = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (
      png.toString('latin1', at + 4, at + 8) === 'zTXt' &&
      content.subarray(0, keyword.length).equals(keyword)
    )
      return inflateSync(content.subarray(keyword.length)).toString();
  }
  return undefined;
}

function chunk(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

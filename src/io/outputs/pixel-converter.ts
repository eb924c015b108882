import { createCanvas, type Canvas } from 'canvas';
import { bytesPerPixel, type FramebufferGeometry } from './framebuffer-geometry';
import type { DamageRect } from './output';
import { drawUnderClip } from './picture-turner';
import { opaqueBits, packer, pixelFormats, sameColours } from './pixel-format';

/** Writes the pixels of `area` of a picture of the panel's size into the framebuffer's shadow. */
export type PixelConverter = (picture: Canvas, area: DamageRect) => void;

/**
 * The quickest converter for a framebuffer's pixels.
 * @param shadow the visible lines, from the first byte of the first one (so at line offsetY, column 0)
 */
export function pixelConverter(geometry: FramebufferGeometry, shadow: Buffer): PixelConverter {
  const { format } = geometry;
  if (sameColours(format, pixelFormats.RGB565)) return rgb565Converter(geometry, shadow);
  if (sameColours(format, pixelFormats.XRGB8888)) return xrgb8888Converter(geometry, shadow);
  return anyConverter(geometry, shadow);
}

/** Cairo itself converts to RGB16_565, and getImageData of such a canvas is a plain copy of 16-bit words. */
function rgb565Converter(geometry: FramebufferGeometry, shadow: Buffer): PixelConverter {
  const staging = createCanvas(geometry.width, geometry.height);
  // No `alpha: false` here: it would silently make this a 24-bit canvas.
  const context = staging.getContext('2d', { pixelFormat: 'RGB16_565' });
  context.imageSmoothingEnabled = false;
  const target = new Uint16Array(shadow.buffer, shadow.byteOffset, shadow.length / 2);
  const at = indexOf(geometry);
  return (picture, area) => {
    drawUnderClip(context, picture, area);
    const { x, y, width, height } = area;
    // Typed as bytes, but an array of words for this format.
    const pixels = context.getImageData(x, y, width, height).data as unknown as Uint16Array;
    for (let row = 0; row < height; row++) {
      target.set(pixels.subarray(row * width, (row + 1) * width), at(x, y + row));
    }
  };
}

/**
 * Cairo's own 32 bits. A small area comes by getImageData (as RGBA, so red and blue change places), a large one by a copy
 * of the whole canvas, which costs the same for any area: measured to be quicker from a quarter of the picture on.
 */
function xrgb8888Converter(geometry: FramebufferGeometry, shadow: Buffer): PixelConverter {
  const target = new Int32Array(shadow.buffer, shadow.byteOffset, shadow.length / 4);
  const at = indexOf(geometry);
  // What cairo leaves in the unused byte varies: always set, it is also right where that byte is transparency.
  const unused = 0xff000000 | opaqueBits(geometry.format);
  return (picture, area) => {
    const { x, y, width, height } = area;
    if (width * height * 4 > geometry.width * geometry.height) {
      const raw = picture.toBuffer('raw');
      const pixels = new Int32Array(raw.buffer, raw.byteOffset, raw.length / 4);
      const lineWords = picture.stride / 4;
      for (let row = y; row < y + height; row++) {
        let from = row * lineWords + x;
        let to = at(x, row);
        for (const end = to + width; to < end; to++) target[to] = (pixels[from++] ?? 0) | unused;
      }
      return;
    }
    const pixels = rgbaWords(picture, area);
    let from = 0;
    for (let row = y; row < y + height; row++) {
      let to = at(x, row);
      for (const end = to + width; to < end; to++) {
        const rgba = pixels[from++] ?? 0;
        target[to] = ((rgba & 0xff) << 16) | (rgba & 0xff00) | ((rgba >> 16) & 0xff) | unused;
      }
    }
  };
}

/** Any other order and length of the colours, pixel by pixel. */
function anyConverter(geometry: FramebufferGeometry, shadow: Buffer): PixelConverter {
  const { buffer, byteOffset, length } = shadow;
  const target =
    bytesPerPixel(geometry) === 2
      ? new Uint16Array(buffer, byteOffset, length / 2)
      : new Int32Array(buffer, byteOffset, length / 4);
  const at = indexOf(geometry);
  const pack = packer(geometry.format);
  return (picture, area) => {
    const pixels = rgbaWords(picture, area);
    let from = 0;
    for (let row = area.y; row < area.y + area.height; row++) {
      let to = at(area.x, row);
      for (const end = to + area.width; to < end; to++) {
        const rgba = pixels[from++] ?? 0;
        target[to] = pack(rgba & 0xff, (rgba >> 8) & 0xff, (rgba >> 16) & 0xff);
      }
    }
  };
}

/** The pixels of `area`, red in the lowest byte. */
function rgbaWords(picture: Canvas, { x, y, width, height }: DamageRect): Int32Array {
  const { data } = picture.getContext('2d').getImageData(x, y, width, height);
  return new Int32Array(data.buffer, data.byteOffset, width * height);
}

/** Index of a visible pixel in the shadow, seen as an array of pixels. */
function indexOf(geometry: FramebufferGeometry): (x: number, y: number) => number {
  const linePixels = geometry.stride / bytesPerPixel(geometry);
  return (x, y) => y * linePixels + geometry.offsetX + x;
}

import { bytesPerPixel, type FramebufferGeometry } from './framebuffer-geometry';
import type { DamageRect } from './output';
import type { ColourField } from './pixel-format';

/** Dims the pixels of an area of a framebuffer's shadow, where they stand in full brightness. */
export type Dimmer = (area: DamageRect) => void;

/** What a panel makes of a pixel's value: light grows with this power of it. */
const gamma = 2.2;

/**
 * What does a backlight's work where there is none: makes pixels darker so that `percent` of the light is left. For the eye
 * that is what a backlight at `percent` gives; values multiplied by it would be all but black at 10.
 *
 * @param shadow the visible lines, from the first byte of the first one
 * @param percent 0 (black) to 100
 * @returns `undefined` for 100, which costs nothing
 */
export function dimmer(geometry: FramebufferGeometry, shadow: Buffer, percent: number): Dimmer | undefined {
  if (percent >= 100) return undefined;
  const factor = (Math.max(0, percent) / 100) ** (1 / gamma);
  const { format, offsetX } = geometry;
  const { buffer, byteOffset, length } = shadow;
  const bytes = bytesPerPixel(geometry);
  const pixels =
    bytes === 2
      ? new Uint16Array(buffer, byteOffset, length / 2)
      : new Uint32Array(buffer, byteOffset, length / 4);
  const linePixels = geometry.stride / bytes;
  const fields = [format.red, format.green, format.blue] as const;
  const [red, green, blue] = fields.map((field) => dimmedValues(field, factor)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  const [redMask, greenMask, blueMask] = fields.map((field) => 2 ** field.length - 1) as [
    number,
    number,
    number,
  ];
  const [redAt, greenAt, blueAt] = [format.red.offset, format.green.offset, format.blue.offset];
  // What is no colour, such as transparency, stays as it is.
  const others = ~((redMask << redAt) | (greenMask << greenAt) | (blueMask << blueAt));
  return ({ x, y, width, height }) => {
    for (let row = y; row < y + height; row++) {
      let at = row * linePixels + offsetX + x;
      for (const end = at + width; at < end; at++) {
        const pixel = pixels[at] ?? 0;
        pixels[at] =
          (pixel & others) |
          (red[(pixel >>> redAt) & redMask] ?? 0) |
          (green[(pixel >>> greenAt) & greenMask] ?? 0) |
          (blue[(pixel >>> blueAt) & blueMask] ?? 0);
      }
    }
  };
}

/** For each value of a colour the bits of the dimmed one, in their place in the pixel. */
function dimmedValues({ offset, length }: ColourField, factor: number): Uint32Array {
  return Uint32Array.from({ length: 2 ** length }, (_, value) => Math.round(value * factor) * 2 ** offset);
}

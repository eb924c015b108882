import { UserError } from '../../base/user-error';
import { longSize, type Ioctl } from '../ioctl';
import { pixelFormats, type ColourField, type PixelFormat } from './pixel-format';

/** What must be known of a framebuffer to draw into it. */
export interface FramebufferGeometry {
  /** Visible pixels. */
  readonly width: number;
  readonly height: number;
  /** Bytes from one line to the next; a multiple of the pixel's size. */
  readonly stride: number;
  /** Where the visible part begins in the framebuffer's memory, in pixels and lines. */
  readonly offsetX: number;
  readonly offsetY: number;
  readonly format: PixelFormat;
  /** Dots per inch, where the driver knows how large the panel is. */
  readonly density?: number | undefined;
}

/** What a regular file is taken for when nothing else is said: the picture of an 800x480 panel on a Raspberry Pi. */
export const defaultGeometry: FramebufferGeometry = fileGeometry(800, 480);

/** The geometry of a framebuffer without padding, such as a regular file that stands in for one. */
export function fileGeometry(
  width: number,
  height: number,
  format: PixelFormat = pixelFormats.RGB565,
): FramebufferGeometry {
  return { width, height, stride: (width * format.bitsPerPixel) / 8, offsetX: 0, offsetY: 0, format };
}

/** Bytes of a pixel: 2 or 4. */
export function bytesPerPixel(geometry: FramebufferGeometry): number {
  return geometry.format.bitsPerPixel / 8;
}

/** Bytes from the start of the framebuffer's memory to the end of the last visible line. */
export function memorySize({ stride, offsetY, height }: FramebufferGeometry): number {
  return (offsetY + height) * stride;
}

const FBIOGET_VSCREENINFO = 0x4600;
const FBIOGET_FSCREENINFO = 0x4602;
/** sizeof(struct fb_var_screeninfo): 40 words of 32 bits everywhere. */
const variableSize = 160;
/** More than sizeof(struct fb_fix_screeninfo), which is 80 or 68. */
const fixedSize = 128;
const FB_TYPE_PACKED_PIXELS = 0;
const FB_VISUAL_TRUECOLOR = 2;

/** Asks the driver of an open framebuffer. Throws a UserError when `fd` is none, or one of a kind that can't be drawn into. */
export function readGeometry(path: string, fd: number, ioctl: Ioctl): FramebufferGeometry {
  const variable = Buffer.alloc(variableSize);
  const fixed = Buffer.alloc(fixedSize);
  try {
    ioctl.withBuffer(fd, FBIOGET_VSCREENINFO, variable);
    ioctl.withBuffer(fd, FBIOGET_FSCREENINFO, fixed);
  } catch (cause) {
    throw new UserError(`${path} is a device but not a framebuffer: name one such as /dev/fb0.`, { cause });
  }
  return parseGeometry(path, variable, fixed, longSize);
}

/**
 * Reads `struct fb_var_screeninfo` and `struct fb_fix_screeninfo` (linux/fb.h).
 * @param sizeOfLong bytes of an `unsigned long`, two of which lie in the fixed structure: 4 in a 32-bit process
 * @throws UserError when the pixels are not packed true colour of 16 or 32 bits
 */
export function parseGeometry(
  path: string,
  variable: Buffer,
  fixed: Buffer,
  sizeOfLong: 4 | 8,
): FramebufferGeometry {
  const word = (index: number) => variable.readUInt32LE(index * 4);
  // After id[16] and smem_start: smem_len, type, type_aux, visual (words), xpanstep, ypanstep, ywrapstep (halves).
  const afterStart = 16 + sizeOfLong;
  const type = fixed.readUInt32LE(afterStart + 4);
  const visual = fixed.readUInt32LE(afterStart + 12);
  const stride = fixed.readUInt32LE(afterStart + 24);
  const bits = word(6);
  const grayscale = word(7);
  const field = (index: number): ColourField => ({ offset: word(index), length: word(index + 1) });
  const reversed = [10, 13, 16, 19].some((index) => word(index) !== 0);
  const colours = { red: field(8), green: field(11), blue: field(14), transparency: field(17) };
  const fits = ({ offset, length }: ColourField) => length <= 8 && offset + length <= bits;
  const { red, green, blue, transparency } = colours;
  if (
    (bits !== 16 && bits !== 32) ||
    type !== FB_TYPE_PACKED_PIXELS ||
    visual !== FB_VISUAL_TRUECOLOR ||
    grayscale !== 0 ||
    reversed ||
    ![red, green, blue].every((colour) => colour.length > 0 && fits(colour)) ||
    !fits(transparency)
  ) {
    throw new UserError(
      `${path} has ${describe(bits, type, visual, grayscale)} pixels: set its mode to 16 or 32 bits of true colour ` +
        `(fbset -depth 16, or framebuffer_depth=16 in config.txt).`,
    );
  }
  return checkedGeometry(path, {
    width: word(0),
    height: word(1),
    stride,
    offsetX: word(4),
    offsetY: word(5),
    format: { bitsPerPixel: bits, ...colours },
    density: densityOf(word(0), word(1), { width: word(23), height: word(22) }),
  });
}

/** Sides of a panel that can be believed, mm: drivers that do not know tell 0, 1 or all bits. */
const panelSide = { least: 20, most: 3000 };
/** Dots per inch that can be believed. */
const densities = { least: 30, most: 800 };

/** By the diagonals, as a panel that is built in turned may tell its sides so. @param millimetres of the picture */
function densityOf(
  width: number,
  height: number,
  millimetres: { readonly width: number; readonly height: number },
): number | undefined {
  const sides = [millimetres.width, millimetres.height];
  if (sides.some((side) => side < panelSide.least || side > panelSide.most)) return undefined;
  const density = Math.hypot(width, height) / (Math.hypot(...sides) / 25.4);
  return density < densities.least || density > densities.most ? undefined : density;
}

function describe(bits: number, type: number, visual: number, grayscale: number): string {
  if (type !== FB_TYPE_PACKED_PIXELS) return `${bits}-bit planar or text (type ${type})`;
  if (grayscale === 1) return `${bits}-bit grayscale`;
  if (visual !== FB_VISUAL_TRUECOLOR) return `${bits}-bit palette (visual ${visual})`;
  return `${bits}-bit`;
}

/** Returns `geometry`. Throws a UserError when its numbers contradict each other. */
export function checkedGeometry(path: string, geometry: FramebufferGeometry): FramebufferGeometry {
  const { width, height, stride, offsetX, offsetY } = geometry;
  const whole = [width, height, stride, offsetX, offsetY].every((n) => Number.isInteger(n) && n >= 0);
  const bytes = bytesPerPixel(geometry);
  if (!whole || width === 0 || height === 0 || stride % bytes !== 0 || stride < (offsetX + width) * bytes) {
    throw new UserError(
      `${path} says ${width}x${height} pixels from ${offsetX},${offsetY} at ${stride} bytes a line, ` +
        `which can't be: a line needs at least ${(offsetX + width) * bytes} bytes.`,
    );
  }
  return geometry;
}

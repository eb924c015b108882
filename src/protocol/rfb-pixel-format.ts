/** How a client wants pixels: PIXEL_FORMAT of RFC 6143, 7.4. Colour maps are not offered, so every pixel holds its colours. */
export interface RfbPixelFormat {
  readonly bitsPerPixel: 8 | 16 | 32;
  /** Bits that mean something. */
  readonly depth: number;
  readonly bigEndian: boolean;
  readonly red: RfbColour;
  readonly green: RfbColour;
  readonly blue: RfbColour;
}

/** One colour in a pixel: 0 to `max` (2^n - 1), `shift` bits to the left. */
export interface RfbColour {
  readonly max: number;
  readonly shift: number;
}

/** Bytes of PIXEL_FORMAT. */
export const pixelFormatLength = 16;

/** What the server has: words of 0x00RRGGBB, little-endian. */
export const serverPixelFormat: RfbPixelFormat = {
  bitsPerPixel: 32,
  depth: 24,
  bigEndian: false,
  red: { max: 255, shift: 16 },
  green: { max: 255, shift: 8 },
  blue: { max: 255, shift: 0 },
};

/** The 16 bytes of a format. */
export function writePixelFormat(format: RfbPixelFormat): Buffer {
  const bytes = Buffer.alloc(pixelFormatLength);
  bytes[0] = format.bitsPerPixel;
  bytes[1] = format.depth;
  bytes[2] = format.bigEndian ? 1 : 0;
  bytes[3] = 1;
  const colours = [format.red, format.green, format.blue];
  colours.forEach(({ max, shift }, i) => {
    bytes.writeUInt16BE(max, 4 + 2 * i);
    bytes[10 + i] = shift;
  });
  return bytes;
}

/** Reads 16 bytes. Returns a few words of what is wrong instead of a format that no picture can be given in. */
export function parsePixelFormat(bytes: Buffer): RfbPixelFormat | string {
  const [bits = 0, depth = 0, bigEndian = 0, trueColour = 0] = bytes;
  if (bits !== 8 && bits !== 16 && bits !== 32) return `${bits} bits for a pixel`;
  if (trueColour === 0) return 'pixels by a colour map';
  if (depth > bits) return `${depth} bits of depth in ${bits}`;
  const colour = (i: number): RfbColour => ({
    max: bytes.readUInt16BE(4 + 2 * i),
    shift: bytes[10 + i] ?? 0,
  });
  const colours = [colour(0), colour(1), colour(2)] as const;
  let taken = 0n;
  for (const { max, shift } of colours) {
    if ((max & (max + 1)) !== 0) return `${max} as the most of a colour`;
    if (shift >= 32 || max * 2 ** shift >= 2 ** bits) return `a colour ${shift} bits up in ${bits}`;
    const mask = BigInt(max) << BigInt(shift);
    if ((taken & mask) !== 0n) return 'colours that share bits';
    taken |= mask;
  }
  const [red, green, blue] = colours;
  return { bitsPerPixel: bits, depth, bigEndian: bigEndian !== 0, red, green, blue };
}

/** Names a format: two with the same name have the same pixels, byte for byte. */
export function pixelFormatKey(format: RfbPixelFormat): string {
  const { red, green, blue } = format;
  // The order of one byte is no order.
  const order = format.bigEndian && format.bitsPerPixel > 8;
  return [format.bitsPerPixel, order, ...[red, green, blue].flatMap(({ max, shift }) => [max, shift])].join();
}

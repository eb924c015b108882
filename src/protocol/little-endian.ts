/** How a number lies on the wire: unsigned or signed, its bits, least significant byte first. */
export type WireNumber = 'u8' | 's8' | 'u16' | 's16' | 's32';

/** Bytes that each kind takes. */
export const wireSizes: Readonly<Record<WireNumber, number>> = { u8: 1, s8: 1, u16: 2, s16: 2, s32: 4 };

/** The smallest and the largest number that each kind can hold. */
export const wireLimits: Readonly<Record<WireNumber, readonly [number, number]>> = {
  u8: [0, 0xff],
  s8: [-0x80, 0x7f],
  u16: [0, 0xffff],
  s16: [-0x8000, 0x7fff],
  s32: [-0x80000000, 0x7fffffff],
};

/** Reads one number; bytes beyond the end count as zero, so callers check the length first. */
export function readNumber(bytes: Uint8Array, offset: number, type: WireNumber): number {
  const b0 = bytes[offset] ?? 0;
  switch (type) {
    case 'u8':
      return b0;
    case 's8':
      return (b0 << 24) >> 24;
    case 'u16':
      return b0 | ((bytes[offset + 1] ?? 0) << 8);
    case 's16':
      return ((b0 << 16) | ((bytes[offset + 1] ?? 0) << 24)) >> 16;
    case 's32':
      return (
        b0 |
        ((bytes[offset + 1] ?? 0) << 8) |
        ((bytes[offset + 2] ?? 0) << 16) |
        ((bytes[offset + 3] ?? 0) << 24)
      );
  }
}

/** Reads an unsigned 32-bit number, 0..4294967295. */
export function readUnsigned32(bytes: Uint8Array, offset: number): number {
  return readNumber(bytes, offset, 's32') >>> 0;
}

/** Writes the low bits of an integer; bytes beyond the end are left out, as typed arrays do. */
export function writeNumber(bytes: Uint8Array, offset: number, type: WireNumber, value: number): void {
  for (let i = 0; i < wireSizes[type]; i++) bytes[offset + i] = value >>> (8 * i);
}

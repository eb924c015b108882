import { pixelFormatLength, serverPixelFormat, writePixelFormat } from './rfb-pixel-format';
import type { RfbArea } from './rfb-client-messages';

/** Encodings and pseudo-encodings by the numbers that IANA keeps (rfbproto.rst). */
export const rfbEncodings = {
  raw: 0,
  copyRect: 1,
  tight: 7,
  zrle: 16,
  cursor: -239,
  desktopSize: -223,
  extendedDesktopSize: -308,
  fence: -312,
  continuousUpdates: -313,
} as const;

/** Flags of a fence: what it asks of the other side, and that it wants the answer. */
export const fenceFlags = { blockBefore: 1, blockAfter: 2, syncNext: 4, request: 0x8000_0000 } as const;

/** The first words of a server that is let in: how large the picture is, of what pixels, and whose. */
export function serverInit(width: number, height: number, name: string): Buffer {
  const text = Buffer.from(name, 'utf8');
  const bytes = Buffer.alloc(8 + pixelFormatLength + text.length);
  bytes.writeUInt16BE(width, 0);
  bytes.writeUInt16BE(height, 2);
  writePixelFormat(serverPixelFormat).copy(bytes, 4);
  bytes.writeUInt32BE(text.length, 4 + pixelFormatLength);
  text.copy(bytes, 8 + pixelFormatLength);
  return bytes;
}

/** What stands before the rectangles of an update. @param count 0 to 65535 */
export function updateHeader(count: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE(count, 2);
  return bytes;
}

/** What stands before the pixels of a rectangle. */
export function rectangleHeader({ x, y, width, height }: RfbArea, encoding: number): Buffer {
  const bytes = Buffer.allocUnsafe(12);
  bytes.writeUInt16BE(x, 0);
  bytes.writeUInt16BE(y, 2);
  bytes.writeUInt16BE(width, 4);
  bytes.writeUInt16BE(height, 6);
  bytes.writeInt32BE(encoding, 8);
  return bytes;
}

/**
 * How large the picture is, and that it is one screen.
 *
 * @param reason 0 by the server's own will, 1 in answer to this client
 * @param status 0 as it was asked for, 1 forbidden
 */
export function extendedDesktopSize(width: number, height: number, reason: 0 | 1, status: 0 | 1): Buffer {
  const layout = Buffer.alloc(20);
  layout[0] = 1;
  layout.writeUInt16BE(width, 12);
  layout.writeUInt16BE(height, 14);
  // Reason and status stand where other rectangles have their corner.
  const area = { x: reason, y: status, width, height };
  return Buffer.concat([rectangleHeader(area, rfbEncodings.extendedDesktopSize), layout]);
}

/** @param payload up to 64 bytes, which come back with the answer */
export function fence(flags: number, payload: Buffer): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = 248;
  bytes.writeUInt32BE(flags >>> 0, 4);
  bytes[8] = payload.length;
  return Buffer.concat([bytes, payload]);
}

/** Says that continuous updates have ended, and before all that they can be had. */
export function endOfContinuousUpdates(): Buffer {
  return Buffer.from([150]);
}

import { writePixelFormat, type RfbPixelFormat } from '../../src/protocol/rfb-pixel-format';

/** SetPixelFormat. */
export function setPixelFormat(format: RfbPixelFormat): Buffer {
  return Buffer.concat([Buffer.alloc(4), writePixelFormat(format)]);
}

/** SetEncodings. */
export function setEncodings(encodings: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * encodings.length);
  bytes[0] = 2;
  bytes.writeUInt16BE(encodings.length, 2);
  encodings.forEach((encoding, i) => bytes.writeInt32BE(encoding | 0, 4 + 4 * i));
  return bytes;
}

/** FramebufferUpdateRequest. */
export function updateRequest(
  incremental: boolean,
  x: number,
  y: number,
  width: number,
  height: number,
): Buffer {
  return words(3, incremental ? 1 : 0, x, y, width, height);
}

/** EnableContinuousUpdates. */
export function enableContinuousUpdates(on: boolean, width: number, height: number): Buffer {
  return words(150, on ? 1 : 0, 0, 0, width, height);
}

/** KeyEvent. */
export function keyEvent(down: boolean, keysym: number): Buffer {
  const bytes = Buffer.from([4, down ? 1 : 0, 0, 0, 0, 0, 0, 0]);
  bytes.writeUInt32BE(keysym, 4);
  return bytes;
}

/** PointerEvent. */
export function pointerEvent(buttons: number, x: number, y: number): Buffer {
  return words(5, buttons, x, y);
}

/** ClientCutText that says to have a length, and has a text. */
export function clientCutText(length: number, text: Buffer): Buffer {
  const bytes = Buffer.from([6, 0, 0, 0, 0, 0, 0, 0]);
  bytes.writeUInt32BE(length, 4);
  return Buffer.concat([bytes, text]);
}

function words(type: number, flag: number, ...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 + 2 * numbers.length);
  bytes[0] = type;
  bytes[1] = flag;
  numbers.forEach((number, i) => bytes.writeUInt16BE(number, 2 + 2 * i));
  return bytes;
}

import type { CanFrame } from './can-frame';
import { readUnsigned32, writeNumber } from './little-endian';

/**
 * A CAN frame in a UDP datagram, as the EVTV ESP32 controller broadcasts it (EVTV manual v1.21, "UDP"): 24 bytes,
 * little-endian, no padding.
 *
 * | bytes | type  | field                                   |
 * | ----- | ----- | --------------------------------------- |
 * | 0-7   | u8[8] | data                                    |
 * | 8-11  | u32   | message id                              |
 * | 12-15 | u32   | family id, internal to the sender       |
 * | 16-19 | u32   | time stamp, in a unit that is not given |
 * | 20    | u8    | 1 = remote request, not processed       |
 * | 21    | u8    | priority                                |
 * | 22    | u8    | 1 = 29-bit id, not processed            |
 * | 23    | u8    | number of data bytes                    |
 *
 * The manual has senders fill only data, id and length; the rest "must be present" and "is not processed". It may be
 * zero and, from real controllers, junk.
 */
export const datagramLength = 24;

/** The shortest datagram that still holds data and id; taken only by the lenient decoder, as the field parsers do. */
export const shortestLenientLength = 12;

const maxStandardId = 0x7ff;
const largestDataLength = 8;

/** Why a datagram was not a frame. */
export interface DatagramRejection {
  readonly rejected: 'wrong length';
}

const wrongLength: DatagramRejection = { rejected: 'wrong length' };

/** How strict to be. */
export interface DatagramOptions {
  /** Take 12 to 24 bytes, not only 24 exactly: for third-party senders. Default false. */
  readonly lenient?: boolean;
}

/**
 * The frame in a datagram, or why there is none. Never throws. The id is compared by its full 32 bits and may exceed
 * a CAN id (it is extended then). The two flags change nothing, as the manual says: a frame with one of them is marked, so
 * that it can be counted, and none is a remote request.
 * The data is a copy of all eight bytes, whatever the length byte says: senders get that one wrong.
 */
export function decodeDatagram(
  bytes: Uint8Array,
  options: DatagramOptions = {},
): CanFrame | DatagramRejection {
  const { length } = bytes;
  const shortest = options.lenient === true ? shortestLenientLength : datagramLength;
  if (length < shortest || length > datagramLength) return wrongLength;
  // A loop of eight into a small typed array stays on the heap of V8; slicing a Buffer would not.
  const data = new Uint8Array(largestDataLength);
  for (let i = 0; i < largestDataLength; i++) data[i] = bytes[i] ?? 0;
  const id = readUnsigned32(bytes, 8);
  const declared = bytes[23] ?? 0;
  const frame: CanFrame = {
    id,
    data,
    extended: id > maxStandardId,
    remote: false,
    declaredLength: declared <= largestDataLength ? declared : 0,
  };
  return bytes[20] === 1 || bytes[22] === 1 ? { ...frame, flagged: true } : frame;
}

/** The time stamp of a datagram, 0..4294967295; 0 where it is too short to have one. */
export function datagramStamp(bytes: Uint8Array): number {
  return bytes.length < 20 ? 0 : readUnsigned32(bytes, 16);
}

/**
 * The datagram that carries a frame; `timestamp` is put in as its low 32 bits. Data shorter than eight bytes is padded
 * with zeros and longer data is cut, for the wire has room for eight.
 */
export function encodeDatagram(frame: CanFrame, timestamp: number): Uint8Array {
  const bytes = new Uint8Array(datagramLength);
  bytes.set(frame.data.subarray(0, largestDataLength));
  writeNumber(bytes, 8, 's32', frame.id);
  writeNumber(bytes, 16, 's32', timestamp);
  bytes[20] = frame.remote ? 1 : 0;
  bytes[22] = frame.extended ? 1 : 0;
  bytes[23] = frame.declaredLength ?? Math.min(frame.data.length, largestDataLength);
  return bytes;
}

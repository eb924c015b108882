import { dataFrame, type CanFrame } from './can-frame';
import { crc32 } from './crc32';
import { readNumber, readUnsigned32, writeNumber } from './little-endian';

// How a controller announces its configuration among its operating data: docs/controller-protocol.md. The format is packdial's
// own, for the manufacturer's is not public.

/** The ids, which none of the messages of docs/messages.md has. */
export const announcementIds = { head: 0x6e0, piece: 0x6e1 } as const;

/** The format that is understood, byte 0 of a head. */
export const announcementFormat = 1;

/** Bytes of text in one piece. */
const pieceSize = 6;
/** The longest text, bytes: 255 pieces. */
export const longestAnnouncement = 255 * pieceSize;

/** True for a frame that belongs to an announcement. */
export function isAnnouncement({ id, extended, remote }: CanFrame): boolean {
  return (id === announcementIds.head || id === announcementIds.piece) && !extended && !remote;
}

/**
 * The frames of an announcement, the head first.
 *
 * @param version another one, 0..255, whenever the text is another
 * @throws RangeError when the text is empty or longer than `longestAnnouncement` bytes
 */
export function encodeAnnouncement(text: string, version: number): CanFrame[] {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length === 0 || bytes.length > longestAnnouncement) {
    throw new RangeError(`an announcement has 1 to ${longestAnnouncement} bytes, not ${bytes.length}`);
  }
  const head = new Uint8Array(8);
  head[0] = announcementFormat;
  head[1] = version;
  writeNumber(head, 2, 'u16', bytes.length);
  writeNumber(head, 4, 's32', crc32(bytes));
  const frames = [dataFrame(announcementIds.head, head)];
  for (let from = 0; from < bytes.length; from += pieceSize) {
    const data = new Uint8Array(8);
    data[0] = version;
    data[1] = from / pieceSize;
    data.set(bytes.subarray(from, from + pieceSize), 2);
    frames.push(dataFrame(announcementIds.piece, data));
  }
  return frames;
}

/** What a frame has brought about. */
export type Assembled =
  /** There is more to come, or it was of no use. */
  | { readonly kind: 'more' }
  /** A text that was not known before is whole. */
  | { readonly kind: 'text'; readonly text: string }
  /** The text that is known already holds still. */
  | { readonly kind: 'again' }
  /** Something was not right. */
  | { readonly kind: 'broken'; readonly problem: string };

const more: Assembled = { kind: 'more' };
const again: Assembled = { kind: 'again' };

interface Expected {
  readonly version: number;
  readonly length: number;
  readonly sum: number;
}

/**
 * Puts the announcements of one sender together. Pieces may come in any order, twice, and over several rounds: what was
 * lost in one is filled by the next, as long as the head stays the same. Holds one text of 1530 bytes at most.
 */
export class AnnouncementAssembler {
  private expected: Expected | undefined;
  private readonly bytes = new Uint8Array(longestAnnouncement);
  private readonly have = new Uint8Array(longestAnnouncement / pieceSize);
  private missing = 0;

  /** @param frame one for which `isAnnouncement` is true; others are of no use */
  take({ id, data }: CanFrame): Assembled {
    if (data.length < 8) return { kind: 'broken', problem: `${data.length} bytes` };
    if (id === announcementIds.head) return this.takeHead(data);
    return id === announcementIds.piece ? this.takePiece(data) : more;
  }

  private takeHead(data: Uint8Array): Assembled {
    if (data[0] !== announcementFormat) return { kind: 'broken', problem: `format ${data[0] ?? 0}` };
    const version = data[1] ?? 0;
    const length = readNumber(data, 2, 'u16');
    const sum = readUnsigned32(data, 4);
    if (length === 0 || length > longestAnnouncement) return { kind: 'broken', problem: `length ${length}` };
    const before = this.expected;
    if (before?.version === version && before.length === length && before.sum === sum) {
      return this.missing === 0 ? again : more;
    }
    this.expected = { version, length, sum };
    this.missing = Math.ceil(length / pieceSize);
    this.have.fill(0);
    return more;
  }

  private takePiece(data: Uint8Array): Assembled {
    const { expected } = this;
    const index = data[1] ?? 0;
    if (expected === undefined || data[0] !== expected.version || this.missing === 0) return more;
    if (index * pieceSize >= expected.length) return { kind: 'broken', problem: `piece ${index}` };
    if (this.have[index] === 1) return more;
    this.have[index] = 1;
    this.missing--;
    for (let i = 0; i < pieceSize; i++) this.bytes[index * pieceSize + i] = data[2 + i] ?? 0;
    return this.missing === 0 ? this.finish(expected) : more;
  }

  private finish({ length, sum }: Expected): Assembled {
    const bytes = this.bytes.subarray(0, length);
    const text = crc32(bytes) === sum ? decoded(bytes) : undefined;
    if (text !== undefined) return { kind: 'text', text };
    // From the next head on anew.
    this.expected = undefined;
    return { kind: 'broken', problem: 'check sum' };
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

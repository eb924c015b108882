import { parsePixelFormat, pixelFormatLength, type RfbPixelFormat } from './rfb-pixel-format';

/** What a client says once it is let in (RFC 6143, 7.5, and the community's extensions of it in rfbproto.rst). */
export type RfbClientMessage =
  | { readonly type: 'set-pixel-format'; readonly format: RfbPixelFormat }
  /** In the order of preference; see maxEncodings. */
  | { readonly type: 'set-encodings'; readonly encodings: readonly number[] }
  | { readonly type: 'update-request'; readonly incremental: boolean; readonly area: RfbArea }
  | { readonly type: 'key'; readonly down: boolean; readonly keysym: number }
  | { readonly type: 'pointer'; readonly buttons: number; readonly x: number; readonly y: number }
  | { readonly type: 'continuous-updates'; readonly on: boolean; readonly area: RfbArea }
  | { readonly type: 'fence'; readonly flags: number; readonly payload: Buffer }
  | { readonly type: 'set-desktop-size'; readonly width: number; readonly height: number };

/** A rectangle as the client says it: it may reach beyond the picture. */
export interface RfbArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Encodings that are looked at; what a client lists beyond them is passed over unread. */
export const maxEncodings = 64;
/** Bytes of cut text that are passed over: what TigerVNC sends at most. Longer ones are taken for an attack. */
const maxCutText = 262_144;
/** rfbproto.rst: a fence carries so many bytes at most. */
const maxFence = 64;

/** How many bytes a message of a type has, as far as that shows in the first `known` ones. */
type Header = {
  readonly known: number;
  readonly rest?: (bytes: Buffer) => { take: number; skip: number } | string;
};

const headers: Readonly<Record<number, Header>> = {
  0: { known: 4 + pixelFormatLength },
  2: {
    known: 4,
    rest: (bytes) => {
      const count = bytes.readUInt16BE(2);
      const looked = Math.min(count, maxEncodings);
      return { take: 4 * looked, skip: 4 * (count - looked) };
    },
  },
  3: { known: 10 },
  4: { known: 8 },
  5: { known: 6 },
  6: {
    known: 8,
    rest: (bytes) => {
      const length = bytes.readUInt32BE(4);
      // The display has no use for it: not a byte is kept.
      return length > maxCutText ? `${length} bytes of cut text` : { take: 0, skip: length };
    },
  },
  150: { known: 10 },
  248: {
    known: 9,
    rest: (bytes) => {
      const length = bytes[8] ?? 0;
      return length > maxFence ? `a fence of ${length} bytes` : { take: length, skip: 0 };
    },
  },
  251: { known: 8, rest: (bytes) => ({ take: 16 * (bytes[6] ?? 0), skip: 0 }) },
};

/** Puts messages together from pieces of any size. It keeps no more than the one message that is not complete yet. */
export class RfbClientParser {
  private kept: Buffer = Buffer.alloc(0);
  private skipping = 0;
  private failure: string | undefined;

  /** What is complete now; or a few words of what is wrong, after which nothing is understood any more. */
  push(chunk: Buffer): readonly RfbClientMessage[] | string {
    if (this.failure !== undefined) return this.failure;
    const messages: RfbClientMessage[] = [];
    let bytes = this.kept.length === 0 ? chunk : Buffer.concat([this.kept, chunk]);
    for (;;) {
      if (this.skipping > 0) {
        const skipped = Math.min(this.skipping, bytes.length);
        this.skipping -= skipped;
        bytes = bytes.subarray(skipped);
      }
      const type = bytes[0];
      if (type === undefined) break;
      const header = headers[type];
      if (header === undefined) return this.fail(`a message of type ${type}`);
      if (bytes.length < header.known) break;
      const rest = header.rest?.(bytes) ?? { take: 0, skip: 0 };
      if (typeof rest === 'string') return this.fail(rest);
      const length = header.known + rest.take;
      if (bytes.length < length) break;
      const message = parse(type, bytes.subarray(0, length));
      if (typeof message === 'string') return this.fail(message);
      if (message !== undefined) messages.push(message);
      this.skipping = rest.skip;
      bytes = bytes.subarray(length);
    }
    // A copy: the whole chunk would stay with it.
    this.kept = Buffer.from(bytes);
    return messages;
  }

  private fail(reason: string): string {
    this.failure = reason;
    this.kept = Buffer.alloc(0);
    return reason;
  }
}

/** @param bytes a whole message */
function parse(type: number, bytes: Buffer): RfbClientMessage | string | undefined {
  switch (type) {
    case 0: {
      const format = parsePixelFormat(bytes.subarray(4));
      return typeof format === 'string' ? format : { type: 'set-pixel-format', format };
    }
    case 2: {
      const encodings = [];
      for (let at = 4; at < bytes.length; at += 4) encodings.push(bytes.readInt32BE(at));
      return { type: 'set-encodings', encodings };
    }
    case 3:
      return { type: 'update-request', incremental: bytes[1] !== 0, area: areaAt(bytes, 2) };
    case 4:
      return { type: 'key', down: bytes[1] !== 0, keysym: bytes.readUInt32BE(4) };
    case 5:
      return { type: 'pointer', buttons: bytes[1] ?? 0, x: bytes.readUInt16BE(2), y: bytes.readUInt16BE(4) };
    case 150:
      return { type: 'continuous-updates', on: bytes[1] !== 0, area: areaAt(bytes, 2) };
    case 248:
      return { type: 'fence', flags: bytes.readUInt32BE(4), payload: Buffer.from(bytes.subarray(9)) };
    case 251:
      return { type: 'set-desktop-size', width: bytes.readUInt16BE(2), height: bytes.readUInt16BE(4) };
    default:
      return undefined;
  }
}

function areaAt(bytes: Buffer, at: number): RfbArea {
  return {
    x: bytes.readUInt16BE(at),
    y: bytes.readUInt16BE(at + 2),
    width: bytes.readUInt16BE(at + 4),
    height: bytes.readUInt16BE(at + 6),
  };
}

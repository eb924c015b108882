/**
 * Modbus RTU as "MODBUS over Serial Line, Specification and Implementation Guide V1.02" defines it: address, function, data,
 * CRC-16 with its low byte first. Only the functions that our devices speak: 03 reads registers, 06 writes one.
 */
export type ModbusReply =
  | { readonly kind: 'registers'; readonly address: number; readonly data: Uint8Array }
  | { readonly kind: 'written'; readonly address: number; readonly register: number; readonly value: number }
  | {
      readonly kind: 'exception';
      readonly address: number;
      readonly function: number;
      readonly code: number;
    };

const readRegisters = 0x03;
const writeRegister = 0x06;
const exceptionBit = 0x80;

/** CRC-16/MODBUS of the bytes: polynomial A001, from FFFF. */
export function modbusCrc(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0xa001;
  }
  return crc;
}

/** The request for `count` registers from `start` on; each argument 0..65535, the address 0..255. */
export function readRegistersRequest(address: number, start: number, count: number): Uint8Array {
  return request(address, readRegisters, start, count);
}

/** The request that writes one register, 0..65535; it is answered by the same bytes. */
export function writeRegisterRequest(address: number, register: number, value: number): Uint8Array {
  return request(address, writeRegister, register, value);
}

function request(address: number, code: number, first: number, second: number): Uint8Array {
  return withCrc(Uint8Array.of(address, code, first >>> 8, first, second >>> 8, second));
}

/** The bytes with their CRC behind them. */
export function withCrc(bytes: Uint8Array): Uint8Array {
  const crc = modbusCrc(bytes);
  return Uint8Array.of(...bytes, crc & 0xff, crc >>> 8);
}

/** What a stream of replies held that was no reply. */
export interface ModbusRejects {
  /** A frame of a known form with a wrong CRC. */
  crc(): void;
  /** Bytes that belong to no reply. */
  noise(count: number): void;
}

/** What an assembler takes for the beginning of a reply. */
export interface ModbusExpectation {
  readonly address: number;
  /** Lengths in bytes that the data of a reply to a read can have. */
  readonly dataLengths: readonly number[];
}

/**
 * Puts replies together from pieces that may be cut anywhere, by the lengths that the frames state. After a wrong CRC or a
 * lost piece it goes on at the next byte from which a whole reply can be read, so that one fault costs one reply. It never
 * throws, and keeps less than one frame.
 */
export class ModbusAssembler {
  private pending = new Uint8Array(0);

  constructor(
    private readonly expected: ModbusExpectation,
    private readonly rejects: ModbusRejects,
  ) {}

  /** Takes a piece; returns the replies that it completes, in order. */
  push(piece: Uint8Array): ModbusReply[] {
    const bytes = new Uint8Array(this.pending.length + piece.length);
    bytes.set(this.pending);
    bytes.set(piece, this.pending.length);
    const replies: ModbusReply[] = [];
    let from = 0;
    for (;;) {
      const found = this.findReply(bytes, from);
      if (found === undefined) break;
      this.discard(bytes.subarray(from, found.at));
      replies.push(replyOf(bytes.subarray(found.at, found.end)));
      from = found.end;
    }
    const begun = this.findBegun(bytes, from);
    this.discard(bytes.subarray(from, begun));
    this.pending = bytes.slice(begun);
    return replies;
  }

  /** The first whole reply with a right CRC. Those before it that are incomplete have lost a piece. */
  private findReply(bytes: Uint8Array, from: number): { at: number; end: number } | undefined {
    for (let at = from; at < bytes.length; at++) {
      const length = this.frameLength(bytes, at);
      if (length === undefined || at + length > bytes.length) continue;
      if (hasRightCrc(bytes.subarray(at, at + length))) return { at, end: at + length };
    }
    return undefined;
  }

  /** Where a reply begins whose end is still to come; the length of `bytes` when there is none. */
  private findBegun(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const length = this.frameLength(bytes, at);
      if (length === undefined ? this.mayBegin(bytes, at) : at + length > bytes.length) return at;
    }
    return bytes.length;
  }

  /** True where too few bytes are there to tell: an address, or an address and the function 03. */
  private mayBegin(bytes: Uint8Array, at: number): boolean {
    if (bytes[at] !== this.expected.address) return false;
    if (at + 1 === bytes.length) return true;
    return bytes[at + 1] === readRegisters && at + 2 === bytes.length;
  }

  /** The length that a frame which begins at `at` would have; `undefined` where none begins. */
  private frameLength(bytes: Uint8Array, at: number): number | undefined {
    if (bytes[at] !== this.expected.address) return undefined;
    switch (bytes[at + 1] ?? 0) {
      case readRegisters: {
        const dataLength = bytes[at + 2];
        return dataLength !== undefined && this.expected.dataLengths.includes(dataLength)
          ? dataLength + 5
          : undefined;
      }
      case writeRegister:
        return 8;
      case readRegisters | exceptionBit:
      case writeRegister | exceptionBit:
        return 5;
      default:
        return undefined;
    }
  }

  /** Counts what is in none of the replies: whole frames, whose CRC is wrong then, and other bytes. */
  private discard(bytes: Uint8Array): void {
    let noise = 0;
    for (let at = 0; at < bytes.length;) {
      const length = this.frameLength(bytes, at);
      if (length !== undefined && at + length <= bytes.length) {
        this.rejects.crc();
        at += length;
      } else {
        noise++;
        at++;
      }
    }
    if (noise > 0) this.rejects.noise(noise);
  }
}

function hasRightCrc(frame: Uint8Array): boolean {
  const crc = modbusCrc(frame.subarray(0, -2));
  return frame.at(-2) === (crc & 0xff) && frame.at(-1) === crc >>> 8;
}

function replyOf(frame: Uint8Array): ModbusReply {
  const [address = 0, code = 0, third = 0, fourth = 0, fifth = 0, sixth = 0] = frame;
  if (code === readRegisters) return { kind: 'registers', address, data: frame.slice(3, -2) };
  if (code === writeRegister)
    return { kind: 'written', address, register: (third << 8) | fourth, value: (fifth << 8) | sixth };
  return { kind: 'exception', address, function: code & ~exceptionBit, code: third };
}

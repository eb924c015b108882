/** The registers that are read. Nothing is ever written to a battery. */
export const registers = { basic: 0x03, cells: 0x04, version: 0x05, counters: 0xaa } as const;

/** One of them. */
export type Register = (typeof registers)[keyof typeof registers];

/** What an answer says of the request. */
export const statuses = { ok: 0x00, error: 0x80, refused: 0x81, checksum: 0x82, password: 0x83 } as const;

/** An answer whose length, end and checksum are right. */
export interface JbdFrame {
  /** Which register it answers for; `echoedRead` when it is our own request, sent back. */
  readonly register: number;
  /** One of `statuses`, or another from 80 (hexadecimal) on. */
  readonly status: number;
  readonly data: Uint8Array;
}

const start = 0xdd;
const end = 0x77;
const readCommand = 0xa5;
/** Start, register, status, length, two bytes of checksum, end. */
const overhead = 7;
/** The longest frame there is: its length is one byte. */
export const longestFrame = 255 + overhead;

/** Where the register stands in a request that is sent back: by line adapters that echo, and by modules that want pairing. */
export const echoedRead = readCommand;

/** The bytes that ask for a register. */
export function readRequest(register: Register): Uint8Array {
  const sum = checksum([register, 0]);
  return Uint8Array.of(start, readCommand, register, 0, sum >> 8, sum & 0xff, end);
}

/** The bytes of an answer, as a battery sends them; at most 255 bytes of data. */
export function answerFrame({ register, status, data }: JbdFrame): Uint8Array {
  const sum = checksum([status, data.length, ...data]);
  return Uint8Array.of(start, register, status, data.length, ...data, sum >> 8, sum & 0xff, end);
}

/** True where a frame can begin: by its second and third byte. */
export function canBegin(register: number, status: number): boolean {
  return register === echoedRead || status === statuses.ok || status >= statuses.error;
}

/** How long the frame is that begins at `from`, in bytes; its first four must be there. */
export function frameLength(bytes: Uint8Array, from: number): number {
  return (bytes[from + 3] ?? 0) + overhead;
}

/** The frame of `length` bytes that begins at `from`, or what is wrong with it. Its data is a copy. */
export function frameAt(
  bytes: Uint8Array,
  from: number,
  length: number,
): JbdFrame | { readonly wrong: 'bad end' | 'bad checksum' } {
  if (bytes[from + length - 1] !== end) return { wrong: 'bad end' };
  const said = ((bytes[from + length - 3] ?? 0) << 8) | (bytes[from + length - 2] ?? 0);
  if (checksum(bytes.subarray(from + 2, from + length - 3)) !== said) return { wrong: 'bad checksum' };
  return {
    register: bytes[from + 1] ?? 0,
    status: bytes[from + 2] ?? 0,
    data: bytes.slice(from + 4, from + length - 3),
  };
}

/** A register in words, such as `register 04`. */
export function registerName(register: number): string {
  return `register ${hexByte(register)}`;
}

/** Two hexadecimal digits. */
export function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** True for the byte that every frame begins with. */
export function isStart(byte: number | undefined): boolean {
  return byte === start;
}

function checksum(bytes: Iterable<number>): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return (0x10000 - sum) & 0xffff;
}

import type { CanErrorReport } from './can-error-frame';
import type { CanFrame } from './can-frame';

/**
 * The ASCII protocol of serial-line CAN adapters, as Lawicel's CAN232 and CANUSB manuals define it and CANable and USBtin
 * speak it: a command or a frame is a line that a carriage return ends; the answers are an empty line for done and a BEL,
 * without a line end, for refused.
 */
export type SlcanLine =
  | { readonly frame: CanFrame }
  | { readonly answer: 'done' | 'refused' | 'version' }
  | { readonly report: CanErrorReport }
  /** A frame of CAN FD, which no device of ours sends; or a command of ours, from firmware that repeats what it is told. */
  | { readonly other: 'fd frame' | 'echo' }
  | { readonly rejected: 'bad line' };

/** bit/s of the commands S0 to S8. (CANable's first firmware takes S7 for 750 kbit/s.) */
export const slcanBitRates = [
  10_000, 20_000, 50_000, 100_000, 125_000, 250_000, 500_000, 800_000, 1_000_000,
] as const;

/** One of them. */
export type SlcanBitRate = (typeof slcanBitRates)[number];

/** Opens the channel. */
export const slcanOpen = 'O\r';

/** Closes the channel, on which nothing is heard then. */
export const slcanClose = 'C\r';

/** Asks for the version. */
export const slcanVersion = 'V\r';
/** Asks for the status flags; not every adapter answers, and some only while the channel is open. */
export const slcanStatus = 'F\r';

/** The command that sets the bit rate; the channel must be closed. */
export function slcanBitRateCommand(bitRate: SlcanBitRate): string {
  return `S${slcanBitRates.indexOf(bitRate)}\r`;
}

// t or T (11 or 29 bits of id, data) or r or R (remote request), id, length, data, and with time stamps on four digits more (Z1, ms),
// or eight (Z2 of CANable 2.0's newer firmware, µs).
const framePattern =
  /^(?:([tr])([0-7][\dA-Fa-f]{2})|([TR])([01][\dA-Fa-f]{7}))([0-8])((?:[\dA-Fa-f]{2}){0,12})$/;
const stampDigits: readonly number[] = [0, 4, 8];
// d, D, b and B with lengths up to 64 bytes, and what firmware puts behind them.
const fdFramePattern = /^(?:[db][0-7][\dA-Fa-f]{2}|[DB][01][\dA-Fa-f]{7})[\dA-Fa-f][\dA-Fa-f]{0,140}$/;
const echoPattern = /^(?:[COVF]+|S\d)$/;

// V and four characters by the manual; other firmware has words of its own: CANable's first its version and the address of
// its source, CANable 2.5 "+Board: …" (Elmue/CANable-2.5#31), others their name.
const versionPattern =
  /^(?:V[\dA-Z]{4}|V\d[\w.-]{1,20}|[\w.-]{3,40} [\w.:/@-]{3,100}|\+[ -~\t]{3,}|(?![$!])(?=.*(?:slcan|canable|can ?bus|usb-?can|usbtin|firmware|version|\bfw\b))[ -~\t]{4,})$/i;
// CANable 2.5 answers commands with # or, refused, with # and a letter or digit, where that is switched on.
const feedbackPattern = /^#(.?)$/;

// F and the flags by the manual; s, a state and the errors received and sent, and e and single errors are additions that
// Linux's own driver (drivers/net/can/slcan/slcan-core.c) reads.
const flagsPattern = /^F([\dA-Fa-f]{2})$/;
const statePattern = /^s([awpb])(\d{3})(\d{3})$/;
const errorsPattern = /^e\d([a-zA-Z]{0,9})$/;
const warningFlag = 0x04;
const passiveFlag = 0x20;
const states = { a: 'active', w: 'warning', p: 'passive', b: 'bus-off' } as const;

const badLine: SlcanLine = { rejected: 'bad line' };
const done: SlcanLine = { answer: 'done' };
const refused: SlcanLine = { answer: 'refused' };
const version: SlcanLine = { answer: 'version' };

/** What one line says, without its line end. Never throws. */
export function parseSlcanLine(line: string): SlcanLine {
  // z and Z: a frame of ours was taken for sending.
  if (line === '' || line === 'z' || line === 'Z') return done;
  const feedback = feedbackPattern.exec(line)?.[1];
  if (feedback !== undefined) return feedback === '' ? done : refused;
  const match = framePattern.exec(line);
  if (match === null) {
    if (fdFramePattern.test(line)) return { other: 'fd frame' };
    if (echoPattern.test(line)) return { other: 'echo' };
    return versionPattern.test(line) ? version : parseReport(line);
  }
  const [, short, shortId, long, longId, length, digits = ''] = match;
  const remote = short === 'r' || long === 'R';
  const dataLength = remote ? 0 : Number(length);
  const rest = digits.length - 2 * dataLength;
  if (!stampDigits.includes(rest)) return badLine;
  const data = Uint8Array.from({ length: dataLength }, (_, i) =>
    Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  );
  const id = Number.parseInt(shortId ?? longId ?? '', 16);
  return { frame: { id, data, extended: long !== undefined, remote } };
}

/** What an adapter says of its controller. */
function parseReport(line: string): SlcanLine {
  const flags = flagsPattern.exec(line)?.[1];
  if (flags !== undefined) {
    const bits = Number.parseInt(flags, 16);
    if ((bits & passiveFlag) !== 0) return { report: { state: 'passive' } };
    return { report: { state: (bits & warningFlag) === 0 ? 'active' : 'warning' } };
  }
  const errors = errorsPattern.exec(line)?.[1];
  if (errors !== undefined) return { report: errors.includes('a') ? { side: 'sending' } : {} };
  const [, letter, received = '', sent = ''] = statePattern.exec(line) ?? [];
  if (letter === undefined) return badLine;
  const state = states[letter as keyof typeof states];
  if (state === 'active' || received === sent) return { report: { state } };
  return { report: { state, side: Number(sent) > Number(received) ? 'sending' : 'receiving' } };
}

/** The line for one frame, with its line end; data beyond eight bytes is left out. */
export function formatSlcanFrame({ id, data, extended, remote }: CanFrame): string {
  const letter = remote ? 'r' : 't';
  const sent = remote ? new Uint8Array(0) : data.subarray(0, 8);
  let line = (extended ? letter.toUpperCase() : letter) + hex(id, extended ? 8 : 3) + String(sent.length);
  for (const byte of sent) line += hex(byte, 2);
  return `${line}\r`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}

const carriageReturn = 13;
const lineFeed = 10;
const bell = 7;
const longestLine = 400;

/**
 * Cuts what an adapter sends into lines, in whatever pieces it comes. Keeps no more than one line of 400 characters; what is
 * longer is one bad line up to its end. After any nonsense it is in step again with the next line end.
 */
export class SlcanReader {
  private readonly line = new Uint8Array(longestLine);
  private length = 0;
  private tooLong = false;
  /** The byte before was a bell, which some firmware lets a line end follow. */
  private belled = false;

  /** Calls back for each line that ends in this piece. */
  read(bytes: Uint8Array, take: (line: SlcanLine) => void): void {
    for (const byte of bytes) {
      const belled = this.belled;
      this.belled = byte === bell;
      // Firmware made with println ends its lines with a line feed, after a carriage return or without.
      const ends = byte === carriageReturn || (byte === lineFeed && this.length > 0);
      if (ends && belled) continue;
      if (ends) {
        take(this.tooLong ? badLine : parseSlcanLine(this.text()));
        this.reset();
      } else if (byte === bell) {
        // Half a line before it was lost with its end.
        if (this.tooLong || this.length > 0) take(badLine);
        this.reset();
        take(refused);
      } else if (byte !== lineFeed) {
        if (this.length < longestLine) this.line[this.length++] = byte;
        else this.tooLong = true;
      }
    }
  }

  /** Forgets the line that has begun. */
  reset(): void {
    this.length = 0;
    this.tooLong = false;
  }

  private text(): string {
    return String.fromCharCode(...this.line.subarray(0, this.length));
  }
}

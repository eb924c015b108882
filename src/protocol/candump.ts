import type { CanFrame } from './can-frame';

/** One line of a log that candump of can-utils wrote. */
export interface CandumpRecord {
  readonly stamp: CandumpStamp;
  /** The interface it was heard on, such as `can0`. */
  readonly interface: string;
  readonly frame: CanFrame;
}

/** When a line was heard. */
export interface CandumpStamp {
  /** Seconds, in microseconds: since 1970, since the beginning of the log, or since the line before. */
  readonly time: number;
  /** The time is written as `candump -td` and `candump -tz` do, which look alike: with three digits before the point. */
  readonly short: boolean;
}

/**
 * Why a line is not a frame: `error frame` for the bus's own error reports, `CAN FD frame` for those of another kind of bus,
 * `no time` for what `candump` without -t writes, `remark` for candump's words about an error frame or lost frames, and
 * `bad line` for all else.
 */
export interface CandumpRejection {
  readonly rejected: 'bad line' | 'error frame' | 'CAN FD frame' | 'no time' | 'remark';
  /** Where it has one: with `candump -td` the next one counts from here. */
  readonly stamp?: CandumpStamp;
}

// What an editor of Windows puts before the first line, where the file is read byte by byte.
const byteOrderMark = /^(?:\uFEFF|\u00EF\u00BB\u00BF)/;
// -c colours the lines.
const colours = /\u001b\[[0-9;]*m/g;

// (seconds.microseconds), or a date with -tA; then the interface; then the direction and the flags of CAN FD with -x.
const headPattern =
  /^\s*(?:\(\s*(?:(\d{1,10}\.\d{1,9})|(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d(?:\.\d{1,9})?))\s*\)\s+)?([^\s()]{1,64})(\s+)(?:[RT]X\s+[B-]\s+[E-](\s+))?(.*?)\s*$/i;

// -l and -L: id#data, with R for a remote request and the length it asks for, or ## for CAN FD. Newer versions put the
// length code of more than eight bytes behind the data, and R or T for the direction.
const compactPattern =
  /^([0-9a-f]{3}|[0-9a-f]{8})#(?:(#)[0-9a-f.]*|(r)[0-8]?|((?:[0-9a-f]{2}\.?){0,8}))(?:_[0-9a-f])?(?: [rt])?(?: *[b-] *[e-])?$/i;

// The screen: id [length] bytes. -8 writes the length code as {F}; the length of CAN FD has two digits.
const screenPattern = /^([0-9a-f]{1,8})\s+(?:\[\s*(\d{1,2})\s*\]|\{[0-9a-f]\})\s*(.*)$/i;
// Eight digits a byte with -i, and ` between the bytes with -S; -a puts their letters behind them.
const bytesPattern =
  /^(?:([01]{8}(?:(?:\s+|`)[01]{8})*)|([0-9a-f]{2}(?:(?:\s+|`)[0-9a-f]{2})*))?(?![0-9a-f])(.*)$/i;
const remarkPattern = /^(?:\s+(?:[a-z]+-)+[a-z-]+\b|DROPCOUNT:|Enabling Logfile|Disabled standard output)/;

const errorFlag = 0x20000000;
const maxStandardId = 0x7ff;
const maxExtendedId = 0x1fffffff;

/** The frame in one line, without its line end, or why there is none. Never throws. */
export function parseCandumpLine(line: string): CandumpRecord | CandumpRejection {
  const bare = line.replace(byteOrderMark, '');
  const plain = bare.includes('\u001b') ? bare.replace(colours, '') : bare;
  const head = headPattern.exec(plain);
  if (head === null) return { rejected: remarkPattern.test(plain) ? 'remark' : 'bad line' };
  const stamp = stampOf(head);
  const [name = '', gap = '', flagGap, body = ''] = head.slice(8);
  const read = compactFrame(body) ?? screenFrame((flagGap ?? gap).length - 2, body) ?? 'bad line';
  if (stamp === undefined) {
    if (read !== 'bad line') return { rejected: 'no time' };
    return { rejected: remarkPattern.test(plain) ? 'remark' : 'bad line' };
  }
  return typeof read === 'string' ? { rejected: read, stamp } : { stamp, interface: name, frame: read };
}

function stampOf([, elapsed, ...date]: readonly (string | undefined)[]): CandumpStamp | undefined {
  if (elapsed !== undefined) {
    const [seconds = ''] = elapsed.split('.');
    return { time: Number(elapsed), short: seconds.length === 3 || /^[1-9]\d{3,7}$/.test(seconds) };
  }
  if (date[0] === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = date.slice(0, 6).map(Number);
  // Only the time between two lines counts, so that the zone in which they were written does not matter.
  return { time: Date.UTC(year, month - 1, day, hour, minute) / 1000 + second, short: false };
}

type Read = CanFrame | CandumpRejection['rejected'];

function compactFrame(body: string): Read | undefined {
  const match = compactPattern.exec(body);
  if (match === null) return undefined;
  const [, idDigits = '', flexible, remote, written = ''] = match;
  if (flexible !== undefined) return 'CAN FD frame';
  const digits = written.replaceAll('.', '');
  return frameOf(idDigits, idDigits.length === 8, remote !== undefined, digits.match(/../g) ?? [], 16);
}

/** @param indent blanks before the id beyond candump's two: old versions set ids to the right of a column of 3 or 8 */
function screenFrame(indent: number, body: string): Read | undefined {
  const match = screenPattern.exec(body);
  if (match === null) return undefined;
  const [, idDigits = '', length, written = ''] = match;
  const extended = idDigits.length > 3 || indent >= 5;
  if (/^remote request$/i.test(written)) return frameOf(idDigits, extended, true, [], 16);
  if (length !== undefined && /^\d\d$/.test(length)) return 'CAN FD frame';
  const count = length === undefined ? 8 : Number(length);
  const [, binary, hex, behind = ''] = bytesPattern.exec(written) ?? [];
  if (!/^\s*(?:'.*'|`.*`|ERRORFRAME)?$/i.test(behind)) return 'bad line';
  const bytes = (binary ?? hex ?? '').split(/[\s`]+/).filter((digits) => digits !== '');
  if (bytes.length !== count || count > 8) return 'bad line';
  // -S writes the bytes from the last to the first, and marks them so.
  if ((binary ?? hex)?.includes('`') === true) bytes.reverse();
  return frameOf(idDigits, extended, false, bytes, binary === undefined ? 16 : 2);
}

function frameOf(
  idDigits: string,
  extended: boolean,
  remote: boolean,
  bytes: readonly string[],
  base: number,
): Read {
  const id = Number.parseInt(idDigits, 16);
  if (extended && id > maxExtendedId) return id < errorFlag * 2 ? 'error frame' : 'bad line';
  if (!extended && id > maxStandardId) return 'bad line';
  return { id, data: Uint8Array.from(bytes, (digits) => Number.parseInt(digits, base)), extended, remote };
}

/**
 * The line for one frame, without a line end, such as `(1436509052.249713) can0 150#DEFF9B01B3C82421`. The time is
 * rounded to microseconds; data beyond eight bytes is left out.
 *
 * @param lengthOf data bytes that a message with this id needs, where it is known
 */
export function formatCandumpLine(
  {
    time,
    interface: name,
    frame,
  }: { readonly time: number; readonly interface: string; readonly frame: CanFrame },
  lengthOf: (id: number) => number | undefined = () => undefined,
): string {
  const id = frame.id
    .toString(16)
    .toUpperCase()
    .padStart(frame.extended ? 8 : 3, '0');
  const [seconds = '', fraction = ''] = time.toFixed(6).split('.');
  return `(${seconds.padStart(10, '0')}.${fraction}) ${name} ${id}#${frame.remote ? 'R' : hex(sentBytes(frame, lengthOf(frame.id)))}`;
}

/**
 * A datagram has room for eight bytes: those that were not filled are left out. Senders get the length byte wrong, so that
 * what the message needs stays. What stands behind that is kept where the length byte says nothing, or the message is not
 * known; else it is junk, which would be heard as data from the log.
 */
function sentBytes({ data, declaredLength }: CanFrame, length: number | undefined): Uint8Array {
  if (declaredLength === undefined) return data;
  const needed = length ?? (declaredLength === 0 ? data.length : declaredLength);
  const isJunk = length !== undefined && declaredLength > 0;
  const more = !isJunk && data.subarray(needed).some((byte) => byte !== 0);
  return more ? data : data.subarray(0, Math.max(declaredLength, needed));
}

function hex(data: Uint8Array): string {
  let digits = '';
  for (const byte of data.subarray(0, 8)) digits += byte.toString(16).toUpperCase().padStart(2, '0');
  return digits;
}

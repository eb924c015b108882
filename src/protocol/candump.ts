import type { CanFrame } from './can-frame';

/** One line of a log that `candump -L` of can-utils wrote. */
export interface CandumpRecord {
  /** Seconds since 1970, in microseconds; or since any other start, as some loggers count. */
  readonly time: number;
  /** The interface it was heard on, such as `can0`. */
  readonly interface: string;
  readonly frame: CanFrame;
}

/** Why a line is not a frame: `error frame` for the bus's own error reports, `bad line` for all else. */
export interface CandumpRejection {
  readonly rejected: 'bad line' | 'error frame';
}

const badLine: CandumpRejection = { rejected: 'bad line' };
const errorFrame: CandumpRejection = { rejected: 'error frame' };

// (seconds.microseconds) interface id#data, with R for a remote request (and the length it asks for). Newer versions
// put R or T behind it for the direction. Eight digits of id mean a 29-bit one; CAN FD has ## and doesn't match.
const linePattern =
  /^\uFEFF?\s*\((\d{1,10}\.\d{1,9})\)\s+(\S{1,64})\s+([0-9a-f]{3}|[0-9a-f]{8})#(?:(r)[0-8]?|((?:[0-9a-f]{2}){0,8}))(?: [rt])?\s*$/i;

// What candump -ta writes to the screen: (seconds.microseconds)  interface  id   [length]  bytes.
const screenPattern =
  /^\uFEFF?\s*\((\d{1,10}\.\d{1,9})\)\s+(\S{1,64})\s+([0-9a-f]{3}|[0-9a-f]{8})\s+\[[0-8]\]\s*(?:(remote request)|((?:[0-9a-f]{2} ?){0,8}))(?:\s*ERRORFRAME)?\s*$/i;

const errorFlag = 0x20000000;
const maxStandardId = 0x7ff;
const maxExtendedId = 0x1fffffff;

/** The frame in one line, without its line end, or why there is none. Never throws. */
export function parseCandumpLine(line: string): CandumpRecord | CandumpRejection {
  const match = linePattern.exec(line) ?? screenPattern.exec(line);
  if (match === null) return badLine;
  const [, time = '', name = '', idDigits = '', remote, written = ''] = match;
  const dataDigits = written.replaceAll(' ', '');
  const id = Number.parseInt(idDigits, 16);
  const extended = idDigits.length === 8;
  if (extended && id > maxExtendedId) return id < errorFlag * 2 ? errorFrame : badLine;
  if (!extended && id > maxStandardId) return badLine;
  const data = Uint8Array.from({ length: dataDigits.length / 2 }, (_, i) =>
    Number.parseInt(dataDigits.slice(2 * i, 2 * i + 2), 16),
  );
  return {
    time: Number(time),
    interface: name,
    frame: { id, data, extended, remote: remote !== undefined },
  };
}

/**
 * The line for one frame, without a line end, such as `(1436509052.249713) can0 150#DEFF9B01B3C82421`. The time is
 * rounded to microseconds; data beyond eight bytes is left out.
 *
 * @param lengthOf data bytes that a message with this id needs, where it is known
 */
export function formatCandumpLine(
  { time, interface: name, frame }: CandumpRecord,
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
 * what the message needs stays, and everything when there is something else but zeros behind it.
 */
function sentBytes({ data, declaredLength }: CanFrame, length: number | undefined): Uint8Array {
  if (declaredLength === undefined) return data;
  const needed = length ?? (declaredLength === 0 ? data.length : declaredLength);
  const more = data.subarray(needed).some((byte) => byte !== 0);
  return more ? data : data.subarray(0, Math.max(declaredLength, needed));
}

function hex(data: Uint8Array): string {
  let digits = '';
  for (const byte of data.subarray(0, 8)) digits += byte.toString(16).toUpperCase().padStart(2, '0');
  return digits;
}

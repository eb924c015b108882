import { localParts } from '../../base/local-time';
import type { FileHandle } from 'node:fs/promises';
import { basename, extname } from 'node:path';

/** A piece of a log that fits into one file: from the byte `start` up to, not including, `end`. */
export interface LogPart {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Bytes before a limit in which a line end is looked for. */
const lineRoom = 4096;

/**
 * Cuts the first `size` bytes of a log into parts of at most `limit` bytes, each of whole lines. One part keeps the log's
 * name; several are called `PowerSafe100-part1of2.log` and so on.
 */
export async function splitLog(
  handle: Pick<FileHandle, 'read'>,
  { name, size, limit }: { readonly name: string; readonly size: number; readonly limit: number },
): Promise<LogPart[]> {
  const ends: number[] = [];
  for (let start = 0; start < size; start = ends.at(-1) ?? size) {
    ends.push(start + limit >= size ? size : await lineEndBefore(handle, start, start + limit));
  }
  return ends.map((end, i) => ({
    name: ends.length === 1 ? name : withSuffix(name, `-part${i + 1}of${ends.length}`),
    start: ends[i - 1] ?? 0,
    end,
  }));
}

/** The end of the last line that is over before `end`; where no line ends, `end` itself. */
async function lineEndBefore(handle: Pick<FileHandle, 'read'>, start: number, end: number): Promise<number> {
  const from = Math.max(start, end - lineRoom);
  const bytes = Buffer.alloc(end - from);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
  const at = bytes.subarray(0, bytesRead).lastIndexOf('\n');
  return at < 0 ? end : from + at + 1;
}

/** True for the names under which a log, or parts of one, were copied before. */
export function isEarlierCopy(file: string, name: string): boolean {
  const [stem, rest] = [stemOf(name), file.slice(stemOf(name).length)];
  const pattern = new RegExp(`^(-part\\d+of\\d+)?\\${extname(name)}$`, 'i');
  return file.toLowerCase().startsWith(stem.toLowerCase()) && pattern.test(rest);
}

/** What a copy that is cut off half-way is called: it is thrown away. */
export function isUnfinished(file: string, name: string): boolean {
  return file.endsWith(unfinished) && isEarlierCopy(file.slice(0, -unfinished.length), name);
}

/** The end of the name of a copy that is not complete yet. */
export const unfinished = '.unfinished';

/**
 * A name for an earlier copy that makes room for a new one: `PowerSafe100-2026-11-20-1830.log` of the time at which it was
 * made, with a number behind it where that is taken.
 *
 * @param taken all names in the folder
 */
export function nameKept(file: string, name: string, made: Date, taken: readonly string[]): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const { year, month, day, hours, minutes } = localParts(made);
  const stamp = `-${year}-${two(month + 1)}-${two(day)}-${two(hours)}${two(minutes)}`;
  const rest = file.slice(stemOf(name).length);
  const used = new Set(taken.map((each) => each.toLowerCase()));
  for (let number = 1; ; number++) {
    const candidate = `${stemOf(name)}${stamp}${number === 1 ? '' : `-${number}`}${rest}`;
    if (!used.has(candidate.toLowerCase())) return candidate;
  }
}

function withSuffix(name: string, suffix: string): string {
  return `${stemOf(name)}${suffix}${extname(name)}`;
}

function stemOf(name: string): string {
  return basename(name, extname(name));
}

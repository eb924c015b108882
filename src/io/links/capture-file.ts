import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import {
  parseCaptureHeader,
  parseCaptureRecord,
  type CaptureHeader,
  type CaptureRecord,
} from '../../protocol/capture';
import { UserError } from '../../base/user-error';
import { boundedLines } from '../sources/bounded-lines';
import { unreadableLog } from '../sources/unreadable-log';

/** A serial chunk has 4 kB at most, a message 5 kB. */
const longestLine = 1 << 18;
const longestHeader = 1 << 14;

/**
 * The header of a capture; undefined when the file is something else, such as a log of candump.
 *
 * @throws UserError (as a rejection) when the file can't be read, or is a capture that can't be played
 */
export async function captureHeader(file: string): Promise<CaptureHeader | undefined> {
  const header = parseCaptureHeader(await firstLine(file));
  if (header !== undefined && 'refused' in header) throw new UserError(`${file} ${header.refused}.`);
  return header;
}

/**
 * What a capture holds, in order; times never go back. The file is never held in memory, and its last line may be half a one.
 *
 * @param rejected is told of every other line that is none
 * @throws UserError (as a rejection) when the file can't be read
 */
export async function* captureRecords(
  file: string,
  rejected: (cause: string, detail: string) => void,
): AsyncGenerator<CaptureRecord> {
  const stream = createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 16 });
  let isFirst = true;
  let unread: string | undefined;
  let latest = 0;
  try {
    for await (const line of boundedLines(stream as AsyncIterable<string>, longestLine)) {
      if (isFirst || line.trim() === '') {
        isFirst = false;
        continue;
      }
      if (unread !== undefined) rejected('bad line', unread.slice(0, 60));
      const record = parseCaptureRecord(line);
      unread = record === undefined ? line : undefined;
      if (record === undefined) continue;
      latest = Math.max(latest, record.t);
      yield { ...record, t: latest };
    }
  } catch (error) {
    throw unreadableLog(file, error);
  } finally {
    stream.destroy();
  }
}

async function firstLine(file: string): Promise<string> {
  try {
    // What is read from a pipe is gone for whoever plays it.
    if (!(await stat(file)).isFile()) return '';
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestHeader), 0, longestHeader, 0);
      return buffer.toString('utf8', 0, bytesRead).split('\n', 1)[0] ?? '';
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadableLog(file, error);
  }
}

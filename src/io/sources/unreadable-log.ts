import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { CandumpLog } from '../../protocol/candump-log';
import { errorCode } from '../../base/error-code';
import { failureWords } from '../../base/failure-words';
import { UserError } from '../../base/user-error';

/** Characters of a line that are read. A line of candump has under 120, and one of CAN FD with 64 bytes under 300. */
export const longestLine = 400;
// Bytes.
const beginning = 1 << 18;
// A log may begin with something else, such as a terminal's own lines, but not with that much of it.
const linesBeforeLog = 2000;

/** What to tell the user of a log that can't be opened or read; what is told already stays. */
export function unreadableLog(file: string, error: unknown): UserError {
  return error instanceof UserError ? error : new UserError(sentence(file, error));
}

/**
 * Looks at the beginning of a log before anything is started for it. What is no file of the disk, such as a pipe, is left
 * alone, because reading it would take from it.
 *
 * @throws UserError when it can't be read, or is no log
 */
export function checkBeginning(file: string): void {
  try {
    if (!statSync(file).isFile()) {
      accessSync(file, constants.R_OK);
      return;
    }
    const head = Buffer.alloc(beginning);
    const fd = openSync(file, 'r');
    const length = readSync(fd, head);
    closeSync(fd);
    const log = new CandumpLog();
    const lines = head.toString('latin1', 0, length).split('\n');
    // The last line may be cut off.
    if (length === beginning) lines.pop();
    for (const line of lines) if (line.trim() !== '') log.read(line.slice(0, longestLine));
    checkLog(file, log, length < beginning && log.interfaces.length === 0);
  } catch (error) {
    throw unreadableLog(file, error);
  }
}

/**
 * @param ended there is no more of it
 * @throws UserError for what is no log, or holds nothing of the wanted interface
 */
export function checkLog(file: string, log: CandumpLog, ended = false): void {
  if (log.lines === 0 && (ended || log.linesRead > linesBeforeLog)) {
    throw new UserError(`${file} ${noLog(log)}`);
  }
  if (ended && log.interfaces.length === 0) {
    throw new UserError(
      `${file} has no frames to play, only error frames or frames of CAN FD: name a log of the battery's own bus`,
    );
  }
  if (
    ended &&
    log.interfaces.length > 0 &&
    log.interface !== undefined &&
    !log.interfaces.includes(log.interface)
  ) {
    throw new UserError(
      `${file} has no frames of ${log.interface}, only of ${log.interfaces.join(', ')}: name one of them with --interface`,
    );
  }
}

/** How compressed files begin: gzip, bzip2, xz, zstd, zip. */
const compressed = /^(?:\x1f\x8b|BZh\d|\xfd7zXZ|\x28\xb5\x2f\xfd|PK\x03\x04)/;
/** UTF-16, by its mark. */
const wide = /^(?:\xff\xfe|\xfe\xff)/;

function noLog(log: CandumpLog): string {
  const wanted = 'name one that candump -L, candump -ta or packdial record wrote';
  if (log.timeless > 0) return 'has no times: log with candump -L, or with candump -ta';
  if (log.linesRead === 0) return `is an empty log: ${wanted}`;
  if (compressed.test(log.beginning)) return 'is compressed: unpack it first and name the log that was in it';
  if (wide.test(log.beginning)) return "is in UTF-16, as PowerShell's > writes it: save it as UTF-8";
  return `is not a log of a CAN bus: ${wanted}`;
}

function sentence(file: string, error: unknown): string {
  const code = errorCode(error);
  switch (code) {
    case 'ENOENT':
      return `There is no file ${file}: name a log that candump -L wrote`;
    case 'EACCES':
      return `The file ${file} can't be read: it belongs to somebody else`;
    case 'EISDIR':
      return `${file} is a folder: name a log that candump -L wrote`;
    default:
      return `The file ${file} can't be read: ${failureWords(error)}`;
  }
}

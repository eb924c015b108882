import { fstatSync } from 'node:fs';
import type { LogLevel, LogLine } from './log-limiter';

/** How a line is written. */
export type LogFormat = (line: LogLine) => string;

/** Priorities of syslog(3), which journald takes from the start of a line: sd-daemon(3). */
const priorities: Readonly<Record<LogLevel, number>> = { error: 3, warn: 4, info: 6, debug: 7 };

/** `error: ` and the text: for people. */
export const plainLine: LogFormat = ([level, text]) => `${level}: ${printable(text)}`;

/** `<3>` and the text, so that `journalctl -p err` finds it; the journal makes an entry of each line of a text. */
export const journalLine: LogFormat = ([level, text]) =>
  printable(text)
    .split('\n')
    .map((part) => `<${priorities[level]}>${part}`)
    .join('\n');

/** Some texts quote what was heard: it must not steer a terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '·');
}

/**
 * Whether standard error goes to the journal. JOURNAL_STREAM names the device and inode of the stream that systemd gave
 * (systemd.exec(5)); programs that are started from such a service inherit the variable, but may write elsewhere.
 *
 * @param fd what is written to, 2 for standard error
 */
export function goesToJournal(stream: string | undefined, fd = 2): boolean {
  if (stream === undefined) return false;
  try {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    return stream === `${dev}:${ino}`;
  } catch {
    return false;
  }
}

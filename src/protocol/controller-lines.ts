import { crc32 } from './crc32';

// Lines of the SAVE conversation over TCP: docs/controller-protocol.md. The format is packdial's own.

/** One line: `WORD=text`, without its check sum. */
export interface ProtocolLine {
  /** 1 to 16 capitals and digits, such as `HIVOLT` or `ACK`. */
  readonly word: string;
  /** Without control characters; may be empty. */
  readonly text: string;
}

/** The longest line, bytes, check sum and end included. */
export const longestLine = 160;

const encoder = new TextEncoder();
const form = /^([A-Z0-9]{1,16})=(\P{Cc}*)$/u;

/**
 * The bytes of a line: `HIVOLT=4.1*0A1B2C3D\r\n`, where the eight digits are the CRC-32 of all before the asterisk.
 *
 * @throws RangeError for what is no line or too long
 */
export function encodeLine({ word, text }: ProtocolLine): Uint8Array {
  const content = `${word}=${text}`;
  if (!form.test(content)) throw new RangeError('a line has a word and a text without control characters');
  const bytes = encoder.encode(`${content}*${sumOf(content)}\r\n`);
  if (bytes.length > longestLine)
    throw new RangeError(`a line has ${longestLine} bytes at most, not ${bytes.length}`);
  return bytes;
}

/** Why a stream of lines is of no use any more. */
export type LineProblem = 'too long' | 'check sum' | 'no line';

/**
 * Cuts what a connection brings into lines, however it is delivered. After the first line that is not right it reads no
 * more: nothing that comes behind it can be trusted. Holds one line at most.
 */
export class LineReader {
  private readonly held = new Uint8Array(longestLine);
  private length = 0;
  private failed: LineProblem | undefined;

  /** What was wrong, once something was. */
  get problem(): LineProblem | undefined {
    return this.failed;
  }

  /** Returns the lines that are whole now, in their order. */
  push(bytes: Uint8Array): ProtocolLine[] {
    const lines: ProtocolLine[] = [];
    for (const byte of bytes) {
      if (this.failed !== undefined) break;
      if (byte !== newline) {
        if (this.length === longestLine) this.failed = 'too long';
        else this.held[this.length++] = byte;
        continue;
      }
      const line = parse(this.held.subarray(0, this.length));
      this.length = 0;
      if (typeof line === 'string') this.failed = line;
      else lines.push(line);
    }
    return lines;
  }
}

const newline = 0x0a;

function parse(bytes: Uint8Array): ProtocolLine | LineProblem {
  let line: string;
  try {
    line = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return 'no line';
  }
  // The end may be a line feed alone. The text may have asterisks of its own: the last one counts.
  const parts = /^(.*)\*([0-9A-Fa-f]{8})\r?$/su.exec(line);
  const content = parts?.[1];
  if (content === undefined) return 'no line';
  if (sumOf(content) !== parts?.[2]?.toUpperCase()) return 'check sum';
  const [, word, text] = form.exec(content) ?? [];
  return word === undefined || text === undefined ? 'no line' : { word, text };
}

function sumOf(content: string): string {
  return crc32(encoder.encode(content)).toString(16).toUpperCase().padStart(8, '0');
}

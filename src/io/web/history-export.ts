import { setImmediate as turn } from 'node:timers/promises';
import type { HistoryReader } from '../../model/history/history-reader';
import { longestTier, tiers } from '../../model/history/tiers';
import { exportWriters, type TextFormat } from '../../protocol/history-export';
import { momentText, parseMoment } from '../../protocol/time-range';
import type { Refusal } from './history-answer';
import { slicesOf, sourcesOf, type WantedPast } from './history-slices';
import { ParquetThread } from './parquet-thread';
import type { PastDevice, WebHistory } from './web-parts';

/** Downloads at the same time: each asks the history's thread one question after the other. */
const mostDownloads = 2;
/** Values that are written without a pause for the display. */
const blockValues = 10_000;

/** A file that is made while it is sent. */
export interface HistoryFile {
  readonly name: string;
  readonly type: string;
  readonly body: ReadableStream<Uint8Array>;
}

type Format = TextFormat | 'parquet';

interface Wanted extends WantedPast {
  readonly format: Format;
}

type Bytes = AsyncGenerator<Uint8Array, void>;

/** What Parquet is written with. */
interface ParquetParts {
  /** Path of the thread's code, see build.mjs. */
  readonly workerFile: string;
  /** What writes the file, with its version. */
  readonly program: string;
}

/** Makes files of the past, a piece at a time, as fast as they are taken. */
export class HistoryDownloads {
  private open = 0;

  constructor(private readonly parquet: ParquetParts) {}

  /**
   * @param question what stands in the address: `from` and `to` as parseMoment reads them, `format` (`csv`, `csv-manual`,
   * `jsonl` or `parquet`), and `device` (all)
   * @param now ms since 1970
   */
  file(
    history: WebHistory | undefined,
    question: Readonly<Record<string, string>>,
    now: number,
  ): HistoryFile | Refusal {
    const wanted = readQuestion(history?.devices() ?? [], question, now);
    if ('problem' in wanted) return wanted;
    if (history === undefined) return { status: 404, problem: 'No history is kept.' };
    if (this.open >= mostDownloads)
      return { status: 503, problem: 'Two downloads are under way already; try again when one is done.' };
    this.open++;
    const { format, from, to } = wanted;
    const ends = [from, to].map((at) => momentText(at).replace(':', ''));
    const { ending, type } =
      format === 'parquet'
        ? { ending: 'parquet', type: 'application/vnd.apache.parquet' }
        : exportWriters[format];
    const bytes =
      format === 'parquet'
        ? parquetOf(history.reader, wanted, this.parquet)
        : bytesOf(history.reader, wanted, format);
    return {
      name: `packdial-${ends.join('-to-')}.${ending}`,
      type,
      body: streamOf(bytes, () => this.open--),
    };
  }
}

/** Takes the next bytes when there is room for them. @param ended called once: at its end, or when nobody takes it any more */
function streamOf(bytes: Bytes, ended: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await bytes.next();
        if (done !== true) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      ended();
    },
    async cancel() {
      ended();
      await bytes.return();
    },
  });
}

/** The file's texts, none of which takes long. */
async function* textsOf(reader: HistoryReader, wanted: Wanted, format: TextFormat): AsyncGenerator<string> {
  const writer = exportWriters[format];
  const { columns, sources } = await sourcesOf(reader, wanted);
  yield writer.head(columns);
  for await (const { start, window, count, devices } of slicesOf(reader, wanted, sources, columns.length)) {
    let text = '';
    let written = 0;
    for (let i = 0; i < count; i++) {
      const at = start + i * window;
      for (const { device, values } of devices) {
        const row = values.map((column) => column?.[i] ?? NaN);
        if (row.every(Number.isNaN)) continue;
        text += writer.row({ at, device, values: row }, columns);
      }
      written += columns.length * devices.length;
      if (written < blockValues) continue;
      if (text !== '') yield text;
      [text, written] = ['', 0];
      await turn();
    }
    if (text !== '') yield text;
  }
}

async function* bytesOf(reader: HistoryReader, wanted: Wanted, format: TextFormat): Bytes {
  const encoder = new TextEncoder();
  for await (const text of textsOf(reader, wanted, format)) yield encoder.encode(text);
}

async function* parquetOf(
  reader: HistoryReader,
  wanted: Wanted,
  { workerFile, program }: ParquetParts,
): Bytes {
  const { columns, sources } = await sourcesOf(reader, wanted);
  const thread = new ParquetThread(workerFile, { columns, program });
  try {
    for await (const slice of slicesOf(reader, wanted, sources, columns.length)) {
      const bytes = await thread.group(slice);
      if (bytes.length > 0) yield bytes;
    }
    yield await thread.end();
  } finally {
    thread.close();
  }
}

function readQuestion(
  all: readonly PastDevice[],
  { device, from: begin = '', to: end = 'now', format = 'csv' }: Readonly<Record<string, string>>,
  now: number,
): Wanted | Refusal {
  const devices = device === undefined ? all : all.filter(({ name }) => name === device);
  if (devices.length === 0)
    return {
      status: 404,
      problem: device === undefined ? 'No history is kept.' : 'There is no device of this name.',
    };
  const [from, to] = [parseMoment(begin, now), parseMoment(end, now)];
  if (from === undefined || to === undefined || to <= from)
    return {
      status: 400,
      problem: 'from and to must be two moments, the earlier first, such as from=now-2d and to=now.',
    };
  if (!isFormat(format)) return { status: 400, problem: 'format must be csv, csv-manual, jsonl or parquet.' };
  // The finest that still has the beginning; nothing is older than the longest.
  const tier = tiers.find(({ retention }) => from >= now - retention) ?? longestTier;
  const first = Math.max(from, now - longestTier.retention);
  return { devices, from: first, to: Math.min(to, now + tier.window), tier, format };
}

function isFormat(text: string): text is Format {
  return text === 'parquet' || Object.hasOwn(exportWriters, text);
}

import { setImmediate as turn } from 'node:timers/promises';
import type { HistoryReader } from '../../model/history/history-reader';
import { longestTier, startOf, tiers, type Tier, type TierName } from '../../model/history/tiers';
import { exportWriters, type ExportFormat, type ExportWriter } from '../../protocol/history-export';
import { momentText, parseMoment } from '../../protocol/time-range';
import type { Refusal } from './history-answer';
import type { PastDevice, WebHistory } from './web-parts';

/** Downloads at the same time: each asks the history's thread one question after the other. */
const mostDownloads = 2;
/** Windows that are read at once: of 260 columns 4 MB. */
const sliceWindows = 1800;
/** Values that are written without a pause for the display. */
const blockValues = 10_000;

/** A file that is made while it is sent. */
export interface HistoryFile {
  readonly name: string;
  readonly type: string;
  readonly body: ReadableStream<Uint8Array>;
}

interface Wanted {
  readonly devices: readonly PastDevice[];
  readonly from: number;
  readonly to: number;
  readonly tier: Tier & { readonly name: TierName };
  readonly writer: ExportWriter;
}

/** What one device has in a range. */
interface Source {
  readonly device: PastDevice;
  /** Its columns among those of the file. */
  readonly columns: readonly { readonly place: number; readonly quantity: string }[];
}

/** Makes files of the past, a piece at a time, as fast as they are taken. */
export class HistoryDownloads {
  private open = 0;

  /**
   * @param question what stands in the address: `from` and `to` as parseMoment reads them, `format` (`csv`, `csv-manual` or
   * `jsonl`), and `device` (all)
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
    const { writer, from, to } = wanted;
    const ends = [from, to].map((at) => momentText(at).replace(':', ''));
    return {
      name: `packdial-${ends.join('-to-')}.${writer.ending}`,
      type: writer.type,
      body: streamOf(linesOf(history.reader, wanted), () => this.open--),
    };
  }
}

/** Takes the next text when there is room for it. @param ended called once: at its end, or when nobody takes it any more */
function streamOf(texts: AsyncGenerator<string, void>, ended: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await texts.next();
        if (done !== true) return controller.enqueue(encoder.encode(value));
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      ended();
    },
    async cancel() {
      ended();
      await texts.return();
    },
  });
}

async function* linesOf(reader: HistoryReader, wanted: Wanted): AsyncGenerator<string, void> {
  const { from, to, tier, writer } = wanted;
  const { columns, sources } = await sourcesOf(reader, wanted);
  yield writer.head(columns);
  const length = sliceWindows * tier.window;
  for (let start = startOf(from, tier.window); start < to; start += length) {
    const end = Math.min(start + length, startOf(to + tier.window - 1, tier.window));
    const count = (end - start) / tier.window;
    const slices = [];
    for (const { device, columns: own } of sources) {
      const values = new Map<number, Float64Array>();
      for (const { place, quantity } of own) {
        const query = { device: device.kept, quantity, from: start, to: end, points: count, tier: tier.name };
        const column = new Float64Array(count).fill(NaN);
        for (const { start: at, mean } of await reader.query(query))
          column[Math.floor((at - start) / tier.window)] = mean;
        values.set(place, column);
      }
      slices.push({ device: device.name, values: columns.map((_, place) => values.get(place)) });
    }
    let text = '';
    let written = 0;
    for (let i = 0; i < count; i++) {
      const at = start + i * tier.window;
      for (const { device, values } of slices) {
        const row = values.map((column) => column?.[i] ?? NaN);
        if (row.every(Number.isNaN)) continue;
        text += writer.row({ at, device, values: row }, columns);
      }
      written += columns.length * slices.length;
      if (written < blockValues) continue;
      if (text !== '') yield text;
      [text, written] = ['', 0];
      await turn();
    }
    if (text !== '') yield text;
  }
}

/** The columns of a file: every quantity of which anything is known in its range, in the order of the table. */
async function sourcesOf(
  reader: HistoryReader,
  { devices, from, to }: Wanted,
): Promise<{ readonly columns: readonly string[]; readonly sources: readonly Source[] }> {
  const columns: string[] = [];
  const sources: Source[] = [];
  for (const device of devices) {
    const own = [];
    for (const quantity of device.quantities) {
      const any = await reader.query({ device: device.kept, quantity, from, to, points: 1 });
      if (any.length === 0) continue;
      let place = columns.indexOf(quantity);
      if (place < 0) place = columns.push(quantity) - 1;
      own.push({ place, quantity });
    }
    sources.push({ device, columns: own });
  }
  return { columns, sources };
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
  if (!isFormat(format)) return { status: 400, problem: 'format must be csv, csv-manual or jsonl.' };
  // The finest that still has the beginning; nothing is older than the longest.
  const tier = tiers.find(({ retention }) => from >= now - retention) ?? longestTier;
  const first = Math.max(from, now - longestTier.retention);
  return { devices, from: first, to: Math.min(to, now + tier.window), tier, writer: exportWriters[format] };
}

function isFormat(text: string): text is ExportFormat {
  return Object.hasOwn(exportWriters, text);
}

import { localOffset, localParts } from '../base/local-time';

/** In what form the past is downloaded as text. */
export type TextFormat = 'csv' | 'csv-manual' | 'jsonl';

/** The past of some devices in windows that follow one another. */
export interface ExportSlice {
  /** ms since 1970 of the first window. */
  readonly start: number;
  /** ms. */
  readonly window: number;
  /** Windows. */
  readonly count: number;
  /** For each column of the file the device’s value in each window, NaN where nothing is known; undefined for a column of others. */
  readonly devices: readonly {
    readonly device: string;
    readonly values: readonly (Float64Array<ArrayBuffer> | undefined)[];
  }[];
}

/** A moment of one device. */
export interface ExportRow {
  /** ms since 1970. */
  readonly at: number;
  readonly device: string;
  /** One for each column; NaN where nothing is known. */
  readonly values: ArrayLike<number>;
}

/** How a form of text is written. */
export interface ExportWriter {
  readonly type: string;
  /** Of the file's name. */
  readonly ending: string;
  /** What comes first; empty for none. */
  readonly head: (columns: readonly string[]) => string;
  /** A row with its line end. */
  readonly row: (row: ExportRow, columns: readonly string[]) => string;
}

const csv = (time: (at: number) => string): ExportWriter => ({
  type: 'text/csv; charset=utf-8',
  ending: 'csv',
  head: (columns) => `time,device,${columns.join(',')}\n`,
  row: ({ at, device, values }, columns) => {
    let line = `${time(at)},${quoted(device)}`;
    for (let i = 0; i < columns.length; i++) line += `,${textOf(values[i] ?? NaN)}`;
    return `${line}\n`;
  },
});

/** The forms: CSV with ISO dates or with those of PowerSafe100.log, and JSON Lines, where what is not known is left out. */
export const exportWriters: Readonly<Record<TextFormat, ExportWriter>> = {
  csv: csv(isoTime),
  'csv-manual': csv(manualTime),
  jsonl: {
    type: 'application/x-ndjson; charset=utf-8',
    ending: 'jsonl',
    head: () => '',
    row: ({ at, device, values }, columns) => {
      let line = `{"time":"${isoTime(at)}","device":${JSON.stringify(device)}`;
      for (let i = 0; i < columns.length; i++) {
        const text = textOf(values[i] ?? NaN);
        if (text !== '') line += `,${JSON.stringify(columns[i])}:${text}`;
      }
      return `${line}}\n`;
    },
  },
};

/** A value with as many digits as the history keeps of a mean; undefined where nothing is known. */
export function keptDigits(value: number): number | undefined {
  return Number.isFinite(value) ? Number(value.toPrecision(7)) : undefined;
}

function textOf(value: number): string {
  return String(keptDigits(value) ?? '');
}

/** A name as it stands in CSV. One that a spreadsheet would take for a formula is a text. */
function quoted(name: string): string {
  const safe = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Local time with its distance from UTC, such as `2026-11-29T18:30:00+01:00`. @param at ms since 1970 */
function isoTime(at: number): string {
  const { year, month, day, hours, minutes, seconds } = localParts(at);
  const offset = Math.round(localOffset(at) / 60_000);
  const ahead = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const date = `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(day)}`;
  return `${date}T${two(hours)}:${two(minutes)}:${two(seconds)}${ahead}`;
}

/** Local time as in the manual, with its space at the end: `08/27/2018 19:19:41 `. @param at ms since 1970 */
function manualTime(at: number): string {
  const { year, month, day, hours, minutes, seconds } = localParts(at);
  const date = `${two(month + 1)}/${two(day)}/${String(year).padStart(4, '0')}`;
  return `${date} ${two(hours)}:${two(minutes)}:${two(seconds)} `;
}

import { tagValue } from './line-protocol';

/** Fields of one measurement: whole numbers and texts. */
export type AggregatedFields = Readonly<Record<string, number | string>>;

/** What is known of a device at a time, by the way in which it may be put together over time. */
export interface AggregatedValues {
  readonly tags: Readonly<Record<string, string>>;
  /** Measurements: their mean, their least and their greatest. */
  readonly mean: AggregatedFields;
  /** What hardly ever changes. */
  readonly last: AggregatedFields;
  /** Bits. */
  readonly Bor: AggregatedFields;
}

/** The same with its time. */
export interface AggregatedRow extends AggregatedValues {
  /** ms since 1970. */
  readonly at: number;
}

/** Field sets and the measurements that they are written to: of a single value, mean, least and greatest are the same. */
const measurements = { mean: ['mean', 'min', 'max'], last: ['last'], Bor: ['Bor'] } as const;
const sets = Object.keys(measurements) as (keyof typeof measurements)[];

/** Values as a text for the spool. */
export function aggregatedText(values: AggregatedValues): string {
  return JSON.stringify(values);
}

/** Reads such a text. @throws Error for one of anything else */
export function parseAggregated({ at, text }: { readonly at: number; readonly text: string }): AggregatedRow {
  const { tags, ...fields } = JSON.parse(text) as Partial<AggregatedValues>;
  const { mean, last, Bor } = fields;
  if ([tags, mean, last, Bor].some((part) => typeof part !== 'object')) throw new Error('not such a row');
  return { at, tags, mean, last, Bor } as AggregatedRow;
}

/** Rows in InfluxDB's line protocol, times in ms: a measurement is a way of putting values together. */
export function aggregatedLines(rows: readonly AggregatedRow[]): string {
  return rows.flatMap(linesOf).join('');
}

function linesOf(row: AggregatedRow): readonly string[] {
  const tags = Object.entries(row.tags).map(([name, value]) => `,${name}=${tagValue(value)}`);
  return sets.flatMap((set) => {
    const fields = Object.entries(row[set]).map(([name, value]) => `${name}=${fieldValue(value)}`);
    if (fields.length === 0) return [];
    return measurements[set].map(
      (measurement) => `${measurement}${tags.join('')} ${fields.join(',')} ${Math.round(row.at)}\n`,
    );
  });
}

function fieldValue(value: number | string): string {
  if (typeof value === 'number') return `${Math.round(value)}i`;
  return `"${value.replaceAll(/[\p{Cs}\p{Cc}\u2028\u2029]/gu, '_').replaceAll(/["\\]/g, '\\$&')}"`;
}

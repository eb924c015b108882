import { tableRows, type KeptRow } from './database-rows';

/**
 * Rows in InfluxDB's line protocol, times in ms: a table is a measurement, `device` and the number of a cell or probe are
 * tags, what is known are the fields, all of them floating.
 */
export function lineProtocol(rows: readonly KeptRow[]): string {
  return rows.flatMap((row) => tableRows(row).map(lineOf)).join('');
}

function lineOf({ table, at, device, part, values }: ReturnType<typeof tableRows>[number]): string {
  const fields = table.columns.flatMap(({ name }, i) => {
    const value = values[i] ?? null;
    return value === null || !Number.isFinite(value) ? [] : [`${name}=${value}`];
  });
  if (fields.length === 0) return '';
  const tags = [
    table.name,
    ...(table.part === undefined ? [] : [`${table.part}=${part}`]),
    `device=${tagValue(device)}`,
  ];
  return `${tags.join(',')} ${fields.join(',')} ${Math.round(at)}\n`;
}

/**
 * A text as the value of a tag. Line protocol has no way to write a line break, and stores differ on backslashes and on other
 * control characters: each becomes `_`.
 */
export function tagValue(text: string): string {
  const plain = text.replaceAll(/[\p{Cs}\p{Cc}\\\u2028\u2029]/gu, '_');
  return plain === '' ? '_' : plain.replaceAll(/[,= ]/g, '\\$&');
}

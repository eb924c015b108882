import type { HistoryAnswer } from '../io/web/history-answer';
import type { ChartKind } from './chart-list';

/** Columns as uPlot takes them: times in s, and for each line mean, least and greatest; null where nothing is known. */
export type Columns = [number[], ...(number | null)[][]];

/**
 * Puts the answers to a chart's lines together.
 *
 * @param answers one for each line, in their order; lines of one value may share an answer
 */
export function columnsOf({ lines, convert }: ChartKind, answers: readonly HistoryAnswer[]): Columns {
  const rows = new Map<number, (number | null)[]>();
  const width = lines.length * 3;
  const row = (time: number): (number | null)[] => {
    let values = rows.get(time);
    if (values === undefined) rows.set(time, (values = new Array<number | null>(width).fill(null)));
    return values;
  };
  for (const [i, { part }] of lines.entries()) {
    const answer = answers[i];
    if (answer === undefined) continue;
    const cut = (value: number): number => {
      const converted = convert(value);
      if (part === 'above') return Math.max(0, converted);
      return part === 'below' ? Math.min(0, converted) : converted;
    };
    let end = Infinity;
    for (const [at, start] of answer.start.entries()) {
      const span = answer.span[at] ?? 0;
      // A gap is a gap: nothing is drawn through the time in which nothing was heard.
      if (start > end + span * 0.5) row(end);
      end = start + span;
      // What is under way has not had its middle yet.
      const values = row(Math.min(start + span / 2, Math.max(start, answer.now)));
      values[i * 3] = cut(answer.mean[at] ?? NaN);
      values[i * 3 + 1] = cut(answer.min[at] ?? NaN);
      values[i * 3 + 2] = cut(answer.max[at] ?? NaN);
    }
  }
  const times = Array.from(rows.keys()).sort((a, b) => a - b);
  const columns: Columns = [times.map((time) => time / 1000)];
  for (let column = 0; column < width; column++) {
    const values = times.map((time) => rows.get(time)?.[column] ?? null);
    columns.push(lines[Math.floor(column / 3)]?.part === undefined ? values : withoutZeros(values));
  }
  return columns;
}

/** One side of zero while the value is on the other one is no line along zero; where it begins and ends is. */
function withoutZeros(values: readonly (number | null)[]): (number | null)[] {
  const nothing = (value: number | null | undefined): boolean => (value ?? 0) === 0;
  return values.map((value, i) =>
    value === 0 && nothing(values[i - 1]) && nothing(values[i + 1]) ? null : value,
  );
}

import type { HistoryAnswer } from '../../src/io/web/history-answer';
import { columnsOf } from '../../src/web-page/chart-data';
import { cellChart, chartKinds } from '../../src/web-page/chart-list';
import { usualQuantities } from '../../src/model/history/quantities';

function answer(entries: readonly (readonly [start: number, span: number, mean: number])[]): HistoryAnswer {
  const column = (of: (entry: readonly [number, number, number]) => number): number[] => entries.map(of);
  return {
    device: 'battery',
    value: 'x',
    from: 0,
    to: 10_000,
    now: 10_000,
    fromLocal: '1970-01-01T01:00',
    toLocal: '1970-01-01T01:00',
    start: column(([start]) => start),
    span: column(([, span]) => span),
    mean: column(([, , mean]) => mean),
    min: column(([, , mean]) => mean - 1),
    max: column(([, , mean]) => mean + 1),
    last: column(([, , mean]) => mean),
  };
}

const kind = (name: string, units: 'celsius' | 'fahrenheit' = 'celsius') =>
  chartKinds(units).find((chart) => chart.name === name)!;

test('an entry stands in the middle of its time; least and greatest beside its mean', () => {
  const columns = columnsOf(cellChart(3), [
    answer([
      [2000, 2000, 5],
      [4000, 2000, 6],
    ]),
  ]);
  expect(columns).toEqual([
    [3, 5],
    [5, 6],
    [4, 5],
    [6, 7],
  ]);
});

test('where nothing was heard there is a gap, no line', () => {
  const [times, means] = columnsOf(cellChart(3), [
    answer([
      [0, 1000, 5],
      [5000, 1000, 6],
    ]),
  ]);
  expect([times, means]).toEqual([
    [0.5, 1, 5.5],
    [5, null, 6],
  ]);
});

test('power in kW, what goes in above the line and what comes out below, neither along zero', () => {
  const power = answer([
    [0, 1000, 2000],
    [1000, 1000, -3000],
    [2000, 1000, -3000],
    [3000, 1000, -3000],
  ]);
  const [, into, , , out] = columnsOf(kind('power'), [power, power]);
  expect(into).toEqual([2, 0, null, null]);
  expect(out).toEqual([0, -3, -3, -3]);
});

test('lines of different values stand on common times', () => {
  const columns = columnsOf(kind('temperature', 'fahrenheit'), [
    answer([[0, 1000, 100]]),
    answer([[1000, 1000, 0]]),
  ]);
  expect(columns.map((column) => column.length)).toEqual([2, 2, 2, 2, 2, 2, 2]);
  expect(columns[1]).toEqual([212, null]);
  expect(columns[4]).toEqual([null, 32]);
});

test('every line is a value that the history has', () => {
  for (const { lines } of chartKinds('celsius')) {
    for (const { value } of lines) expect(usualQuantities).toContain(value);
  }
});

test('charts have the titles, units and decimals that the table of quantities has', () => {
  expect(chartKinds('celsius').map(({ title, unit, decimals }) => `${title} ${unit} ${decimals}`)).toEqual([
    'Power kW 2',
    'State of charge % 1',
    'Cells V 3',
    'Pack voltage V 1',
    'Current A 1',
    'Temperature °C 1',
    'Ampere-hours Ah 1',
  ]);
  expect(chartKinds('fahrenheit')[5]).toMatchObject({ unit: '°F', decimals: 1 });
  expect(cellChart(7)).toMatchObject({ title: 'Cell 7', unit: 'V', decimals: 3 });
});

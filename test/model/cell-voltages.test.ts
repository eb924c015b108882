import fc from 'fast-check';
import { CellVoltages, extremesOf } from '../../src/model/cell-voltages';

const six = (voltage: number): number[] => new Array<number>(6).fill(voltage);

test('S0.98: modules are placed by their number, whatever order they come in', () => {
  const cells = new CellVoltages();
  for (const index of [2, 0, 1, 1]) cells.apply({ index, total: 3, voltages: six(3 + index / 10) }, 0);
  expect(cells.voltages(0)).toEqual([...six(3), ...six(3.1), ...six(3.2)]);
});

test('a module that was lost on the way is unknown, and its neighbours are not moved', () => {
  const cells = new CellVoltages();
  cells.apply({ index: 0, total: 3, voltages: six(3.5) }, 0);
  cells.apply({ index: 2, total: 3, voltages: six(3.7) }, 0);
  expect(cells.voltages(0)).toEqual([...six(3.5), ...new Array<undefined>(6).fill(undefined), ...six(3.7)]);
});

test('a module that is no longer sent becomes unknown by itself', () => {
  const cells = new CellVoltages();
  for (let second = 0; second <= 12; second++) {
    cells.apply({ index: 0, total: 2, voltages: six(3.5) }, second * 1000);
    if (second === 0) cells.apply({ index: 1, total: 2, voltages: six(3.6) }, 0);
  }
  expect(cells.module(0, 12_000)).toEqual(six(3.5));
  expect(cells.module(1, 12_000)).toBeUndefined();
  expect(cells.freshness(12_000)).toBe('fresh');
});

test('a module count that changes drops the cells beyond it', () => {
  const cells = new CellVoltages();
  for (const total of [16, 40, 6]) {
    for (let index = 0; index < total; index++) cells.apply({ index, total, voltages: six(3.5) }, 0);
    expect(cells.count).toBe(total * 6);
    expect(cells.voltages(0)).toEqual(six(3.5).flatMap(() => new Array<number>(total).fill(3.5)));
  }
  cells.apply({ index: 0, total: 40, voltages: six(3.5) }, 0);
  expect(cells.voltages(0).filter((voltage) => voltage !== undefined)).toHaveLength(36);
});

test('S0.99: of more than 40 modules the first 240 cells are kept, and how many are not is said', () => {
  const cells = new CellVoltages();
  for (let index = 0; index < 42; index++) cells.apply({ index, total: 42, voltages: six(3.5) }, 0);
  expect(cells.count).toBe(240);
  expect(cells.beyond).toBe(12);
});

test('whatever modules come, there are never more than 240 cells', () => {
  const module = fc.record({ index: fc.nat(254), total: fc.integer({ min: 1, max: 255 }) });
  fc.assert(
    fc.property(fc.array(module), (modules) => {
      const cells = new CellVoltages();
      for (const { index, total } of modules)
        cells.apply({ index: index % total, total, voltages: six(3.5) }, 0);
      expect(cells.voltages(0).length).toBe(cells.count);
      expect(cells.count).toBeLessThanOrEqual(240);
    }),
  );
});

test('the first of the lowest and the first of the highest cells are named', () => {
  expect(extremesOf([3.5, undefined, 3.4, 3.6, 3.4, 3.6])).toEqual({ lowest: 2, highest: 3 });
  expect(extremesOf([undefined])).toBeUndefined();
});

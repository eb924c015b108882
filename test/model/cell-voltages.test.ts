import fc from 'fast-check';
import { CellVoltages, extremesOf } from '../../src/model/cell-voltages';

/** One module of six, as an EVTV controller sends them. */
function tell(
  cells: CellVoltages,
  { index, total, voltages }: { index: number; total: number; voltages: number[] },
  at: number,
): boolean {
  return cells.apply({ first: index * 6, total: total * 6, perModule: 6, volts: voltages }, at, 1000);
}

const six = (voltage: number): number[] => new Array<number>(6).fill(voltage);

test('S0.98: modules are placed by their number, whatever order they come in', () => {
  const cells = new CellVoltages();
  for (const index of [2, 0, 1, 1]) tell(cells, { index, total: 3, voltages: six(3 + index / 10) }, 0);
  expect(cells.voltages(0)).toEqual([...six(3), ...six(3.1), ...six(3.2)]);
});

test('a module that was lost on the way is unknown, and its neighbours are not moved', () => {
  const cells = new CellVoltages();
  tell(cells, { index: 0, total: 3, voltages: six(3.5) }, 0);
  tell(cells, { index: 2, total: 3, voltages: six(3.7) }, 0);
  expect(cells.voltages(0)).toEqual([...six(3.5), ...new Array<undefined>(6).fill(undefined), ...six(3.7)]);
});

test('a module that is no longer sent becomes unknown by itself', () => {
  const cells = new CellVoltages();
  for (let second = 0; second <= 12; second++) {
    tell(cells, { index: 0, total: 2, voltages: six(3.5) }, second * 1000);
    if (second === 0) tell(cells, { index: 1, total: 2, voltages: six(3.6) }, 0);
  }
  expect(cells.voltages(12_000)).toEqual([...six(3.5), ...new Array<undefined>(6).fill(undefined)]);
  expect(cells.freshness(12_000)).toBe('fresh');
});

test('a module count that changes drops the cells beyond it', () => {
  const cells = new CellVoltages();
  for (const total of [16, 40, 6]) {
    for (let index = 0; index < total; index++) tell(cells, { index, total, voltages: six(3.5) }, 0);
    expect(cells.count).toBe(total * 6);
    expect(cells.voltages(0)).toEqual(six(3.5).flatMap(() => new Array<number>(total).fill(3.5)));
  }
  tell(cells, { index: 0, total: 40, voltages: six(3.5) }, 0);
  expect(cells.voltages(0).filter((voltage) => voltage !== undefined)).toHaveLength(36);
});

test('S0.99: of more than 40 modules the first 240 cells are kept, and how many are not is said', () => {
  const cells = new CellVoltages();
  for (let index = 0; index < 42; index++) tell(cells, { index, total: 42, voltages: six(3.5) }, 0);
  expect(cells.count).toBe(240);
  expect(cells.beyond).toBe(12);
});

test('whatever modules come, there are never more than 240 cells', () => {
  const module = fc.record({ index: fc.nat(254), total: fc.integer({ min: 1, max: 255 }) });
  fc.assert(
    fc.property(fc.array(module), (modules) => {
      const cells = new CellVoltages();
      for (const { index, total } of modules)
        tell(cells, { index: index % total, total, voltages: six(3.5) }, 0);
      expect(cells.voltages(0).length).toBe(cells.count);
      expect(cells.count).toBeLessThanOrEqual(240);
    }),
  );
});

test('the first of the lowest and the first of the highest cells are named', () => {
  expect(extremesOf([3.5, undefined, 3.4, 3.6, 3.4, 3.6])).toEqual({ lowest: 2, highest: 3 });
  expect(extremesOf([undefined])).toBeUndefined();
});

test.each([4, 8, 15, 16, 32])(
  '%i cells in one message have no modules, and one that says nothing is unknown',
  (count) => {
    const cells = new CellVoltages();
    const volts = Array.from({ length: count }, (_, i) => (i === 2 ? undefined : 3.3 + i / 1000));
    expect(cells.apply({ first: 0, total: count, volts }, 0, 5000)).toBe(true);
    expect(cells.apply({ first: 0, total: count, volts }, 5000, 5000)).toBe(false);
    expect([cells.count, cells.modules, cells.voltages(5000)]).toEqual([count, 0, volts]);
    expect(cells.cellFreshness(0, 5000 + 14_999)).toBe('fresh');
    expect(cells.cellFreshness(0, 5000 + 15_000)).toBe('late');
    expect(cells.voltages(5000 + 50_000)).toEqual(new Array(count).fill(undefined));
  },
);

test('cells that come in other blocks than before replace those that they cover in part', () => {
  const cells = new CellVoltages();
  cells.apply({ first: 0, total: 8, volts: new Array<number>(8).fill(3.3) }, 0, 1000);
  cells.apply({ first: 4, total: 8, volts: new Array<number>(4).fill(3.4) }, 0, 1000);
  expect(cells.voltages(0)).toEqual([...new Array<undefined>(4).fill(undefined), 3.4, 3.4, 3.4, 3.4]);
});

test('cells beyond the number that there are, are none', () => {
  const cells = new CellVoltages();
  tell(cells, { index: 0, total: 2, voltages: six(3.5) }, 0);
  for (const first of [12, 15, 300])
    expect(cells.apply({ first, total: 12, perModule: 6, volts: six(9) }, 0, 1000)).toBe(false);
  expect(cells.voltages(0)).toHaveLength(12);
  expect(cells.highest(0).value).toBe(3.5);
});

test('fresh cells are complete when all of them were heard lately', () => {
  const cells = new CellVoltages();
  tell(cells, { index: 0, total: 2, voltages: six(3.5) }, 0);
  expect(cells.freshVoltages(0).complete).toBe(false);
  tell(cells, { index: 1, total: 2, voltages: six(3.5) }, 2000);
  expect([2500, 3000].map((now) => cells.freshVoltages(now).complete)).toEqual([true, false]);
  expect(cells.freshVoltages(3000).voltages.slice(5, 7)).toEqual([undefined, 3.5]);
});

import { Battery } from '../../src/model/battery';
import { Device } from '../../src/model/device';
import type { BatteryQuantity } from '../../src/model/quantities';
import type { Reading } from '../../src/model/reading';

function reading(more: Partial<Reading>): Reading {
  return { device: 'house', at: 0, group: 'basic', period: 1000, values: {}, ...more };
}

let state: Battery;

beforeEach(() => {
  state = new Battery('house');
});

const value = (name: BatteryQuantity, now: number): number | undefined => state.quantity(name, now).value;
const texts = (): unknown => Object.fromEntries(state.texts);

function cells(now: number): unknown {
  return state.cells.freshness(now) === 'lost' ? undefined : state.cells.voltages(now);
}

test('what was never told is unknown', () => {
  expect([value('voltage', 0), cells(0), state.list('temperatures', 0)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([state.freshness(0), state.ages(0), texts()]).toEqual(['lost', {}, {}]);
});

test('what the group leaves out the next time, or tells no number of, is unknown', () => {
  state.apply(reading({ values: { voltage: 13, current: -2, cycles: 4 } }));
  expect(value('power', 0)).toBe(-26);
  state.apply(reading({ at: 1000, values: { voltage: NaN, current: -2 } }));
  expect((['voltage', 'current', 'cycles', 'power'] as const).map((name) => value(name, 1000))).toEqual([
    undefined,
    -2,
    undefined,
    undefined,
  ]);
});

test('the later of two groups that tell the same is right', () => {
  state.apply(reading({ at: 10, values: { voltage: 13 } }));
  state.apply(reading({ at: 20, group: 'fine', values: { voltage: 13.1 } }));
  expect(value('voltage', 20)).toBe(13.1);
  state.apply(reading({ at: 30, values: { voltage: 13.2 } }));
  expect(value('voltage', 30)).toBe(13.2);
});

test('a group ages alone and is lost after ten periods', () => {
  state.apply(reading({ values: { voltage: 13 }, temperatures: [20, undefined, 22] }));
  state.apply(reading({ at: 9000, group: 'cells', cells: { first: 0, total: 2, volts: [3.2, 3.3] } }));
  expect([value('voltage', 9999), value('temperatureMax', 9999)]).toEqual([13, 22]);
  expect([value('voltage', 10_000), value('temperatureMax', 10_000)]).toEqual([undefined, undefined]);
  expect([value('cellLow', 10_000), state.freshness(10_000)]).toEqual([3.2, 'fresh']);
  expect(state.freshness(12_000)).toBe('late');
  expect([state.freshness(19_000), cells(19_000)]).toEqual(['lost', undefined]);
  expect(state.ages(10_000)).toEqual({ basic: 10_000, cells: 1000 });
});

test('cells have their places, and none beyond the number that there are', () => {
  state.apply(reading({ group: 'cells', cells: { first: 2, total: 4, volts: [3.3, 3.4] } }));
  expect(cells(0)).toEqual([undefined, undefined, 3.3, 3.4]);
  state.apply(reading({ group: 'cells', cells: { first: 0, total: 3, volts: [3.1, undefined, 3.2, 9] } }));
  expect(cells(0)).toEqual([3.1, undefined, 3.2]);
  expect((['cellLow', 'cellHigh', 'cellAverage'] as const).map((name) => value(name, 0))).toEqual([
    3.1, 3.2, 3.1500000000000004,
  ]);
});

test('what is told once does not age, and does not make a silent device look alive', () => {
  const once = { group: 'counters', period: Infinity, values: { restartCount: 3 }, texts: { model: 'X' } };
  state.apply(reading({ values: { voltage: 13 } }));
  for (let at = 0; at < 6; at++) state.apply(reading({ ...once, at }));
  const later = 86_400_000 * 30;
  expect([value('restartCount', later), texts(), state.freshness(later)]).toEqual([
    3,
    { model: 'X' },
    'lost',
  ]);
});

test('a solar charger has no values that follow from others', () => {
  const charger = new Device('roof', 'solar-charger');
  charger.apply(reading({ values: { voltage: 13, current: 2 } }));
  expect(charger.quantity('power', 0).value).toBeUndefined();
});

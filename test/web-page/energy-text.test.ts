import type { EnergyPeriodJson } from '../../src/protocol/energy-json';
import { plotForm } from '../../src/web-page/energy-scale';
import { isCompared, periodName, periodSentence } from '../../src/web-page/energy-text';

const period = (
  from: string,
  to: string,
  [energyIn, energyOut, energyInBefore, energyOutBefore]: readonly (number | null)[] = [],
): EnergyPeriodJson => ({
  ...{ from, to, energyHours: 24, energyIn: energyIn ?? null, energyOut: energyOut ?? null },
  ...{ energyInBefore: energyInBefore ?? null, energyOutBefore: energyOutBefore ?? null },
});
const day = (...amounts: (number | null)[]) => period('2026-11-29', '2026-11-29', amounts);

test.each([
  ['day', '2026-11-09', '2026-11-09', '9 Nov'],
  ['week', '2026-11-23', '2026-11-29', '23 to 29 Nov'],
  ['week', '2026-11-30', '2026-12-06', '30 Nov to 6 Dec'],
  ['week', '2026-12-28', '2027-01-03', '28 Dec to 3 Jan'],
  ['month', '2026-02-01', '2026-02-28', 'Feb 2026'],
  ['year', '2026-01-01', '2026-12-31', '2026'],
] as const)('a %s from %s to %s is called %s', (length, from, to, name) => {
  expect(periodName(period(from, to), length)).toBe(name);
});

test('a bar is told in one sentence, out first as it is above', () => {
  expect(periodSentence(day(1234, 500), 'day', false)).toBe('29 Nov: 0.50 kWh out, 1.23 kWh in');
  expect(periodSentence(day(1234, null), 'day', false)).toBe('29 Nov: — kWh out, 1.23 kWh in');
  expect(periodSentence(day(null, null), 'day', false)).toBe('29 Nov: nothing known');
  expect(periodSentence(day(1000, 2000, 3000, 4000), 'day', false)).toBe(
    '29 Nov: 2.00 kWh out, 1.00 kWh in; a year before: 4.00 kWh out, 3.00 kWh in',
  );
  expect(periodSentence(period('2026-11-23', '2026-11-29', [1000, 0, 3000, 0]), 'week', true)).toBe(
    '23 to 29 Nov: 1.00 kWh; 52 weeks before: 3.00 kWh',
  );
});

test('a year before of which nothing is known is not compared with', () => {
  expect(isCompared(day(1, 2))).toBe(false);
  expect(isCompared(day(1, 2, 0, null))).toBe(true);
});

test('out is above the line and in below it, on one scale that the year before fits too', () => {
  expect(plotForm([day(1000, 2500), day(500, 100)], false)).toEqual({ up: 3, down: 3, zero: 0.5 });
  expect(plotForm([day(1000, 2500, null, 7000)], false)).toEqual({ up: 8, down: 8, zero: 0.5 });
});

test('what only goes one way has all the room', () => {
  expect(plotForm([day(0, 900)], false)).toEqual({ up: 1, down: 0, zero: 1 });
  expect(plotForm([day(900, 0)], false)).toEqual({ up: 0, down: 1, zero: 0 });
  expect(plotForm([day(0, 0)], false)).toMatchObject({ down: 0, zero: 1 });
});

test('a solar charger’s yield is above the line, and what its load takes is not in the bars', () => {
  expect(plotForm([day(1800, 9000)], true)).toEqual({ up: 2, down: 0, zero: 1 });
});

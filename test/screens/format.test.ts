import fc from 'fast-check';
import { inUnits, temperatureText, temperatureUnit } from '../../src/model/temperature';
import {
  fixed,
  formatAge,
  formatClock,
  formatCurrent,
  formatMoment,
  formatOr,
  formatPercent,
  formatTimeLeft,
  formatTimeToFull,
  KilowattFormat,
  signed,
} from '../../src/screens/format';

test('numbers have a true minus sign, and zero has none', () => {
  expect(fixed(-3.14159, 2)).toBe('−3.14');
  expect(fixed(-0.004, 2)).toBe('0.00');
  expect(signed(5, 0)).toBe('+5');
  expect(signed(0.4, 0)).toBe('0');
  expect(signed(-0, 1)).toBe('0.0');
});

test('what is not known is a dash', () => {
  expect([formatCurrent(undefined, true), formatPercent(undefined), formatOr(undefined, 2)]).toEqual([
    '—',
    '—',
    '—',
  ]);
  expect(new KilowattFormat().format(undefined)).toBe('—');
});

test('S0.21: current has its sign, and a decimal only when the source has one and it is worth it', () => {
  expect(formatCurrent(124, false)).toBe('+124');
  expect(formatCurrent(-34, false)).toBe('−34');
  expect(formatCurrent(-34.26, true)).toBe('−34.3');
  expect(formatCurrent(99.97, true)).toBe('+100');
});

test('S0.136: state of charge shows halves, and 100 only when it is full', () => {
  expect(formatPercent(77.5)).toBe('77.5');
  expect(formatPercent(99.5)).toBe('99.5');
  expect(formatPercent(100)).toBe('100');
  expect(formatPercent(0)).toBe('0.0');
});

test('S0.19: kW change their decimals at 10, and back only below 9', () => {
  const format = new KilowattFormat();
  expect([4370, -9990, 10_004, 9500, 9100, 8999, 130_767].map((power) => format.format(power))).toEqual([
    '4.37',
    '9.99',
    '10.0',
    '9.5',
    '9.1',
    '9.00',
    '130.8',
  ]);
});

test('ages are told in the largest unit that fits', () => {
  expect([0, 12_999, 60_000, 7_200_000, 200_000_000].map(formatAge)).toEqual([
    '0 s',
    '12 s',
    '1 min',
    '2 h',
    '2 d',
  ]);
});

test('a machine that cannot know the time shows none', () => {
  expect(formatClock(new Date(1970, 0, 1, 1, 2))).toBe('--:--');
  expect(formatClock(new Date(2026, 0, 1, 1, 2))).toBe('01:02');
});

test('a moment of another day has its date', () => {
  const wall = new Date(2026, 5, 12, 12, 0, 0);
  expect(formatMoment(new Date(2026, 5, 12, 9, 8, 7), wall)).toBe('09:08:07');
  expect(formatMoment(new Date(2026, 5, 11, 9, 8, 7), wall)).toBe('2026-06-11 09:08:07');
});

test('no number is ever written as minus zero', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.nat(3), (value, decimals) => {
      expect(fixed(value, decimals)).not.toMatch(/^−0(\.0*)?$/);
    }),
  );
});

test('temperatures are shown in the owner’s units', () => {
  expect([inUnits(27, 'celsius'), inUnits(100, 'fahrenheit'), inUnits(-40, 'fahrenheit')]).toEqual([
    27, 212, -40,
  ]);
  expect([temperatureUnit('celsius'), temperatureUnit('fahrenheit')]).toEqual(['°C', '°F']);
  expect([temperatureText(62.6, 'celsius'), temperatureText(-0.2, 'celsius')]).toEqual(['63 °C', '0 °C']);
  expect([temperatureText(60, 'fahrenheit'), temperatureText(-20, 'fahrenheit')]).toEqual([
    '140 °F',
    '-4 °F',
  ]);
});

test.each([
  [0, '0 min'],
  [59, '1 min'],
  [3569, '59 min'],
  [3571, '1 h 0 min'],
  [12_000, '3 h 20 min'],
  [35_969, '9 h 59 min'],
  [35_971, '10 h'],
  [99 * 3600, '99 h'],
])('%d s are left: %s', (seconds, text) => {
  expect(formatTimeLeft(seconds)).toBe(text);
  expect(formatTimeToFull(seconds, 95)).toBe(text);
  expect(formatTimeToFull(seconds, 95.5)).toBe(`≈ ${text}`);
});

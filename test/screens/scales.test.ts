import fc from 'fast-check';
import { cellWindow, energyScale, powerScale, voltageScale } from '../../src/screens/scales';

test('S0.13, S0.14: the voltage scale shows both cut-offs with room beyond them', () => {
  const lithium = voltageScale({ low: 3.2, high: 4.2 });
  expect([lithium.low, lithium.high, lithium.step]).toEqual([3, 4.4, 0.2]);
  const iron = voltageScale({ low: 2.8, high: 3.6 });
  expect(iron.low).toBeLessThan(2.8);
  expect(iron.high).toBeGreaterThan(3.6);
});

test('cut-offs that are not known leave the usual scale', () => {
  expect(voltageScale(undefined)).toEqual({ low: 3, high: 4.4, step: 0.2 });
});

test('the power scale is a round number that shows the power, and never less than what was asked for', () => {
  expect([0, 9999, 10_001, 130_800, -214_745_000].map((power) => powerScale(power, 10))).toEqual([
    10, 10, 20, 200, 5000,
  ]);
  expect(powerScale(100, 5)).toBe(5);
});

test('cells that hardly differ are shown in a tenth of a volt, cells that differ in what they need', () => {
  const { bottom, top } = cellWindow(4.0, 4.02, undefined);
  expect(top - bottom).toBeCloseTo(0.1, 9);
  const wide = cellWindow(3.2, 4.1, undefined);
  expect(wide.top - wide.bottom).toBeGreaterThan(0.9);
});

test('the window stays as it is while the cells stay well inside it', () => {
  const first = cellWindow(4.0, 4.02, undefined);
  expect(cellWindow(4.005, 4.03, first)).toBe(first);
  expect(cellWindow(4.3, 4.32, first)).not.toBe(first);
});

test('whatever the cells are, they stand inside their window', () => {
  const volt = fc.integer({ min: 200, max: 455 }).map((raw) => raw / 100);
  fc.assert(
    fc.property(volt, volt, volt, volt, (a, b, c, d) => {
      const before = cellWindow(Math.min(a, b), Math.max(a, b), undefined);
      const [low, high] = [Math.min(c, d), Math.max(c, d)];
      const { bottom, top } = cellWindow(low, high, before);
      expect(bottom).toBeLessThan(low);
      expect(top).toBeGreaterThanOrEqual(high);
    }),
  );
});

test('the scale of energies is a round number that is not much more than what it shows', () => {
  expect([0, 0.004, 0.011, 0.9, 1.01, 1.6, 7, 9.9, 104, 1500.1].map(energyScale)).toEqual([
    0.01, 0.01, 0.015, 1, 1.5, 2, 8, 10, 150, 2000,
  ]);
  expect(energyScale(32_768_000)).toBe(40_000_000);
});

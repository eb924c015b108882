import { dayPalette } from '../../../src/render/theme';
import type { CalibrationDesk, CalibrationStep } from '../../../src/screens/calibration/calibration-desk';
import { createNavigator } from '../../../src/screens/all-screens';
import { Site } from '../../../src/model/site';
import { expectGolden } from '../../golden-picture';
import { pictureOf, surroundings } from '../stories';

/** A calibration at some step, with what is called on it. */
class FakeCalibration implements CalibrationDesk {
  stands = true;
  deadline = surroundings(0).now + 29_500;
  readonly told: string[] = [];

  constructor(public step: CalibrationStep) {}

  keep(): void {
    this.told.push('keep');
  }
  again(): void {
    this.told.push('again');
  }
  cancel(): void {
    this.told.push('cancel');
  }
}

function start(step: CalibrationStep, [width, height]: readonly [number, number] = [800, 480]) {
  const desk = new FakeCalibration(step);
  const options = { width, height, root: process.cwd(), palette: dayPalette, powerScale: 10, animate: false };
  const site = new Site();
  const none = undefined;
  const navigator = createNavigator(site.main, options, 'main', none, none, none, none, desk);
  navigator.update(surroundings(0));
  return { desk, navigator };
}

const steps: readonly (readonly [string, CalibrationStep])[] = [
  ['cross', { kind: 'cross', index: 0 }],
  ['apart', { kind: 'cross', index: 0, problem: { kind: 'apart', pixels: 120 } }],
  ['trial', { kind: 'trial' }],
];

test.each([
  ['', [800, 480]],
  ['-480x320', [480, 320]],
  ['-480x800', [480, 800]],
] as const)('the calibration looks as it was agreed%s', (suffix, size) => {
  for (const [name, step] of steps) {
    const { navigator } = start(step, size);
    expectGolden(pictureOf(navigator, surroundings(0)).canvas, `calibration-${name}${suffix}`);
  }
});

test('it stands in place of any screen while it goes on, and the main screen comes after it', () => {
  const { desk, navigator } = start({ kind: 'cross', index: 2 });
  expect(navigator.screenName).toBe('calibration');
  for (const key of ['Left', 'Right', 'a', 'Enter']) navigator.key({ key, action: 'down', command: false });
  navigator.open('settings');
  navigator.update(surroundings(0));
  expect([navigator.screenName, desk.told]).toEqual(['calibration', []]);
  desk.stands = false;
  navigator.update(surroundings(0));
  expect(navigator.screenName).toBe('main');
});

test('Escape leaves it, Enter keeps what is on trial, and its buttons are touched as any', () => {
  const { desk, navigator } = start({ kind: 'trial' });
  navigator.key({ key: 'Escape', action: 'down', command: false });
  navigator.key({ key: 'Enter', action: 'down', command: false });
  navigator.key({ key: 'Enter', action: 'repeat', command: false });
  for (const name of ['keep', 'again']) {
    const { x, y } = navigator.targets.find((target) => target.name === name)!.areas[0]!;
    navigator.pointer({ type: 'press', x: x + 5, y: y + 5 });
    navigator.pointer({ type: 'release', x: x + 5, y: y + 5 });
  }
  expect(desk.told).toEqual(['cancel', 'keep', 'keep', 'again']);
});

test('it says how many seconds there are, and looks again at the next one', () => {
  const { navigator } = start({ kind: 'cross', index: 0 });
  expect(navigator.update(surroundings(0))).toBe(500);
  expect(navigator.update({ ...surroundings(0), now: surroundings(0).now + 29_500 })).toBeUndefined();
});

import { dayPalette, type Palette } from '../../src/render/theme';
import { contrast } from './luminance';

const grounds = ['ground', 'panel', 'faceInner', 'faceOuter'] as const satisfies (keyof Palette)[];
const texts = [
  'text',
  'secondary',
  'tertiary',
  'late',
  'warning',
  'powerOut',
  'powerIn',
  'voltage',
  'solar',
] as const satisfies (keyof Palette)[];

test.each(grounds.flatMap((ground) => texts.map((text) => [text, ground] as const)))(
  'text in %s can be read on %s',
  (text, ground) => {
    expect(contrast(dayPalette[text], dayPalette[ground])).toBeGreaterThanOrEqual(4.5);
  },
);

test.each(['voltage', 'voltageAlternate', 'powerOut', 'powerIn', 'warning', 'text'] as const)(
  'a gauge or bar in %s stands out from its track and from a panel',
  (fill) => {
    expect(contrast(dayPalette[fill], dayPalette.track)).toBeGreaterThanOrEqual(3);
    expect(contrast(dayPalette[fill], dayPalette.panel)).toBeGreaterThanOrEqual(3);
  },
);

test('text on controls can be read, idle and pressed', () => {
  expect(contrast(dayPalette.text, dayPalette.control)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(dayPalette.text, dayPalette.pressed)).toBeGreaterThanOrEqual(4.5);
});

test('choices, strong buttons and what is secondary on controls can be read', () => {
  expect(contrast(dayPalette.text, dayPalette.chosen)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(dayPalette.secondary, dayPalette.control)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(dayPalette.text, dayPalette.lateFill)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(dayPalette.voltage, dayPalette.control)).toBeGreaterThanOrEqual(3);
  expect(contrast(dayPalette.warning, dayPalette.control)).toBeGreaterThanOrEqual(4.5);
});

test('an alarm can be read, on its own ground and as a mark in the status strip', () => {
  expect(contrast(dayPalette.text, dayPalette.alarmGround)).toBeGreaterThanOrEqual(7);
  expect(contrast(dayPalette.alarm, dayPalette.ground)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(dayPalette.text, dayPalette.warningGround)).toBeGreaterThanOrEqual(4.5);
});

test('the ends of the bars of a level stand out from what lies beneath them, and that from the panel', () => {
  for (const [cap, fill] of [
    ['voltage', 'levelFill'],
    ['warning', 'lowLevelFill'],
  ] as const) {
    expect(contrast(dayPalette[cap], dayPalette.panel)).toBeGreaterThanOrEqual(3);
    expect(contrast(dayPalette[cap], dayPalette[fill])).toBeGreaterThanOrEqual(2);
    expect(contrast(dayPalette[fill], dayPalette.panel)).toBeGreaterThanOrEqual(1.8);
    expect(contrast(dayPalette.text, dayPalette[fill])).toBeGreaterThanOrEqual(4.5);
  }
});

test('a choice that is not taken and a button that has nothing to do can be read', () => {
  expect(contrast(dayPalette.secondary, dayPalette.control)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(dayPalette.tertiary, dayPalette.ground)).toBeGreaterThanOrEqual(4.5);
});

test('the end of a bar that is longer than its plot stands out from the bar', () => {
  expect(contrast(dayPalette.powerOutLight, dayPalette.powerOut)).toBeGreaterThanOrEqual(2);
  expect(contrast(dayPalette.powerInLight, dayPalette.powerIn)).toBeGreaterThanOrEqual(1.5);
});

test('a cell that is late or not heard is not taken for a live one', () => {
  for (const live of ['voltage', 'voltageAlternate', 'warning', 'text'] as const) {
    expect(contrast(dayPalette[live], dayPalette.track)).toBeGreaterThanOrEqual(3);
    expect(dayPalette[live]).not.toBe(dayPalette.lateFill);
  }
});

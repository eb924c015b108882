import { PinLock } from '../../../src/desk/pin-lock';
import { expectGolden } from '../../golden-picture';
import { desk, Owner } from './config-stories';

/** Somebody in front of settings with a PIN. */
function locked(pin: string, width = 800, height = 480) {
  let now = 0;
  const lock = new PinLock(() => pin, { monotonic: () => now });
  const owner = new Owner({ editor: desk({ values: { brightness: 80 } }).editor, lock }, width, height);
  return { owner, pass: (ms: number) => (now += ms) };
}

const typed = (owner: Owner, digits: string): Owner =>
  Array.from(digits)
    .reduce((who, digit) => who.touch(`key ${digit}`), owner)
    .touch('key done');

test('the PIN opens the settings, a wrong one does not, and X goes back to the dial', () => {
  const { owner } = locked('4711');
  expect(owner.names()).not.toContain('save');
  typed(owner, '4712');
  expect(owner.names()).toContain('key 4');
  owner.touch('close');
  expect(owner.navigator.screenName).toBe('main');
  owner.navigator.open('settings');
  typed(owner, '4711');
  expect(owner.names()).toContain('part screen');
});

test('who leaves the settings locks them, and nobody reads on the keyboard what was typed before', () => {
  const { owner } = locked('4711');
  typed(owner, '4711').touch('close');
  owner.navigator.open('settings');
  owner.look();
  expect(owner.names()).toContain('key 4');
  // Had the digits stayed, this would be the PIN twice.
  typed(owner, '4711');
  expect(owner.names()).toContain('part screen');
});

test('after five minutes without a touch the PIN is asked for again, and what was changed is still there', () => {
  const { owner, pass } = locked('4711');
  typed(owner, '4711').touch('part screen').touch('minus brightness');
  pass(299_000);
  owner.touch('minus brightness');
  pass(300_000);
  owner.look();
  expect(owner.names()).toContain('key 4');
  expect(owner.names()).not.toContain('minus brightness');
  typed(owner, '4711');
  expect(owner.names()).toContain('minus brightness');
  owner.touch('close');
  expect(owner.names()).toEqual(['no', 'yes']);
});

test('a keyboard types the PIN too, and Escape goes back to the dial', () => {
  const { owner } = locked('4711');
  owner.type('4711').key('Enter');
  expect(owner.names()).toContain('part screen');
  owner.key('Escape');
  owner.navigator.open('settings');
  owner.look();
  owner.key('Escape');
  expect(owner.navigator.screenName).toBe('main');
});

test.each([
  ['', 800, 480],
  ['-480x320', 480, 320],
  ['-480x800', 480, 800],
] as const)('the lock looks as it was agreed%s', (suffix, width, height) => {
  const { owner } = locked('4711', width, height);
  for (const digit of '123') owner.touch(`key ${digit}`);
  expectGolden(owner.picture().canvas, `settings-locked${suffix}`);
  if (suffix === '') expectGolden(owner.touch('key done').picture().canvas, 'settings-locked-wrong');
});

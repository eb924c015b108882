import { PinLock } from '../../../src/desk/pin-lock';
import { dayPalette } from '../../../src/render/theme';
import { createNavigator } from '../../../src/screens/all-screens';
import { devicesStory } from '../config/device-stories';
import { placeOf, root } from '../stories';
import { aboard, boatSite } from './device-stories';

/** A boat whose settings and load have a PIN, on the screen of its charger. */
function chargerWith(pin: string) {
  const site = boatSite();
  for (const { alarms } of site.watched()) alarms.acknowledge();
  let [age, now] = [200, 0];
  const switched: boolean[] = [];
  const load = {
    on: true,
    switch: (on: boolean) => {
      switched.push(on);
      return Promise.resolve('done' as const);
    },
  };
  const live = () => ({ freshness: 'fresh' as const, age: 0, signal: undefined, text: '', load });
  const config = {
    ...devicesStory({ facts: { live } }),
    lock: new PinLock(() => pin, { monotonic: () => now }),
  };
  const options = { width: 800, height: 480, root, palette: dayPalette, powerScale: 1, animate: false };
  const navigator = createNavigator(
    site.shown,
    { ...options, config: { devices: config.devices, lock: config.lock } },
    'main',
    (device) => site.show(device),
    undefined,
    (name) => site.find(name),
  );
  const look = (): void => {
    navigator.update(aboard(site, (age += 100)));
  };
  const touch = (...names: string[]): string => {
    for (const name of names) {
      const place = placeOf(navigator.targets, name);
      for (const type of ['press', 'release'] as const) navigator.pointer({ type, ...place });
      look();
    }
    return navigator.screenName;
  };
  look();
  touch('device Roof');
  return { navigator, touch, look, switched, pass: (ms: number) => (now += ms) };
}

const names = ({ navigator }: ReturnType<typeof chargerWith>) => navigator.targets.map(({ name }) => name);

test('a load is switched behind the PIN: it is asked, leads back, and is asked again the next time', () => {
  const boat = chargerWith('4711');
  expect(boat.touch('load')).toBe('settings');
  expect(boat.touch(...Array.from('4711', (digit) => `key ${digit}`), 'key done')).toBe('device');
  boat.touch('load');
  expect(names(boat)).toEqual(['no', 'yes']);
  boat.touch('yes');
  expect(boat.switched).toEqual([false]);
  boat.touch('back', 'device Roof');
  expect(boat.touch('load')).toBe('settings');
  // Who does not know it comes back to the dial with nothing open.
  expect(boat.touch('close')).toBe('main');
  expect(boat.touch('settings')).toBe('settings');
  expect(names(boat)).toContain('key 4');
});

test('the PIN that was asked for a load opens no settings', () => {
  const boat = chargerWith('4711');
  boat.touch('load', ...Array.from('4711', (digit) => `key ${digit}`), 'key done', 'back', 'settings');
  expect(names(boat)).toContain('key 4');
});

test('a question that nobody has answered for five minutes is no key for who comes later', () => {
  const boat = chargerWith('4711');
  boat.touch('load', ...Array.from('4711', (digit) => `key ${digit}`), 'key done', 'load');
  boat.pass(300_000);
  boat.touch('yes');
  expect(boat.switched).toEqual([]);
});

test('without a PIN a load is switched after the question alone', () => {
  const boat = chargerWith('');
  boat.touch('load', 'yes');
  expect(boat.switched).toEqual([false]);
});

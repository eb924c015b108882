import { dayPalette } from '../../src/render/theme';
import { createNavigator } from '../../src/screens/all-screens';
import { placeOf, root, silence, surroundings } from './stories';

/** A display that only shows, unless `kiosk` says otherwise at the moment. */
function display(set: { kiosk: boolean }) {
  const shown = createNavigator(silence(), {
    width: 800,
    height: 480,
    root,
    palette: dayPalette,
    powerScale: 10,
    animate: false,
    config: { kiosk: () => set.kiosk },
  });
  shown.update(surroundings(0));
  return shown;
}

const touch = (shown: ReturnType<typeof display>, x: number, y: number): string => {
  for (const type of ['press', 'release'] as const) shown.pointer({ type, x, y });
  return shown.screenName;
};

test('in a kiosk nothing but the gear can be touched', () => {
  const shown = display({ kiosk: true });
  for (let x = 4; x < 800; x += 16) {
    for (let y = 4; y < 480; y += 16) {
      const name = touch(shown, x, y);
      expect(['main', 'settings']).toContain(name);
      if (name === 'settings') expect(x > 680 && y < 100).toBe(true);
      shown.open('main');
    }
  }
  const { x, y } = placeOf(shown.targets, 'settings');
  expect(touch(shown, x, y)).toBe('settings');
  // In the settings everything can be touched.
  const close = placeOf(shown.targets, 'close');
  expect(touch(shown, close.x, close.y)).toBe('main');
});

test('in a kiosk a keyboard goes to the settings and back, and nowhere else', () => {
  const shown = display({ kiosk: true });
  const names = new Set<string>();
  for (let i = 0; i < 40; i++) {
    shown.key({ key: 'Right', action: 'down', command: false });
    names.add(shown.screenName);
  }
  expect([...names].sort()).toEqual(['main', 'settings']);
});

test('a display that is no kiosk any more is as it was', () => {
  const set = { kiosk: true };
  const shown = display(set);
  const { x, y } = placeOf(shown.targets, 'soc-log');
  expect(touch(shown, x, y)).toBe('main');
  set.kiosk = false;
  expect(touch(shown, x, y)).toBe('soc-log');
});

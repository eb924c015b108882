import { dayPalette } from '../../src/render/theme';
import { createNavigator } from '../../src/screens/all-screens';
import { screenNames, type KeyEvent } from '../../src/screens/screen';
import { root, silence } from './stories';

const navigator = () =>
  createNavigator(silence(), {
    width: 800,
    height: 480,
    root,
    palette: dayPalette,
    powerScale: 10,
    animate: false,
  });
const press = (key: string, changes: Partial<KeyEvent> = {}): KeyEvent => ({
  key,
  action: 'down',
  command: false,
  ...changes,
});

test('the arrows go through all screens and around', () => {
  const shown = navigator();
  const visited: string[] = [];
  // The settings have pages of their own.
  for (let i = 0; i < 12 && visited.at(-1) !== 'main'; i++) {
    shown.key(press('Right'));
    if (visited.at(-1) !== shown.screenName) visited.push(shown.screenName);
  }
  expect(visited).toEqual([...screenNames.slice(1), 'main']);
  shown.key(press('Left'));
  expect(shown.screenName).toBe(screenNames.at(-1));
});

test('Escape goes to the main screen from anywhere', () => {
  const shown = navigator();
  shown.open('cells');
  shown.key(press('Escape'));
  expect(shown.screenName).toBe('main');
  shown.key(press('Escape'));
  expect(shown.screenName).toBe('main');
});

test('a key that is held, a command and any other key open nothing', () => {
  const shown = navigator();
  for (const event of [
    press('Right', { action: 'repeat' }),
    press('Right', { command: true }),
    press('Enter'),
    press(' '),
    press('a'),
  ])
    // prettier-ignore
    shown.key(event);
  expect(shown.screenName).toBe('main');
});

test('a finger that is down means nothing on the screen that a key has opened', () => {
  const shown = navigator();
  shown.pointer({ type: 'press', x: 770, y: 28 });
  shown.key(press('Right'));
  const { screenName } = shown;
  shown.pointer({ type: 'release', x: 770, y: 28 });
  expect(shown.screenName).toBe(screenName);
});

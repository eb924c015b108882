import { Scene } from '../../src/render/scene';
import { Navigator } from '../../src/screens/navigator';
import type { Intent, KeyEvent, Screen, ScreenName, TouchTarget } from '../../src/screens/screen';

const slider = { x: 100, y: 100, width: 200, height: 60 };
const button = { x: 100, y: 200, width: 80, height: 60 };

/** A screen with a slider and a button that writes down what happens to it. */
class SpyScreen implements Screen {
  readonly scene = new Scene(800, 480, () => undefined);
  readonly targets: readonly TouchTarget[] = [
    { name: 'slider', areas: [slider], highlight: slider, draggable: true },
    { name: 'button', areas: [button], highlight: button },
  ];
  readonly told: string[] = [];
  lit: string | undefined;
  used = false;

  constructor(readonly name: ScreenName) {}

  update(): undefined {
    return undefined;
  }

  tap(target: string): Intent {
    this.told.push(`tap ${target}`);
    return { kind: 'none' };
  }

  press(target: TouchTarget | undefined): void {
    this.lit = target?.name;
  }

  drag(target: string, phase: string, x: number, y: number): void {
    this.told.push(`${phase} ${target} ${x},${y}`);
  }

  key({ key }: KeyEvent): boolean {
    this.told.push(`key ${key}`);
    return this.used;
  }
}

function spied(): { screen: SpyScreen; navigator: Navigator; say: (story: string) => void } {
  const screens = new Map<ScreenName, SpyScreen>();
  const navigator = new Navigator((name) => {
    const made = new SpyScreen(name);
    screens.set(name, made);
    return made;
  });
  const screen = screens.get('main');
  if (screen === undefined) throw new Error('no main screen');
  return {
    screen,
    navigator,
    say: (story) => {
      for (const word of story.split(' ')) {
        const [, kind = '', x = '', y = ''] = /^([pmr])(\d+),(\d+)$/.exec(word) ?? [];
        const type = ({ p: 'press', m: 'move', r: 'release' } as const)[kind as 'p' | 'm' | 'r'];
        navigator.pointer({ type, x: Number(x), y: Number(y) });
      }
    },
  };
}

test('what can be dragged follows the finger, on and off the target, and is not tapped', () => {
  const { screen, say } = spied();
  say('p110,120 m200,125 m700,400');
  expect(screen.lit).toBe('slider');
  say('r710,410');
  expect(screen.told).toEqual([
    'start slider 110,120',
    'move slider 200,125',
    'move slider 700,400',
    'end slider 710,410',
  ]);
  expect(screen.lit).toBeUndefined();
});

test('a finger that hardly moves taps it too, once the drag has ended', () => {
  const { screen, say } = spied();
  say('p110,120 m115,122 r112,121');
  expect(screen.told).toEqual([
    'start slider 110,120',
    'move slider 115,122',
    'end slider 112,121',
    'tap slider',
  ]);
});

test('a finger that went away and came back has dragged, not tapped', () => {
  const { screen, say } = spied();
  say('p110,120 m200,120 r110,120');
  expect(screen.told).not.toContain('tap slider');
});

test('sliding onto something that can be dragged, or off a button, drags nothing', () => {
  const { screen, say } = spied();
  say('p120,220 m150,130 r150,130 m150,131 r150,131');
  expect(screen.told).toEqual([]);
});

test('taps are as they were: slid off is taken back, slid on again is given back', () => {
  const { screen, say } = spied();
  say('p120,220 m600,400');
  expect(screen.lit).toBeUndefined();
  say('m121,221 r121,221');
  expect(screen.told).toEqual(['tap button']);
});

test('another screen, or another finger, ends a drag in vain where it was last', () => {
  const { screen, navigator, say } = spied();
  say('p110,120 m150,121');
  navigator.open('cells');
  say('m300,120 r300,120');
  expect(screen.told).toEqual(['start slider 110,120', 'move slider 150,121', 'cancel slider 150,121']);
  const second = spied();
  second.say('p110,120 p120,220 r120,220');
  expect(second.screen.told).toEqual(['start slider 110,120', 'cancel slider 110,120', 'tap button']);
});

test('a key is the screen’s before it is the navigator’s', () => {
  const { screen, navigator } = spied();
  const right: KeyEvent = { key: 'Right', action: 'down', command: false };
  screen.used = true;
  navigator.key(right);
  expect([screen.told, navigator.screenName]).toEqual([['key Right'], 'main']);
  screen.used = false;
  navigator.key(right);
  expect(navigator.screenName).not.toBe('main');
});

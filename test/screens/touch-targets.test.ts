import { contains, intersects, union } from '../../src/render/rect';
import { Navigator } from '../../src/screens/navigator';
import { fingerSide } from '../../src/screens/finger';
import { screenNames, type Screen, type ScreenName } from '../../src/screens/screen';
import { Scene } from '../../src/render/scene';
import { Surface } from '../../src/render/surface';
import { metrics } from '../../src/render/theme';
import { mainScreen, screens, surroundings, tell, tellAlarm } from './stories';

const details = ['soc-log', 'cells', 'power-log', 'alarms'] as const;

const charging = { modules: 16, current: 124, voltage: 49.4 };
const overcharged = { ...charging, weakest: 4.25 };
const sizes = [
  [480, 320],
  [800, 480],
  [1024, 600],
  [1280, 720],
  [1920, 1080],
  [1280, 400],
  [480, 800],
  [720, 1280],
  [600, 1024],
] as const;

/** Panels that are finer than one of 7 inches, with their dots per inch: 3.5, 4.3 and 5 inches. */
const fine = [
  [480, 320, 165],
  [800, 480, 217],
  [720, 1280, 294],
] as const;

const everywhere = screenNames.flatMap((screen) =>
  sizes.flatMap(([width, height]) => [false, true].map((alarm) => [screen, width, height, alarm] as const)),
);

test.each(everywhere)(
  'every target is large enough for a finger, on the screen, and shares no pixel with another: %s, %ix%i, alarm %s',
  (screen, width, height, alarm) => {
    const shown = screens(alarm ? tellAlarm(overcharged) : tell(charging), screen, [width, height]);
    shown.update(surroundings(200));
    const { targets } = shown;
    if (screen !== 'settings') expect(targets.some(({ name }) => name === 'alarm')).toBe(alarm);
    const areas = targets.flatMap((target) => target.areas.map((area) => ({ name: target.name, area })));
    for (const target of targets) {
      const whole = target.areas.reduce(union);
      expect([target.name, whole.width >= metrics.touchTarget, whole.height >= metrics.touchTarget]).toEqual([
        target.name,
        true,
        true,
      ]);
    }
    for (const { name, area } of areas) {
      expect([
        name,
        area.x >= 0,
        area.y >= 0,
        area.x + area.width <= width,
        area.y + area.height <= height,
      ]).toEqual([name, true, true, true, true]);
      for (const other of areas) {
        if (other.area !== area)
          expect([name, other.name, intersects(area, other.area)]).toEqual([name, other.name, false]);
      }
    }
  },
);

test.each(
  screenNames.flatMap((screen) =>
    fine.flatMap((panel) => [false, true].map((alarm) => [screen, ...panel, alarm] as const)),
  ),
)(
  'targets grow with the dots per inch of a fine panel: %s, %ix%i at %i, alarm %s',
  (screen, width, height, density, alarm) => {
    const finger = fingerSide(width, height, density);
    expect(finger).toBeGreaterThan(metrics.touchTarget);
    const shown = screens(alarm ? tellAlarm(overcharged) : tell(charging), screen, [width, height], finger);
    shown.update(surroundings(200));
    const areas = shown.targets.flatMap(({ name, areas: own }) => own.map((area) => ({ name, area })));
    for (const { name, areas: own } of shown.targets) {
      const whole = own.reduce(union);
      expect([name, whole.width >= finger, whole.height >= finger]).toEqual([name, true, true]);
    }
    for (const { name, area } of areas) {
      const inside =
        area.x >= 0 && area.y >= 0 && area.x + area.width <= width && area.y + area.height <= height;
      expect([name, inside]).toEqual([name, true]);
      for (const other of areas)
        if (other.area !== area)
          expect([name, other.name, intersects(area, other.area)]).toEqual([name, other.name, false]);
    }
  },
);

test('the smallest target is 9 mm, 48 pixels at the least, and five of them fit', () => {
  const side = (width: number, height: number, density?: number): number =>
    fingerSide(width, height, density);
  expect(side(800, 480)).toBe(48);
  expect(side(1024, 600, 100)).toBe(48);
  expect(side(800, 480, 186)).toBe(68);
  expect(side(720, 1280, 294)).toBe(107);
  expect(side(480, 320, 250)).toBe(64);
});

test.each(everywhere.filter(([screen]) => details.some((detail) => detail === screen)))(
  'no dead zones: every pixel of a detail screen belongs to a target: %s, %ix%i, alarm %s',
  (screen, width, height, alarm) => {
    const shown = screens(alarm ? tellAlarm(overcharged) : tell(charging), screen, [width, height]);
    shown.update(surroundings(200));
    const covered = shown.targets
      .flatMap(({ areas }) => areas)
      .reduce((sum, area) => sum + area.width * area.height, 0);
    // They share no pixel, so that their sum tells.
    expect(covered).toBe(width * height);
  },
);

test('S0.30 to S0.34: gear, state of charge, cell levels, power log and 1X are where one expects them', () => {
  const { targets } = mainScreen(tell(charging));
  const at = (x: number, y: number): string | undefined =>
    targets.find(({ areas }) => areas.some((area) => contains(area, x, y)))?.name;
  expect(at(770, 28)).toBe('settings');
  expect(at(567, 368)).toBe('soc-log');
  expect(at(170, 380)).toBe('cells');
  expect(at(120, 110)).toBe('power-log');
  expect(at(290, 60)).toBe('zoom');
  expect(at(567, 200)).toBeUndefined();
});

/** Leads back wherever it is touched. */
function blankScreen(name: ScreenName): Screen {
  const whole = { x: 0, y: 0, width: 800, height: 480 };
  const targets = [{ name: 'back', areas: [whole], highlight: whole }];
  const tap = () => ({ kind: 'open', screen: 'main' }) as const;
  const scene = new Scene(800, 480, () => undefined);
  return { name, scene, targets, tap, update: () => undefined, press: () => undefined };
}

function navigator(): { navigator: Navigator; tap: (x: number, y: number) => void } {
  const main = mainScreen(tell(charging));
  const made = new Navigator((name) => (name === 'main' ? main : blankScreen(name)));
  return {
    navigator: made,
    tap: (x, y) => {
      made.pointer({ type: 'press', x, y });
      made.pointer({ type: 'release', x, y });
    },
  };
}

test.each([
  ['settings', 770, 28],
  ['soc-log', 567, 368],
  ['cells', 170, 380],
  ['power-log', 120, 110],
])('a tap leads to %s, and a tap there leads back', (name, x, y) => {
  const { navigator: nav, tap } = navigator();
  tap(x, y);
  expect(nav.screenName).toBe(name);
  tap(400, 240);
  expect(nav.screenName).toBe('main');
});

test('S0.34: 1X becomes 2X, 4X, 8X and 1X again', () => {
  const { navigator: nav, tap } = navigator();
  const pictures = [0, 1, 2, 3, 4].map((presses) => {
    if (presses > 0) tap(290, 60);
    nav.update(surroundings(200 + presses * 300));
    expect(nav.screenName).toBe('main');
    const surface = new Surface(800, 480);
    surface.show(nav.scene);
    surface.repaint();
    return surface.canvas.toBuffer('raw').toString('base64');
  });
  // Four scales, each with a picture of its own, and then the first again.
  expect(new Set(pictures.slice(0, 4)).size).toBe(4);
  expect(pictures[4]).toBe(pictures[0]);
});

test('a finger that slides off a target does nothing there', () => {
  const { navigator: nav } = navigator();
  nav.pointer({ type: 'press', x: 770, y: 28 });
  nav.pointer({ type: 'move', x: 600, y: 200 });
  nav.pointer({ type: 'release', x: 600, y: 200 });
  expect(nav.screenName).toBe('main');
  nav.pointer({ type: 'press', x: 770, y: 28 });
  nav.pointer({ type: 'move', x: 600, y: 200 });
  nav.pointer({ type: 'move', x: 775, y: 30 });
  nav.pointer({ type: 'release', x: 775, y: 30 });
  expect(nav.screenName).toBe('settings');
});

test('a release or a move without a press does nothing', () => {
  const { navigator: nav } = navigator();
  nav.pointer({ type: 'move', x: 770, y: 28 });
  nav.pointer({ type: 'release', x: 770, y: 28 });
  expect(nav.screenName).toBe('main');
});

test('a tap on an alarm acknowledges it, and what lay beneath it is there again', () => {
  const monitored = tellAlarm(overcharged);
  const screen = mainScreen(monitored);
  const nav = new Navigator(() => screen);
  nav.update(surroundings(200));
  for (const type of ['press', 'release'] as const) nav.pointer({ type, x: 170, y: 440 });
  expect([monitored.alarms.alarming, nav.screenName]).toEqual([false, 'main']);
  nav.update(surroundings(201));
  expect(screen.targets.map(({ name }) => name)).not.toContain('alarm');
});

test('a finger that was down when an alarm came does nothing to it', () => {
  const monitored = tell(overcharged);
  const screen = mainScreen(monitored);
  const nav = new Navigator(() => screen);
  nav.update(surroundings(200));
  nav.pointer({ type: 'press', x: 170, y: 440 });
  monitored.alarms.look(monitored.battery, surroundings(300).now);
  nav.update(surroundings(500));
  nav.pointer({ type: 'release', x: 170, y: 440 });
  expect([monitored.alarms.alarming, nav.screenName]).toEqual([true, 'main']);
});

import type { LoadResult } from '../../../src/model/load-switch';
import type { Site } from '../../../src/model/site';
import { Surface } from '../../../src/render/surface';
import { intersects } from '../../../src/render/rect';
import { TextStyles } from '../../../src/render/text';
import { dayPalette } from '../../../src/render/theme';
import type { LiveDevice } from '../../../src/screens/config/devices/devices-desk';
import { batteryFacts } from '../../../src/screens/device/battery-facts';
import { chargerPage } from '../../../src/screens/device/charger-page';
import { DeviceScreen } from '../../../src/screens/device/device-screen';
import { meterPage } from '../../../src/screens/device/meter-page';
import { wattAngle, wattScale, zeroAngle } from '../../../src/screens/device/single-dial';
import { MainScreen } from '../../../src/screens/main/main-screen';
import type { Screen } from '../../../src/screens/screen';
import { expectGolden } from '../../golden-picture';
import { siteScreens } from '../site-stories';
import { heardAt, placeOf, root, touch } from '../stories';
import { aboard, boat, boatSite, type Told } from './device-stories';

const sizes = {
  '': [800, 480],
  '-480x320': [480, 320],
  '-1024x600': [1024, 600],
  '-480x800': [480, 800],
  '-1280x400': [1280, 400],
} as const;
type Size = keyof typeof sizes;

const styles = new TextStyles();

function screenOf(site: Site, name: string, size: Size = '', live?: () => LiveDevice): Screen {
  const [width, height] = sizes[size];
  const options = { width, height, root, palette: dayPalette, styles, powerScale: 1, animate: false };
  const found = site.find(name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  if ('battery' in found) return new MainScreen(found, { ...options, own: true });
  return new DeviceScreen(found, options, found.kind === 'meter' ? meterPage : chargerPage, live);
}

function pictureOf(screen: Screen, site: Site, age = 200): Surface {
  screen.update(aboard(site, age));
  const surface = new Surface(screen.scene.width, screen.scene.height);
  surface.show(screen.scene);
  surface.repaint();
  return surface;
}

const live =
  (change: Partial<LiveDevice> = {}) =>
  (): LiveDevice => ({
    freshness: 'fresh',
    age: 0,
    signal: undefined,
    text: '',
    load: { on: true, switch: () => Promise.resolve('done') },
    ...change,
  });

describe('looks as it was agreed:', () => {
  test.each([
    ['battery', 'House', '', 200],
    ['battery-480x320', 'House', '-480x320', 200],
    ['battery-1024x600', 'House', '-1024x600', 200],
    ['battery-480x800', 'House', '-480x800', 200],
    ['battery-1280x400', 'House', '-1280x400', 200],
    ['battery-late', 'House', '', 5000],
    ['battery-lost', 'House', '', 65_000],
    ['bank', 'Bank', '', 200],
    ['charger', 'Roof', '', 200],
    ['charger-480x320', 'Roof', '-480x320', 200],
    ['charger-1024x600', 'Roof', '-1024x600', 200],
    ['charger-1280x400', 'Roof', '-1280x400', 200],
    ['charger-late', 'Roof', '', 5000],
    ['charger-lost', 'Roof', '', 65_000],
    ['meter', 'Inverter', '', 200],
    ['meter-480x320', 'Inverter', '-480x320', 200],
    ['meter-1024x600', 'Inverter', '-1024x600', 200],
    ['meter-late', 'Inverter', '', 5000],
    ['meter-without-role', 'Shunt', '', 200],
  ] as const)('%s', (picture, name, size, age) => {
    const site = boatSite();
    site.find('Bow')?.alarms.acknowledge();
    site.find('Bank')?.alarms.acknowledge();
    const screen = screenOf(site, name, size, name === 'Roof' && age === 200 ? live() : undefined);
    expectGolden(pictureOf(screen, site, age).canvas, `device-${picture}`);
  });

  test.each([
    ['battery-alarm', 'Bow', ''],
    ['battery-alarm-480x320', 'Bow', '-480x320'],
  ] as const)('%s: a protection that has stepped in, and is not acknowledged', (picture, name, size) => {
    const site = boatSite();
    expectGolden(pictureOf(screenOf(site, name, size), site).canvas, `device-${picture}`);
  });

  test.each([
    ['battery-never', 'House', {}],
    ['charger-never', 'Roof', {}],
    ['charger-volts', 'Roof', { Roof: { values: { batteryVoltage: 13.4 } } }],
    [
      'meter-absurd',
      'Inverter',
      { Inverter: { values: { voltage: -32768, current: -32768, power: -32768 } } },
    ],
  ] satisfies (readonly [string, string, Told])[])('%s', (picture, name, told) => {
    const site = boatSite(told);
    expectGolden(pictureOf(screenOf(site, name), site).canvas, `device-${picture}`);
  });

  test('charger-question', () => {
    const site = boatSite();
    const screen = screenOf(site, 'Roof', '', live());
    pictureOf(screen, site);
    screen.tap('load');
    expectGolden(pictureOf(screen, site).canvas, 'device-charger-question');
  });
});

test.each(Object.keys(sizes) as Size[])(
  'every target is large enough for a finger, on the screen, and shares no pixel with another: %s',
  (size) => {
    const [width, height] = sizes[size];
    for (const name of ['House', 'Bow', 'Bank', 'Roof', 'Inverter']) {
      const site = boatSite();
      const screen = screenOf(site, name, size, live());
      screen.update(aboard(site));
      const areas = screen.targets.flatMap((target) =>
        target.areas.map((area) => [target.name, area] as const),
      );
      expect(areas.map(([target]) => target)).toContain('back');
      for (const [target, area] of areas) {
        expect([name, target, Math.min(area.width, area.height) >= 48]).toEqual([name, target, true]);
        expect([name, target, area.x + area.width <= width, area.y + area.height <= height]).toEqual([
          name,
          target,
          true,
          true,
        ]);
        for (const [other, rect] of areas)
          if (rect !== area) expect([target, other, intersects(rect, area)]).toEqual([target, other, false]);
      }
    }
  },
);

describe('on the main screen', () => {
  const tapped = (site: Site) => {
    const navigator = siteScreens(site, 'main');
    let age = 200;
    const tap = (name: string): string => {
      const { x, y } = placeOf(navigator.targets, name);
      touch(navigator, [x, y]);
      navigator.update(aboard(site, (age += 1000)));
      return navigator.screenName;
    };
    navigator.update(aboard(site));
    return { navigator, tap };
  };
  const quiet = (): Site => {
    const site = boatSite({ ...boat, Bow: {} });
    for (const { alarms } of site.watched()) alarms.acknowledge();
    return site;
  };

  test('a second tap on a battery opens its own screen, and X leads back', () => {
    const site = quiet();
    const { tap } = tapped(site);
    expect(tap('device House')).toBe('main');
    expect(site.shown.battery.name).toBe('House');
    expect(tap('device House')).toBe('device');
    expect(tap('back')).toBe('main');
  });

  test('the bank is on the dial already, and chargers and meters have none: one tap opens their screens', () => {
    const site = quiet();
    const { navigator, tap } = tapped(site);
    expect(tap('device Bank')).toBe('device');
    expect(tap('cells')).toBe('cells');
    navigator.key({ key: 'Escape', action: 'down', command: false });
    navigator.update(aboard(site, 20_000));
    expect(tap('device Roof')).toBe('device');
    navigator.key({ key: 'Escape', action: 'down', command: false });
    expect(navigator.screenName).toBe('main');
  });

  test('the second tap is meant although an alarm holds another battery on the dial', () => {
    const site = boatSite();
    const { tap } = tapped(site);
    expect(site.shown.battery.name).toBe('Bow');
    expect([tap('device Bank'), tap('device Bank')]).toEqual(['main', 'device']);
  });

  test('arrows lead from a device to the screens beside the main one', () => {
    const { navigator, tap } = tapped(quiet());
    tap('device Bank');
    navigator.key({ key: 'Right', action: 'down', command: false });
    expect(navigator.screenName).toBe('soc-log');
  });
});

describe('the load output', () => {
  const asked: boolean[] = [];
  const charger = (result: LoadResult) => {
    const site = boatSite();
    const screen = screenOf(
      site,
      'Roof',
      '',
      live({
        load: {
          on: true,
          switch: (on) => {
            asked.push(on);
            return Promise.resolve(result);
          },
        },
      }),
    );
    screen.update(aboard(site));
    return screen;
  };
  beforeEach(() => asked.splice(0));

  test('is switched after a question only', async () => {
    const screen = charger('done');
    screen.tap('load');
    expect(screen.targets.map(({ name }) => name)).toEqual(['no', 'yes']);
    screen.tap('no');
    expect(screen.targets.map(({ name }) => name)).toContain('load');
    screen.tap('load');
    expect(asked).toEqual([]);
    screen.tap('yes');
    await Promise.resolve();
    expect(asked).toEqual([false]);
  });

  test('is asked about with keys, too', () => {
    const screen = charger('done');
    const press = (key: string) => screen.key?.({ key, action: 'down', command: false });
    expect(press('Escape')).toBe(false);
    screen.tap('load');
    expect([press('Left'), press('Escape')]).toEqual([true, true]);
    expect(asked).toEqual([]);
    screen.tap('load');
    press('Enter');
    expect(asked).toEqual([false]);
  });

  test('has no button where it cannot be switched', () => {
    const site = boatSite();
    const screen = screenOf(site, 'Roof');
    screen.update(aboard(site));
    expect(screen.targets.map(({ name }) => name)).not.toContain('load');
  });
});

test('the alarm of a device can be acknowledged on its own screen', () => {
  const site = boatSite({ ...boat, Roof: { values: { pvPower: 3, alarmBits: 8 } } });
  const screen = screenOf(site, 'Roof');
  screen.update(aboard(site));
  expect(site.find('Roof')?.alarms.alarming).toBe(true);
  screen.tap('alarm');
  expect(site.find('Roof')?.alarms.alarming).toBe(false);
});

describe('the facts of a battery', () => {
  const now = heardAt + 200;
  const lines = (name: string, told: Told = boat, units: 'celsius' | 'fahrenheit' = 'celsius') => {
    const found = boatSite(told).find(name);
    if (found === undefined || !('battery' in found)) throw new Error(`no battery ${name}`);
    return Object.fromEntries(
      batteryFacts(found.battery, now, units).map(({ label, text, tone }) => [label, [text, tone]]),
    );
  };

  test('are what it tells, in words and units', () => {
    expect(lines('House')).toEqual({
      Remaining: ['156.0 of 200.0 Ah', 'fresh'],
      'Cycles · health': ['42 · 98.5 %', 'fresh'],
      Today: ['1.37 in · 1.18 out kWh', 'fresh'],
      Temperatures: ['22 · 22 · 23 °C', 'fresh'],
      Protection: ['none', 'fresh'],
      Balancing: ['cells 2, 4', 'fresh'],
    });
    expect(lines('House', boat, 'fahrenheit')['Temperatures']).toEqual(['72 · 71 · 74 °F', 'fresh']);
    expect(lines('Bow')).toMatchObject({
      'Cycles · health': ['—', 'lost'],
      Protection: ['Cell too low, Too cold', 'alarm'],
      Warnings: ['Charge low', 'warning'],
      Balancing: ['none', 'fresh'],
    });
  });

  test('are unknown where it tells nothing', () => {
    const nothing = lines('House', {});
    for (const label of ['Remaining', 'Temperatures', 'Protection', 'Balancing'])
      expect(nothing[label]).toEqual(['—', 'lost']);
    expect(nothing).not.toHaveProperty('Warnings');
  });

  test('of a bank are those of its batteries', () => {
    expect(lines('Bank')).toMatchObject({
      Remaining: ['230.0 of 300.0 Ah', 'fresh'],
      Batteries: ['2 of 2 received', 'fresh'],
      Temperatures: ['−2 … 23 °C', 'fresh'],
      House: ['78.0 % · +16.90 A', 'fresh'],
      Bow: ['74.0 % · +7.20 A', 'fresh'],
    });
    expect(lines('Bank', { House: boat['House'] ?? {} })).toMatchObject({
      Batteries: ['1 of 2 received', 'warning'],
      Bow: ['—', 'lost'],
    });
  });
});

test('the dial begins at its left end, or has its zero at the top; beyond its scale it stays at the end', () => {
  expect(wattAngle('one-way', 500, 0)).toBe(zeroAngle('one-way'));
  expect(wattAngle('one-way', 500, -100)).toBe(zeroAngle('one-way'));
  expect(wattAngle('both-ways', 500, 0)).toBe(zeroAngle('both-ways'));
  expect(wattAngle('both-ways', 500, -500)).toBe(wattAngle('both-ways', 500, -32_768));
  expect(wattAngle('both-ways', 500, 250)).toBeGreaterThan(zeroAngle('both-ways'));
  expect([0, 100, 101, -32_768, 1e9].map(wattScale)).toEqual([100, 100, 200, 50_000, 500_000]);
});

test('repainting only what was damaged gives the picture that repainting everything gives', () => {
  for (const name of ['Roof', 'Inverter', 'House']) {
    const site = boatSite();
    const screen = screenOf(site, name, '-480x320', live());
    const [parts, whole] = [new Surface(480, 320), new Surface(480, 320)];
    let scene: unknown;
    for (let step = 0; step < 25; step++) {
      const age = 500 * step;
      const watts = 700 * Math.sin(step * 1.3);
      const values = { ...boat[name]?.values, power: watts, pvPower: Math.abs(watts), current: watts / 13 };
      // Now and then nothing is heard for a while.
      if (step < 10 || step > 18)
        site.apply({ ...boat[name], device: name, at: heardAt + age, group: 'all', period: 300, values });
      screen.press(screen.targets[step % screen.targets.length]);
      screen.update(aboard(site, age));
      if (scene !== screen.scene) parts.show(screen.scene);
      scene = screen.scene;
      parts.repaint();
      whole.show(screen.scene);
      whole.repaint();
      const same = parts.canvas.toBuffer('raw').equals(whole.canvas.toBuffer('raw'));
      expect([name, step, same]).toEqual([name, step, true]);
    }
  }
});

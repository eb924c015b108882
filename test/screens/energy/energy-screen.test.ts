import type { Bucket } from '../../../src/model/history/bucket';
import type { Site } from '../../../src/model/site';
import { intersects } from '../../../src/render/rect';
import { Surface } from '../../../src/render/surface';
import { TextStyles } from '../../../src/render/text';
import { dayPalette } from '../../../src/render/theme';
import { EnergyScreen } from '../../../src/screens/energy/energy-screen';
import { expectGolden, pictureOf as textsOf } from '../../golden-picture';
import { aboard, boatSite } from '../device/device-stories';
import { siteOf, siteScreens } from '../site-stories';
import { pictureOf, placeOf, surroundings, touch } from '../stories';

const sizes = {
  '': [800, 480],
  '-480x320': [480, 320],
  '-1024x600': [1024, 600],
  '-480x800': [480, 800],
} as const;
type Size = keyof typeof sizes;

const window = 7_200_000;
const styles = new TextStyles();

/** Three years of a power that swings with the day and the season, W, with a fortnight of which nothing is known. */
function threeYears(from: number, to: number): Bucket[] {
  const buckets: Bucket[] = [];
  const begin = Math.max(from, Date.UTC(2023, 6, 1));
  for (let start = Math.ceil(begin / window) * window; start < to; start += window) {
    const day = start / 86_400_000;
    if (start > Date.UTC(2025, 7, 1) && start < Date.UTC(2025, 7, 15)) continue;
    const season = 1 + 0.7 * Math.sin(((day - 80) / 365) * 2 * Math.PI);
    const mean = 160 * season * (1 + 0.4 * Math.sin(day * 2.1)) * Math.sin(day * 2 * Math.PI) + 20;
    buckets.push({ start, span: window, count: 7200, mean, min: mean, max: mean, last: mean });
  }
  return buckets;
}

async function screenOf(name: string, size: Size = '', past = threeYears): Promise<[EnergyScreen, Site]> {
  const site = boatSite();
  for (const { alarms } of site.watched()) alarms.acknowledge();
  const found = site.find(name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  const device = 'battery' in found ? found.battery : found.device;
  const asked: string[] = [];
  device.remember((quantity, from, to) => {
    asked.push(quantity);
    return Promise.resolve(past(from, to));
  });
  const [width, height] = sizes[size];
  const screen = new EnergyScreen(device, site.shown, { width, height, palette: dayPalette, styles });
  screen.update(aboard(site));
  await answered();
  screen.update(aboard(site, 1000));
  expect(asked).toEqual(Array.from({ length: 10 }, () => (name === 'Roof' ? 'chargePower' : 'power')));
  return [screen, site];
}

/** All that the history was asked for is there. */
const answered = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let age = 1000;
function picture(screen: EnergyScreen, site: Site): Surface {
  screen.update(aboard(site, (age += 1000)));
  const surface = new Surface(screen.scene.width, screen.scene.height);
  surface.show(screen.scene);
  surface.repaint();
  return surface;
}
beforeEach(() => (age = 1000));

const texts = (screen: EnergyScreen, site: Site): string =>
  textsOf(picture(screen, site).canvas)
    .texts.map(({ text }) => text)
    .join(' ');

describe('looks as it was agreed:', () => {
  test.each([
    ['day', 'Bank', 'day', ''],
    ['week', 'Bank', 'week', ''],
    ['month', 'Bank', 'month', ''],
    ['year', 'Bank', 'year', ''],
    ['month-480x320', 'Bank', 'month', '-480x320'],
    ['month-1024x600', 'Bank', 'month', '-1024x600'],
    ['month-480x800', 'Bank', 'month', '-480x800'],
    ['charger', 'Roof', 'month', ''],
  ] as const)('%s', async (name, device, length, size) => {
    const [screen, site] = await screenOf(device, size);
    screen.tap(length);
    expectGolden(picture(screen, site).canvas, `energy-${name}`);
  });

  test('read', async () => {
    const [screen, site] = await screenOf('Bank');
    screen.tap('month');
    picture(screen, site);
    const { x, y } = placeOf(screen.targets, 'bars');
    screen.drag('bars', 'start', x + 100);
    expect(y).toBeGreaterThan(0);
    expectGolden(picture(screen, site).canvas, 'energy-read');
  });

  test('none', async () => {
    const site = boatSite();
    const device = site.add('New', 'meter');
    expect(device).toBeUndefined();
    const found = site.find('New');
    if (found === undefined || 'battery' in found) throw new Error('there is no meter');
    const [width, height] = sizes[''];
    const screen = new EnergyScreen(found.device, site.shown, { width, height, palette: dayPalette, styles });
    screen.update(aboard(site));
    await answered();
    expectGolden(picture(screen, site).canvas, 'energy-none');
  });
});

test('two months are its own sums, and what is older comes from the history', async () => {
  const [own, site] = await screenOf('Bank', '', () => []);
  const ownText = texts(own, site);
  expect(ownText).toContain('31 days');
  const [both, other] = await screenOf('Bank');
  // The history knows of three days in which packdial had added up nothing.
  expect(texts(both, other)).not.toBe(ownText);
  both.tap('year');
  expect(texts(both, other)).toContain('2 0 2 6');
});

test('a finger reads one bar, and another choice lets go of it', async () => {
  const [screen, site] = await screenOf('Bank');
  screen.tap('month');
  screen.drag('bars', 'start', 5000);
  expect(texts(screen, site)).toContain('Jun 2026');
  screen.drag('bars', 'move', -5000);
  expect(texts(screen, site)).toContain('Jul 2025');
  screen.tap('year');
  expect(texts(screen, site)).toContain('10 years');
});

test('a machine that cannot know the day shows none', async () => {
  const [screen, site] = await screenOf('Bank');
  screen.update({ ...aboard(site, 5000), wall: new Date(1970, 0, 1) });
  age = 5000;
  const surface = new Surface(800, 480);
  surface.show(screen.scene);
  surface.repaint();
  const written = textsOf(surface.canvas).texts.map(({ text }) => text);
  expect(written).toContain('The display does not know the day yet');
  screen.drag('bars', 'start', 400);
  screen.update({ ...aboard(site, 6000), wall: new Date(1970, 0, 1) });
});

test.each(Object.keys(sizes) as Size[])(
  'every pixel belongs to one target, each of them large enough for a finger: %s',
  async (size) => {
    const [screen] = await screenOf('Bank', size);
    const [width, height] = sizes[size];
    const areas = screen.targets.flatMap((target) =>
      target.areas.map((area) => [target.name, area] as const),
    );
    for (const [name, area] of areas) {
      if (name !== 'back') expect([name, Math.min(area.width, area.height) >= 48]).toEqual([name, true]);
      for (const [other, rect] of areas)
        if (rect !== area) expect([name, other, intersects(rect, area)]).toEqual([name, other, false]);
    }
    const covered = areas.reduce((sum, [, area]) => sum + area.width * area.height, 0);
    expect(covered).toBe(width * height);
  },
);

test('sun and loads on the main screen lead there, and so do the screens of the devices', () => {
  const site = boatSite();
  for (const { alarms } of site.watched()) alarms.acknowledge();
  const navigator = siteScreens(site, 'main');
  let now = 200;
  const tap = (name: string): string => {
    navigator.update(aboard(site, (now += 1000)));
    const { x, y } = placeOf(navigator.targets, name);
    touch(navigator, [x, y]);
    navigator.update(aboard(site, (now += 300)));
    return navigator.screenName;
  };
  expect([tap('energy'), tap('back')]).toEqual(['energy', 'main']);
  expect([tap('device Bank'), tap('energy'), tap('back')]).toEqual(['device', 'energy', 'main']);
  for (let i = 0; i < 3; i++) touch(navigator, [100, 440], [100, 200]);
  navigator.update(aboard(site, (now += 1000)));
  expect([tap('device Roof'), tap('energy')]).toEqual(['device', 'energy']);
  navigator.key({ key: 'Left', action: 'down', command: false });
  expect(navigator.screenName).toBe('settings');
});

test('nobody asks further when the screen is left', async () => {
  const site = boatSite();
  const device = site.main.battery;
  let asked = 0;
  device.remember(() => Promise.resolve(threeYears(asked++, 0)));
  const [width, height] = sizes[''];
  const screen = new EnergyScreen(device, site.shown, { width, height, palette: dayPalette, styles });
  screen.update(aboard(site));
  screen.left();
  await answered();
  expect(asked).toBe(1);
});

test('one battery alone has its energies behind those of its power log, without its name in front', async () => {
  const site = siteOf({ devices: 1 });
  site.main.battery.remember((_, from, to) => Promise.resolve(threeYears(from, to)));
  const navigator = siteScreens(site, 'power-log');
  navigator.update(surroundings(200));
  const { x, y } = placeOf(navigator.targets, 'energy');
  touch(navigator, [x, y]);
  navigator.update(surroundings(300));
  await answered();
  expect(navigator.screenName).toBe('energy');
  const { texts } = textsOf(pictureOf(navigator, surroundings(1300)).canvas);
  expect(texts.filter(({ text }) => text.includes(site.main.battery.name))).toEqual([]);
  expect(texts.map(({ text }) => text)).toContain('ENERGY');
});

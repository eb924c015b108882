import { ProbeBars } from '../../../src/screens/cells/probe-bars';
import type { ShownBars } from '../../../src/screens/cells/shown-bars';
import { expectGolden } from '../../golden-picture';
import { siteOf, siteScreens, siteSurroundings, type SiteStory } from '../site-stories';
import { pictureOf, placeOf, tell, touch } from '../stories';

const height = 300;
const boat = {
  devices: 3,
  probes: { House: [22.4, 21.9, 24.1], Bow: [18.2, 17.6], Stern: [undefined, 27.3, 26.8, 26.9] },
} as const;

function shown(
  story: SiteStory,
  more: { readonly age?: number; readonly selected?: number } = {},
): ShownBars {
  const site = siteOf(story);
  return new ProbeBars(() => site.shown.battery).show(
    siteSurroundings(site, more.age ?? 200),
    height,
    more.selected,
  );
}

test('the temperatures of a bank stand side by side on one scale, battery by battery', () => {
  const { plot, top, bottom, reading } = shown(boat);
  expect([bottom, top]).toEqual(['0 °C', '30 °C']);
  expect(plot.starts).toEqual([0, 3, 5]);
  expect(plot.names).toEqual(['House', 'Bow', 'Stern']);
  expect(plot.heights).toEqual([224, 219, 241, 182, 176, undefined, 273, 268, 269]);
  expect(reading.text).toBe('9 temperatures');
});

test('the hottest and the coldest probe are named with their battery, and each can be read', () => {
  const { facts, plot } = shown(boat);
  expect(facts.map(({ text, unit, name }) => `${text} ${unit} ${name}`)).toEqual([
    '27 °C highest · Stern · probe 2',
    '18 °C lowest · Bow · probe 2',
    '23 °C average',
    '10 °C spread',
  ]);
  expect([plot.highestText, plot.lowestText]).toEqual(['2', '2']);
  expect(shown(boat, { selected: 2 }).reading.text).toBe('House · probe 3 · 24.1 °C');
  expect(shown(boat, { selected: 5 }).reading.text).toBe('Stern · probe 1 · tells nothing');
});

test('bars of a frosty bank reach down from zero', () => {
  const { plot, top, bottom } = shown({ ...boat, probes: { House: [-8.4, -7], Bow: [3, 2], Stern: [0] } });
  expect([bottom, top]).toEqual(['−20 °C', '10 °C']);
  expect(plot.base).toBe(200);
  expect(plot.heights).toEqual([-84, -70, 30, 20, 0]);
});

test('a battery that tells two temperatures only has its coldest and its hottest', () => {
  const battery = tell({ modules: 16, current: 124, voltage: 49.4, temperature: 27 }).battery;
  const bars = new ProbeBars(() => battery);
  const { facts, plot } = bars.show(siteSurroundings(siteOf({ devices: 2 })), height, undefined);
  expect(plot.heights).toHaveLength(2);
  expect(plot.names).toEqual([]);
  expect(facts[0]).toMatchObject({ text: '27', name: 'highest' });
});

test('what is late is marked, and what is lost has no bar', () => {
  expect(shown(boat, { age: 5000 }).plot.late).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    true,
    true,
    true,
  ]);
  const lost = shown(boat, { age: 120_000 });
  expect(lost).toMatchObject({ empty: true, reading: { text: 'No temperature is known' } });
  expect(lost.facts.map(({ text, freshness }) => text + freshness)).toEqual(Array(4).fill('—lost'));
});

test('degrees are the owner’s', () => {
  const site = siteOf(boat);
  const around = siteSurroundings(site, 200, { preferences: { powerScale: 1, units: 'fahrenheit' } });
  const { facts, top } = new ProbeBars(() => site.shown.battery).show(around, height, undefined);
  expect(top).toBe('90 °F');
  expect(facts[0]).toMatchObject({ text: '81', unit: '°F' });
});

test.each([
  ['', boat, [800, 480]],
  ['-480x320', boat, [480, 320]],
  ['-480x800', boat, [480, 800]],
  ['-frost', { ...boat, probes: { House: [-8.4, -7], Bow: [3, 2], Stern: [0.4] } }, [800, 480]],
  ['-without-probes', { devices: 2 }, [800, 480]],
] as const)('the temperatures of a bank look as they were agreed%s', (suffix, story, size) => {
  const site = siteOf(story);
  const navigator = siteScreens(site, 'cells', size);
  navigator.update(siteSurroundings(site));
  const { x, y } = placeOf(navigator.targets, 'temperature');
  touch(navigator, [x, y]);
  expectGolden(pictureOf(navigator, siteSurroundings(site, 1000)).canvas, `cells-bank-temperature${suffix}`);
});

import { evtvReading } from '../../../src/devices/evtv/readings';
import type { LiveStatus } from '../../../src/io/web/web-parts';
import type { DeviceView, Preferences } from '../../../src/screens/screen';
import { usualAlarmLimits } from '../../../src/model/alarm-limits';
import { Site } from '../../../src/model/site';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import type { RawSettings } from '../../../src/settings/settings';
import { liveStatus, type LiveNeeds } from '../../../src/features/remote/web-live-status';
import { heardAt, surroundings } from '../../screens/stories';

/** The live values of a display whose owner may change what is shown how. */
function display(values: RawSettings = {}) {
  const site = new Site();
  site
    .battery('battery')
    .battery.apply(evtvReading({ message: '0x150', packCurrent: 42, packVoltage: 49.4 }, heardAt));
  const shown: { preferences?: Preferences; devices?: readonly DeviceView[] } = {};
  const needs: LiveNeeds = {
    settings: resolveSettings([{ values, describe: (name) => name }]),
    site,
    clock: { monotonic: () => heardAt + 100, wall: () => new Date(2026, 5, 12) },
    devices: () => [{ name: 'battery', kind: 'battery', type: 'jbd-serial' }],
    surroundings: () => surroundings(100, shown),
  };
  return { shown, needs, site, live: (name?: string): LiveStatus | undefined => liveStatus(needs, name) };
}

test('units that are changed while packdial runs hold on the page at once, as on the display', () => {
  const { shown, live } = display({ units: 'celsius' });
  const units = () => live()?.display.units;
  expect(units()).toBe('celsius');
  shown.preferences = { units: 'fahrenheit', powerScale: 10 };
  expect(units()).toBe('fahrenheit');
  shown.preferences = { units: 'celsius', powerScale: 10 };
  expect(units()).toBe('celsius');
});

test('while nothing is said about them they are those of the start', () => {
  expect(display({ units: 'fahrenheit' }).live()?.display.units).toBe('fahrenheit');
});

test('the first battery is told of, or the one that was asked for, and no other', () => {
  const { live } = display({ source: 'udp' });
  expect(live()).toEqual(live('battery'));
  expect(live()?.status).toMatchObject({ packCurrent: 42, source: 'jbd-serial' });
  expect(live()?.display).toMatchObject({ link: { tone: 'live' }, flow: 'charging', madeUp: false });
  expect(live('other')).toBeUndefined();
  expect(display({ source: 'simulate' }).live()?.display.madeUp).toBe(true);
});

test('the page is told what is computed of each device, such as the day’s energy', () => {
  const { live, site } = display({ source: 'udp' });
  const today = { value: 1234.56, age: 0, freshness: 'fresh' } as const;
  site.battery('battery').battery.compute('energyInToday', () => today);
  expect(live()?.display.energy).toMatchObject([
    { device: 'battery', values: { energyInToday: 1234.6, energyOutToday: null, timeToFull: null } },
  ]);
});

test('the page of the whole site shows the alarms of all batteries by name, that of one battery its own', () => {
  const site = new Site(usualAlarmLimits);
  for (const [name, temperatureMax] of [
    ['house', 63],
    ['bow', 70],
  ] as const) {
    site.battery(name).battery.apply(evtvReading({ message: '0x150', temperatureMax }, heardAt, name));
  }
  site.join();
  site.sample(heardAt);
  const devices = (['house', 'bow'] as const).map((name): DeviceView => ({
    name,
    kind: 'battery',
    freshness: 'fresh',
    age: 100,
    shown: false,
  }));
  const needs: LiveNeeds = {
    settings: resolveSettings([]),
    site,
    clock: { monotonic: () => heardAt + 100, wall: () => new Date(2026, 5, 12) },
    devices: () => [],
    surroundings: () => surroundings(100, { devices }),
  };
  const texts = (name?: string) => liveStatus(needs, name)?.display.alarms.map(({ text }) => text);
  const [house, bow] = ['house: battery at 63 °C, above 60 °C', 'bow: battery at 70 °C, above 60 °C'];
  expect(texts()).toEqual([house, bow]);
  expect(texts('bow')).toEqual([bow]);
});

test('the main battery is told of where it is not the first, and a bank as one', () => {
  const { needs, site } = display();
  for (const name of ['house', 'bow']) site.add(name, 'battery');
  site.join(['bow']);
  expect(liveStatus(needs)).toEqual(liveStatus(needs, 'bow'));
  expect(liveStatus(needs)?.status.source).toBe('evtv-udp');
  site.join(['house', 'bow']);
  expect(liveStatus(needs)).toEqual(liveStatus(needs, 'Bank'));
  expect(liveStatus(needs)?.status.source).toBe('bank');
});

test('the page is told whose values these are only where there are several devices', () => {
  const { needs, shown } = display();
  expect(liveStatus(needs)?.display.device).toBeNull();
  const view = { kind: 'battery', freshness: 'fresh', age: 0, shown: false } as const;
  shown.devices = [{ ...view, name: 'battery' }];
  expect(liveStatus(needs)?.display.device).toBeNull();
  shown.devices = [...shown.devices, { ...view, name: 'roof', kind: 'meter' }];
  expect(liveStatus(needs)?.display.device).toBe('battery');
});

import type { Kind } from '../../src/model/reading';
import { Site } from '../../src/model/site';
import { createNavigator, whichever } from '../../src/screens/all-screens';
import { dayPalette } from '../../src/render/theme';
import { deviceViews } from '../../src/screens/device-views';
import type { Navigator } from '../../src/screens/navigator';
import type { ScreenName, Surroundings } from '../../src/screens/screen';
import { heardAt, root, surroundings } from './stories';

/** Devices of a boat, as many as a story needs, in this order. */
const boat: readonly (readonly [string, Kind])[] = [
  ['House', 'battery'],
  ['Bow', 'battery'],
  ['Stern', 'battery'],
  ['Roof', 'solar-charger'],
  ['Inverter', 'meter'],
  ['Fridge', 'meter'],
];

/** What is different of single devices. */
export interface SiteStory {
  readonly devices: number;
  /** Values by device that are not the usual ones. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** °C by probe, of single devices. */
  readonly probes?: Readonly<Record<string, readonly (number | undefined)[]>>;
  /** ms by which single devices were received before the others; Infinity: never. */
  readonly ages?: Readonly<Record<string, number>>;
}

/** A site that has told its story for three hours, all its batteries a bank. */
export function siteOf({ devices, values = {}, probes = {}, ages = {} }: SiteStory): Site {
  const site = new Site();
  const present = boat.slice(0, devices);
  for (const [name, kind] of present) site.add(name, kind);
  site.join();
  for (let age = heardAt - 60_000; age >= 0; age -= age > 300_000 ? 60_000 : 1000) {
    for (const [i, [device, kind]] of present.entries()) {
      if (age < (ages[device] ?? 0)) continue;
      const told = { ...usual(kind, i), ...values[device] };
      const cells = {
        first: 0,
        total: 4,
        volts: [0, 1, 2, 3].map((cell) => 3.3 + 0.004 * ((cell * 3 + i) % 5)),
      };
      site.apply({
        device,
        at: heardAt - age,
        group: 'basic',
        period: 1000,
        values: told,
        ...(kind === 'battery' && { cells }),
        ...(probes[device] !== undefined && { temperatures: probes[device] }),
      });
    }
    site.sample(heardAt - age);
  }
  return site;
}

function usual(kind: Kind, i: number): Readonly<Record<string, number>> {
  switch (kind) {
    case 'battery':
      return {
        voltage: 13.28 + 0.01 * i,
        current: 21 - 4 * i,
        stateOfCharge: 78 - 2.5 * i,
        temperatureMax: 24,
        lowCutoff: 2.8,
        highCutoff: 3.65,
        chargeSwitch: 1,
        dischargeSwitch: 1,
      };
    case 'solar-charger':
      return { pvPower: 412, chargePower: 398 };
    case 'meter':
      return { power: -31 * i };
  }
}

/** Any screen of a site, without movement. */
export function siteScreens(
  site: Site,
  first: ScreenName,
  [width, height]: readonly [number, number] = [800, 480],
): Navigator {
  const options = { width, height, root, palette: dayPalette, powerScale: 1, animate: false };
  return createNavigator(
    whichever(() => site.shown),
    options,
    first,
    (device) => site.show(device),
    () => site.watched(),
    (device) => site.find(device),
  );
}

/** What surrounds them `age` ms after the last reading. */
export function siteSurroundings(site: Site, age = 200, changes: Partial<Surroundings> = {}): Surroundings {
  const devices = deviceViews(site.devices(), site.shown.battery.name, heardAt + age);
  const around = surroundings(age, changes);
  return {
    ...around,
    source: { ...around.source, label: `${devices.length - 1} DEVICES`, text: 'Receiving all devices' },
    devices,
  };
}

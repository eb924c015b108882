import type { EnergyDay } from '../../../src/model/energy/energy-days';
import type { Reading } from '../../../src/model/reading';
import { Site } from '../../../src/model/site';
import { heardAt, surroundings } from '../stories';
import { siteViews } from '../../../src/screens/device-views';
import type { Surroundings } from '../../../src/screens/screen';

/** What is told of each device of a boat; a device that is left out was never received. */
export type Told = Readonly<Record<string, Partial<Reading>>>;

/** Two batteries, a charger and two meters, as they tell all that they can. */
export const boat: Told = {
  House: {
    values: {
      voltage: 13.31,
      current: 16.9,
      stateOfCharge: 78,
      remainingCapacity: 156.02,
      fullCapacity: 200.04,
      cycles: 42,
      stateOfHealth: 98.5,
      protection: 0,
      warnings: 0,
      chargeSwitch: 1,
      dischargeSwitch: 1,
      lowCutoff: 2.8,
      highCutoff: 3.65,
    },
    temperatures: [22.4, 21.7, 23.1],
    balancing: [2, 4],
    cells: { first: 0, total: 4, volts: [3.33, 3.345, 3.322, 3.351] },
  },
  Bow: {
    values: {
      voltage: 13.29,
      current: 7.2,
      stateOfCharge: 74,
      remainingCapacity: 74,
      fullCapacity: 100,
      protection: (1 << 1) | (1 << 5),
      warnings: 1 << 11,
      chargeSwitch: 1,
      dischargeSwitch: 0,
    },
    temperatures: [-2.2],
    balancing: [],
    cells: { first: 0, total: 4, volts: [3.33, 3.331, 3.322, 3.328] },
  },
  Roof: {
    values: {
      batteryVoltage: 13.4,
      chargeCurrent: 26.87,
      chargePower: 360,
      pvVoltage: 33.3,
      pvCurrent: 12.4,
      pvPower: 412,
      loadVoltage: 13.4,
      loadCurrent: 1.5,
      loadPower: 20,
      stateOfCharge: 78,
      controllerTemperature: 39,
      batteryTemperature: 23,
      maxPowerToday: 498,
      chargedToday: 1210,
      chargedTotal: 412_000,
      loadSwitch: 1,
      alarmBits: 0,
    },
    texts: { mode: 'boost' },
  },
  Inverter: {
    values: {
      voltage: 13.38,
      voltage2: 12.71,
      current: -11.2,
      power: -146,
      temperature: 31.2,
      charge: -412.5,
      energy: -5312,
      peakCurrent: 88.2,
    },
  },
  Shunt: { values: { voltage: 13.38, current: 4.1, power: 55, charge: 21, energy: 270 } },
};

/** A month of days with a few of which nothing is known. */
function month(ways: 1 | 2): EnergyDay[] {
  const day = 86_400_000;
  const noon = new Date(2026, 5, 12, 12).getTime();
  return Array.from({ length: 31 }, (_, i): EnergyDay => {
    const moment = new Date(noon - (30 - i) * day);
    const two = (value: number): string => String(value).padStart(2, '0');
    const date = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
    const covered = i > 10 && i < 14 ? 0 : day;
    const into = 900 + 700 * Math.sin(i * 1.7);
    const out = ways === 1 ? 0 : 700 + 500 * Math.sin(i * 0.9);
    return { date, energy: { in: into, out, covered }, charge: { in: 0, out: 0, covered } };
  });
}

/** A site that was told so, with a month of days behind it. */
export function boatSite(told: Told = boat): Site {
  const site = new Site();
  for (const name of ['House', 'Bow']) site.add(name, 'battery');
  site.add('Roof', 'solar-charger');
  site.add('Inverter', 'meter', 'inverter');
  site.add('Shunt', 'meter');
  site.join();
  for (const device of site.devices()) {
    const list = month(device.name === 'Roof' ? 1 : 2);
    device.addUp({ list });
    const today = list.at(-1);
    device.compute('energyInToday', () => ({ value: today?.energy.in, age: 0, freshness: 'fresh' }));
    device.compute('energyOutToday', () => ({ value: today?.energy.out, age: 0, freshness: 'fresh' }));
  }
  for (const [device, reading] of Object.entries(told))
    site.apply({ device, at: heardAt, group: 'all', period: 1000, values: {}, ...reading });
  site.sample(heardAt);
  return site;
}

/** What surrounds its screens `age` ms after that. */
export function aboard(site: Site, age = 200): Surroundings {
  return surroundings(age, siteViews(site, heardAt + age));
}

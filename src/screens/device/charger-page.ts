import type { Device } from '../../model/device';
import type { Units } from '../../model/temperature';
import { deviceWords as words } from '../../words/en/device-screens';
import { devicesWords } from '../../words/en/devices';
import { siteWords } from '../../words/en/site';
import { formatEnergy, missing } from '../format';
import type { DevicePage } from './device-page';
import { degrees, joined, valueText, type Fact, type ValueText } from './facts';

/** A solar charger: what the sun gives, both of its sides, what it made today. */
export const chargerPage: DevicePage = {
  ways: 'one-way',
  mostFacts: 6,
  daysTitle: words.yield,
  power: (device, now) => {
    const power = device.quantity('pvPower', now);
    return power.value === undefined ? device.quantity('chargePower', now) : power;
  },
  largest: (device, now) => device.quantity('maxPowerToday', now).value ?? 0,
  word: (device) => device.texts.get('mode')?.toUpperCase() ?? '',
  beneath: (device, now) => {
    const own = device.quantity('chargedToday', now);
    const { value, freshness } = own.value === undefined ? device.quantity('energyInToday', now) : own;
    const text = value === undefined ? missing : formatEnergy(value / 1000);
    return { text, unit: 'kWh', tone: freshness, caption: siteWords.today };
  },
  today: (device, now) => device.quantity('chargedToday', now).value,
  facts: chargerFacts,
};

function chargerFacts(device: Device, now: number, units: Units): Fact[] {
  const values = (...names: readonly string[]): ValueText[] =>
    names.map((name) => valueText(device, name, now));
  const heat = (name: string): ValueText => {
    const { value, freshness } = device.quantity(name, now);
    return { text: degrees(value, units), tone: freshness };
  };
  const total = device.quantity('chargedTotal', now);
  return [
    joined(words.panel, values('pvVoltage', 'pvCurrent')),
    joined(words.batterySide, values('batteryVoltage', 'chargeCurrent')),
    joined(words.load, [...values('loadVoltage', 'loadCurrent'), loadText(device, now)]),
    joined(words.charge, values('stateOfCharge')),
    joined(words.controllerAndBattery, [heat('controllerTemperature'), heat('batteryTemperature')]),
    {
      label: words.inAll,
      text: total.value === undefined ? missing : `${formatEnergy(total.value / 1000)} kWh`,
      tone: total.freshness,
    },
  ];
}

function loadText(device: Device, now: number): ValueText {
  const { value, freshness } = device.quantity('loadSwitch', now);
  return { text: value === undefined ? missing : devicesWords.loadIs(value === 1), tone: freshness };
}

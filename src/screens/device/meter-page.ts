import type { Device } from '../../model/device';
import type { Units } from '../../model/temperature';
import { deviceWords as words } from '../../words/en/device-screens';
import { missing, signed } from '../format';
import type { DevicePage } from './device-page';
import { degrees, joined, todayFact, valueText, withUnit, type Fact } from './facts';

/** A meter: watts both ways, what it measures and what it has counted. */
export const meterPage: DevicePage = {
  ways: 'both-ways',
  mostFacts: 7,
  daysTitle: words.energy,
  power: (device, now) => device.quantity('power', now),
  largest: () => 0,
  word: ({ role = 'other' }) => words.roleTitles[role],
  beneath: (device, now) => {
    const { value, freshness } = device.quantity('current', now);
    const text = value === undefined ? missing : signed(value, Math.abs(value) < 99.95 ? 1 : 0);
    return { text, unit: 'A', tone: freshness, caption: '' };
  },
  facts: meterFacts,
};

function meterFacts(device: Device, now: number, units: Units): Fact[] {
  const fact = (label: string, ...names: readonly string[]): Fact =>
    joined(
      label,
      names.map((name) => valueText(device, name, now)),
    );
  const { role } = device;
  const charge = device.quantity('charge', now);
  const { value: energy, freshness } = device.quantity('energy', now);
  const counted = [
    { text: withUnit(charge, 1, 'Ah'), tone: charge.freshness },
    {
      text: withUnit({ value: energy === undefined ? undefined : energy / 1000 }, 2, 'kWh'),
      tone: freshness,
    },
  ];
  const temperature = device.quantity('temperature', now);
  return [
    { label: words.role, text: role === undefined ? words.noRole : words.roles[role], tone: 'fresh' },
    fact(words.voltage, 'voltage'),
    fact(words.voltage2, 'voltage2'),
    joined(words.counted, counted),
    todayFact(device, now),
    fact(words.peak, 'peakCurrent'),
    { label: words.temperature, text: degrees(temperature.value, units), tone: temperature.freshness },
  ];
}

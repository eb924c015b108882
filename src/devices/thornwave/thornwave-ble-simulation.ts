import type { DeviceSimulation, DeviceValues, GattLink } from '../device-type';
import type { PlayedMeter } from '../played-site';
import { choiceSetting } from '../shared-settings';
import { whileOpen } from '../until-closed';
import { encodePayload, newLayout, oldLayout, type MeterLayout, type MeterValues } from './payload';

/** ms between two values. */
const interval = 1000;
/** s in which the current goes from discharging to charging and back. */
const cycle = 600;

function layoutOf({ firmware }: DeviceValues): MeterLayout {
  return firmware === 'old' ? oldLayout : newLayout;
}

/** What a played meter measures. @param seconds since it was started */
export function simulatedMeter(seconds: number): MeterValues {
  const current = 20 * Math.sin((2 * Math.PI * seconds) / cycle);
  const voltage = 13.2 + current / 100;
  return {
    stateOfCharge: 75.5,
    voltage,
    voltage2: 12.6,
    current,
    power: voltage * current,
    temperature: 21.5,
    charge: -42.5,
    energy: -561,
    peakCurrent: 20,
    uptime: Math.floor(seconds),
  };
}

/** The same of a meter of a site, which is never reset. */
class SiteMeter {
  private peak = 0;

  values(
    { current, voltage, temperature, charge, energy, stateOfCharge }: PlayedMeter,
    seconds: number,
  ): MeterValues {
    if (Math.abs(current) > Math.abs(this.peak)) this.peak = current;
    return {
      stateOfCharge: 100 * stateOfCharge,
      voltage,
      voltage2: 0,
      current,
      power: voltage * current,
      temperature,
      charge,
      energy,
      peakCurrent: this.peak,
      uptime: Math.floor(seconds),
    };
  }
}

/** A played Thornwave meter for `packdial simulate`, with old or new firmware. */
export const thornwaveBleSimulation: DeviceSimulation<GattLink> = {
  settings: { firmware: choiceSetting(['new', 'old'], 'later than 2.03, or up to that') },
  offer: (values) => {
    const { service, characteristic } = layoutOf(values);
    return {
      name: 'SIMULATED',
      services: [{ uuid: service, characteristics: [{ uuid: characteristic, flags: ['read'] }] }],
    };
  },
  play: async (link, { values, clock, site }, signal) => {
    const layout = layoutOf(values);
    const end = whileOpen(link, signal);
    const begun = clock.monotonic();
    const meter = new SiteMeter();
    while (!end.aborted) {
      const seconds = (clock.monotonic() - begun) / 1000;
      const told =
        site === undefined
          ? simulatedMeter(seconds)
          : meter.values(site.meter(String(values['role'])), seconds);
      const payload = encodePayload(told, layout);
      await link.write(layout.characteristic, payload).catch(() => undefined);
      await clock.sleep(interval, end);
    }
  },
};

import { Battery } from '../model/battery';
import type { Device } from '../model/device';
import type { TelegrafBattery, TelegrafMeter } from './telegraf-csv';

/** What tgalarneau/bms has of a device, as far as it is fresh; `undefined` for what is neither a battery nor a meter. */
export function telegrafValues(
  device: Device,
  now: number,
): { readonly battery: TelegrafBattery } | { readonly meter: TelegrafMeter } | undefined {
  const known = (name: string): number | undefined => {
    const { value, freshness } = device.quantity(name, now);
    return freshness === 'fresh' ? value : undefined;
  };
  if (device instanceof Battery) return { battery: batteryValues(device, now, known) };
  if (device.kind !== 'meter') return undefined;
  return {
    meter: {
      volts: known('voltage'),
      amps: known('current'),
      watts: known('power'),
      temp: known('temperature'),
      wattHours: known('energy'),
      ampHours: known('charge'),
      peak: known('peakCurrent'),
    },
  };
}

function batteryValues(
  battery: Battery,
  now: number,
  known: (name: string) => number | undefined,
): TelegrafBattery {
  const { voltages, complete } = battery.cells.freshVoltages(now);
  const [charge, discharge] = [known('chargeSwitch'), known('dischargeSwitch')];
  return {
    volts: known('voltage'),
    amps: known('current'),
    remain: known('remainingCapacity'),
    capacity: known('nominalCapacity'),
    cycles: known('cycles'),
    balancing: known('balancingCells'),
    protection: known('protection'),
    percent: known('stateOfCharge'),
    fet: charge === undefined || discharge === undefined ? undefined : charge + 2 * discharge,
    temperatures: battery.temperatures(now),
    cells: voltages.some((value) => value !== undefined) ? voltages : [],
    cellsComplete: complete,
  };
}

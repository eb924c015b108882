import { Battery } from '../../model/battery';
import type { Device } from '../../model/device';
import type { Site } from '../../model/site';
import { telegrafBattery, telegrafMeter } from '../../protocol/telegraf-csv';
import type { RowShape, TakenRow } from './row-shapes';

/** Batteries and meters for Telegraf, when a row is due. Its messages have no time: they are sent at once or never. */
export class TelegrafRows implements RowShape {
  readonly isLive = true;

  constructor(
    private readonly site: Site,
    private readonly suffix: string,
  ) {}

  take(at: number, due: boolean): readonly TakenRow[] {
    if (!due) return [];
    return Array.from(this.site.devices()).flatMap((device): readonly TakenRow[] => {
      const messages = messagesOf(device, device.name + this.suffix, at);
      return messages.length === 0 ? [] : [{ device: device.name, text: JSON.stringify(messages), at }];
    });
  }
}

/** Of what is fresh. @param meter name to send it under */
function messagesOf(device: Device, meter: string, now: number): readonly string[] {
  const known = (name: string): number | undefined => {
    const { value, freshness } = device.quantity(name, now);
    return freshness === 'fresh' ? value : undefined;
  };
  if (device instanceof Battery) return batteryMessages(device, meter, now, known);
  if (device.kind !== 'meter') return [];
  return telegrafMeter(meter, {
    volts: known('voltage'),
    amps: known('current'),
    watts: known('power'),
    temp: known('temperature'),
    wattHours: known('energy'),
    ampHours: known('charge'),
    peak: known('peakCurrent'),
  });
}

function batteryMessages(
  battery: Battery,
  meter: string,
  now: number,
  known: (name: string) => number | undefined,
): readonly string[] {
  const { voltages, complete } = battery.cells.freshVoltages(now);
  const [charge, discharge] = [known('chargeSwitch'), known('dischargeSwitch')];
  return telegrafBattery(meter, {
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
  });
}

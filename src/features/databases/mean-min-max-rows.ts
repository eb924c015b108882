import { Battery } from '../../model/battery';
import type { Device } from '../../model/device';
import type { Site } from '../../model/site';
import { aggregatedText, type AggregatedValues } from '../../protocol/mean-min-max';
import type { RowShape, TakenRow } from './row-shapes';

type Fields = Readonly<Record<string, number | string | undefined>>;

/** Batteries and chargers as the monitor of an RPi 5 with Bluetooth writes them to InfluxDB, when a row is due. */
export class MeanMinMaxRows implements RowShape {
  /** @param addresses of devices that are read by Bluetooth, by name @param suffix behind every name */
  constructor(
    private readonly site: Site,
    private readonly addresses: ReadonlyMap<string, string>,
    private readonly suffix: string,
  ) {}

  take(at: number, due: boolean): readonly TakenRow[] {
    if (!due) return [];
    return Array.from(this.site.devices()).flatMap((device): readonly TakenRow[] => {
      const fields = device instanceof Battery ? battery(device, at) : charger(device, at);
      // What does not age, such as a model, says nothing alone.
      if (fields === undefined || Object.keys(fields.mean).length === 0) return [];
      const { name } = device;
      const address = this.addresses.get(name);
      const tags = {
        category: device.kind === 'battery' ? 'Battery' : 'Charger',
        ...(address !== undefined && { bus: 'ble' }),
        device: name + this.suffix,
        ...(address !== undefined && { address }),
      };
      return [{ device: name, text: aggregatedText({ tags, ...fields }), at }];
    });
  }
}

function battery(device: Battery, now: number): Omit<AggregatedValues, 'tags'> {
  const known = knownOf(device, now);
  const temperatures = device.temperatures(now);
  const { voltages } = device.cells.freshVoltages(now);
  const balancing = known('balancingCells');
  const [charge, discharge] = [known('chargeSwitch'), known('dischargeSwitch')];
  return {
    mean: told({
      total_voltage_x100: known('voltage', 100),
      current_x100: known('current', 100),
      remain_capacity_x100: known('remainingCapacity', 100),
      state_of_charge: known('stateOfCharge'),
      // 0.1 K
      ...numbered(temperatures, (i) => `ntc#${i}`, 10, 2731),
      ...numbered(voltages, (i) => `cell_voltage#${i}_x1000`, 1000),
    }),
    last: told({
      hardware_version: device.texts.get('model'),
      software_version: softwareVersion(device.texts.get('firmware')),
      production_date: productionDate(device.texts.get('produced')),
      num_of_ntc: temperatures.length === 0 ? undefined : temperatures.length,
      num_of_battery_strings: voltages.length === 0 ? undefined : voltages.length,
      nominal_capacity_x100: known('nominalCapacity', 100),
      cycles: known('cycles'),
    }),
    Bor: told({
      equilibrium: balancing === undefined ? undefined : balancing % 0x10000,
      equilibrium_high: balancing === undefined ? undefined : Math.floor(balancing / 0x10000),
      protection_status: known('protection'),
      fet_control: charge === undefined || discharge === undefined ? undefined : charge + 2 * discharge,
    }),
  };
}

/** `undefined` for what is no charger. */
function charger(device: Device, now: number): Omit<AggregatedValues, 'tags'> | undefined {
  if (device.kind !== 'solar-charger') return undefined;
  const known = knownOf(device, now);
  const revision = Number(device.texts.get('revision') ?? NaN);
  return {
    mean: told({
      state_of_charge: known('stateOfCharge'),
      battery_voltage_x10: known('batteryVoltage', 10),
      battery_current_x100: known('chargeCurrent', 100),
      battery_power: known('chargePower'),
      controller_temperature_celsius: known('controllerTemperature'),
      battery_temperature_celsius: known('batteryTemperature'),
      load_voltage_x10: known('loadVoltage', 10),
      load_current_x100: known('loadCurrent', 100),
      load_power: known('loadPower'),
      pv_voltage_x10: known('pvVoltage', 10),
      max_charge_power: known('maxPowerToday'),
      charge_amount: known('chargedToday'),
      discharge_amount: known('dischargedToday'),
    }),
    last: told({
      device_model: device.texts.get('model'),
      device_revision_x100: Number.isFinite(revision) ? Math.round(revision * 100) : undefined,
      system_max_voltage: known('systemVoltageMax'),
      system_min_voltage: known('systemVoltageMin'),
      rated_charging_current: known('ratedChargeCurrent'),
      rated_discharging_current: known('ratedLoadCurrent'),
      load_status: known('loadStatus'),
      charge_status: known('chargeMode'),
      total_days: known('days'),
      total_charge_amount: known('chargedTotal'),
      total_discharge_amount: known('dischargedTotal'),
    }),
    Bor: told({ alarm: known('alarmBits') }),
  };
}

/** Asks for what is fresh, as a whole number of its unit's parts. */
function knownOf(device: Device, now: number): (name: string, per?: number) => number | undefined {
  return (name, per = 1) => {
    const { value, freshness } = device.quantity(name, now);
    return freshness === 'fresh' && value !== undefined ? Math.round(value * per) : undefined;
  };
}

function numbered(
  values: readonly (number | undefined)[],
  name: (index: string) => string,
  per: number,
  from = 0,
): Fields {
  return Object.fromEntries(
    values.map((value, i) => [
      name(String(i).padStart(2, '0')),
      value === undefined ? undefined : Math.round(value * per) + from,
    ]),
  );
}

/** As a JBD battery has it on its wire: `2.1` is 0x21. */
function softwareVersion(text: string | undefined): number | undefined {
  const [, major, minor] = /^(\d{1,2})\.(\d{1,2})$/.exec(text ?? '') ?? [];
  return major === undefined ? undefined : Number(major) * 16 + Number(minor);
}

/** Likewise: years after 2000, month and day in bits. */
function productionDate(text: string | undefined): number | undefined {
  const [, year, month, day] = /^(20\d\d)-(\d\d)-(\d\d)$/.exec(text ?? '') ?? [];
  return year === undefined ? undefined : (Number(year) - 2000) * 512 + Number(month) * 32 + Number(day);
}

function told(fields: Fields): Readonly<Record<string, number | string>> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, number | string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

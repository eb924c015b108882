import type { Kind } from '../../model/reading';
import { parseValuePlace, type ValuePlace } from './value-place';

/** A quantity and where a program tells it: behind the topic of the device, the first that there is. */
type Places = Readonly<Record<string, string | readonly string[]>>;

/** How a program publishes what it knows. */
export interface Profile {
  /** What its devices can be; the first is what they are unless the settings say otherwise. */
  readonly kinds: Readonly<Partial<Record<Kind, Places>>>;
  /** What follows from the topic alone. */
  readonly kindOf?: (topic: string) => Kind;
  /** s between two messages. */
  readonly every: number;
  /** It publishes a value only when it has changed. */
  readonly onChange?: true;
  /** Where it tells that it is gone. */
  readonly availability?: (topic: string) => string;
  /** What has to be published again and again, or it falls silent: s between two. */
  readonly keepAlive?: (topic: string) => { readonly topic: string; readonly every: number } | undefined;
  /** How a topic of the device looks, for messages. */
  readonly topic: string;
}

/**
 * batmon-ha of fl4p: a topic for each value below the name of the battery. Its current and power are positive out of the battery
 * (`BmsSample` in bmslib/bms.py, topics in bmslib/wire/fields.py and mqtt_util.py). What has not changed is told again after ten
 * seconds.
 */
const batmon: Profile = {
  kinds: {
    battery: {
      voltage: '/soc/total_voltage',
      current: '/soc/current*-1',
      power: '/soc/power*-1',
      stateOfCharge: '/soc/soc_percent',
      remainingCapacity: '/mosfet_status/capacity_ah',
      fullCapacity: '/soc/capacity',
      cycles: ['/soc/num_cycles', '/meter/total_cycles'],
      stateOfHealth: '/soc/soh',
      cells: '/cell_voltages/{n}',
      temperatures: '/temperatures/{n}',
      chargeSwitch: '/switch/charge',
      dischargeSwitch: '/switch/discharge',
    },
  },
  every: 10,
  topic: 'the name of the battery in batmon, such as house_bms',
};

/**
 * mqtt_statestream of Home Assistant: the state of `sensor.house_voltage` is at `BASE/sensor/house_voltage/state`, kept by the
 * broker, and published when it changes. The topic is how the names of all of a device's sensors begin.
 */
const homeAssistant: Profile = {
  kinds: {
    battery: {
      voltage: states('_voltage', '_battery_voltage', '_total_voltage'),
      current: states('_current', '_battery_current'),
      power: states('_power', '_battery_power'),
      stateOfCharge: states('_state_of_charge', '_soc', '_battery_soc', '_battery_level', '_battery'),
      remainingCapacity: states('_capacity_remaining', '_remaining_capacity'),
      fullCapacity: states('_full_capacity', '_capacity'),
      nominalCapacity: states('_nominal_capacity'),
      cycles: states('_charging_cycles', '_cycles', '_num_cycles'),
      stateOfHealth: states('_state_of_health', '_soh'),
      cellLow: states('_min_cell_voltage', '_cell_voltage_min'),
      cellHigh: states('_max_cell_voltage', '_cell_voltage_max'),
      cells: states('_cell_voltage_{n}', '_cell_{n}_voltage', '_cell_{n}'),
      temperatures: states('_temperature_{n}', '_temperature'),
    },
    'solar-charger': {
      batteryVoltage: states('_battery_voltage', '_voltage'),
      chargeCurrent: states('_charging_current', '_battery_current', '_current'),
      chargePower: states('_charging_power', '_battery_power', '_power'),
      pvVoltage: states('_pv_voltage', '_solar_voltage', '_panel_voltage'),
      pvPower: states('_pv_power', '_solar_power', '_panel_power'),
      pvCurrent: states('_pv_current', '_solar_current', '_panel_current'),
      loadPower: states('_load_power'),
      loadCurrent: states('_load_current'),
      stateOfCharge: states('_state_of_charge', '_battery_soc', '_soc'),
      controllerTemperature: states('_controller_temperature', '_temperature'),
      batteryTemperature: states('_battery_temperature'),
    },
    meter: {
      voltage: states('_voltage'),
      current: states('_current'),
      power: states('_power'),
      energy: states('_energy', '_total_energy', '_energy_total').map((place) => `${place}*1000`),
      temperature: states('_temperature'),
      stateOfCharge: states('_state_of_charge', '_soc'),
    },
  },
  every: 60,
  onChange: true,
  topic: 'how the sensors begin, such as homeassistant/sensor/house',
};

/** Tasmota's telemetry: one object every TelePeriod seconds (300 unless it was set), with the total in kWh. */
const tasmota: Profile = {
  kinds: {
    meter: {
      voltage: 'ENERGY.Voltage',
      current: 'ENERGY.Current',
      power: 'ENERGY.Power',
      energy: 'ENERGY.Total*1000',
    },
  },
  every: 300,
  availability: (topic) => topic.replace(/\/SENSOR$/, '/LWT'),
  topic: 'its telemetry, such as tele/washer/SENSOR',
};

/**
 * A JBD battery read by ESPHome with syssi/esphome-jbd-bms: each sensor at `NODE/sensor/NAME/state`, where the names of the
 * sensors begin with the node's own in the project's examples.
 */
const esphome: Profile = {
  kinds: {
    battery: {
      voltage: sensors('total_voltage'),
      current: sensors('current'),
      power: sensors('power'),
      stateOfCharge: sensors('state_of_charge'),
      remainingCapacity: sensors('capacity_remaining'),
      nominalCapacity: sensors('nominal_capacity'),
      cycles: sensors('charging_cycles'),
      cellLow: sensors('min_cell_voltage'),
      cellHigh: sensors('max_cell_voltage'),
      cellAverage: sensors('average_cell_voltage'),
      cells: sensors('cell_voltage_{n}'),
      temperatures: sensors('temperature_{n}'),
    },
  },
  every: 30,
  availability: (topic) => `${topic}/status`,
  topic: 'the name of the node, such as jbd-bms-ble',
};

/**
 * A GX device of Victron (dbus-mqtt, dbus-flashmq): a topic for each value, `{"value": 13.2}`, and an empty message for a device
 * that has gone. It publishes for a minute after a keep-alive, which makes it tell everything once.
 */
const victron: Profile = {
  kinds: {
    battery: {
      voltage: values('/Dc/0/Voltage', '/Dc/Battery/Voltage'),
      current: values('/Dc/0/Current', '/Dc/Battery/Current'),
      power: values('/Dc/0/Power', '/Dc/Battery/Power'),
      stateOfCharge: values('/Soc', '/Dc/Battery/Soc'),
      stateOfHealth: values('/Soh'),
      ampHours: values('/ConsumedAmphours', '/Dc/Battery/ConsumedAmphours'),
      remainingCapacity: values('/Capacity'),
      fullCapacity: values('/InstalledCapacity'),
      cycles: values('/History/ChargeCycles'),
      cellLow: values('/System/MinCellVoltage'),
      cellHigh: values('/System/MaxCellVoltage'),
      cells: values('/Voltages/Cell{n}'),
      temperatures: values('/Dc/0/Temperature', '/Dc/Battery/Temperature'),
    },
    'solar-charger': {
      batteryVoltage: values('/Dc/0/Voltage'),
      chargeCurrent: values('/Dc/0/Current'),
      pvVoltage: values('/Pv/V'),
      pvPower: values('/Yield/Power'),
      loadCurrent: values('/Load/I'),
      loadSwitch: values('/Load/State'),
      maxPowerToday: values('/History/Daily/0/MaxPower'),
      chargedToday: values('/History/Daily/0/Yield').map((place) => `${place}*1000`),
      chargedTotal: values('/Yield/System', '/Yield/User').map((place) => `${place}*1000`),
    },
    meter: {
      voltage: values('/Ac/L1/Voltage', '/Dc/0/Voltage'),
      current: values('/Ac/L1/Current', '/Dc/0/Current'),
      power: values('/Ac/Power', '/Dc/0/Power'),
      energy: values('/Ac/Energy/Forward').map((place) => `${place}*1000`),
    },
  },
  kindOf: (topic) => {
    if (/\/solarcharger\//.test(topic)) return 'solar-charger';
    return /\/(battery|system)\//.test(topic) ? 'battery' : 'meter';
  },
  every: 30,
  keepAlive: (topic) => {
    const [, portal] = /^N\/([^/+#]+)\//.exec(topic) ?? [];
    return portal === undefined ? undefined : { topic: `R/${portal}/keepalive`, every: 30 };
  },
  topic: 'N, the portal id and the device, such as N/c0619ab88ee0/battery/288',
};

/** By the word of the setting. */
export const profiles: Readonly<Record<string, Profile>> = {
  batmon,
  homeassistant: homeAssistant,
  tasmota,
  esphome,
  victron,
};

/** Where a profile's quantities are told, those that are preferred first. @param topic of the device */
export function profilePlaces(
  { kinds }: Profile,
  kind: Kind,
  topic: string,
): readonly (readonly [name: string, places: readonly ValuePlace[]])[] {
  const node = topic.split('/').at(-1) ?? '';
  return Object.entries(kinds[kind] ?? {}).map(([name, texts]) => [
    name,
    [texts].flat().flatMap((text) => {
      const place = parseValuePlace(text.replaceAll('{node}', node));
      return place === undefined ? [] : [{ ...place, topic: topic + place.topic }];
    }),
  ]);
}

function states(...endings: string[]): string[] {
  return endings.map((ending) => `${ending}/state`);
}

function sensors(name: string): string[] {
  return [`/sensor/{node}_${name}/state`, `/sensor/${name}/state`];
}

function values(...places: string[]): string[] {
  return places.map((place) => `${place}:value`);
}

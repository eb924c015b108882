import { protectionFlags, warningFlags } from './flag-names';
import {
  byCell,
  measured,
  named,
  numbered,
  state,
  warnings,
  type LargeUnit,
  type QuantityForm,
  type QuantityList,
} from './quantity-form';
import type { Kind } from './reading';

const everywhere = { always: ['json', 'bank', 'history'] } as const;
const bankToo = { always: ['bank', 'history'] } as const;
const capacity = { always: ['json', 'bank'], bank: 'sum' } as const;
const json = { always: ['json'] } as const;
const history = { always: ['history'] } as const;

const counted = { deviceClass: 'energy', stateClass: 'total_increasing' } as const;
const powerBothWays = { flow: { of: 'energy', way: 'both' } } as const;
const currentBothWays = { flow: { of: 'charge', way: 'both' } } as const;

/** What packdial adds up: Wh and Ah of the local day, and how much of the day it knows. */
const today = {
  energyInToday: total('Energy in today', 'Wh', 1, 'energy'),
  energyOutToday: total('Energy out today', 'Wh', 1, 'energy'),
  chargeInToday: total('Charge in today', 'Ah', 2),
  chargeOutToday: total('Charge out today', 'Ah', 2),
  /** Of the energies, or of the charges where no power is known. */
  countedToday: state('Hours counted today', 'h', 2, { computed: true }),
} satisfies Record<string, QuantityForm>;

/** Volts of a single cell. */
export const cellForm = measured('Cell', 'V', 3, { glance: 2 });
/** Degrees of a single probe, or of a single cell where a device measures each. */
export const probeForm = measured('Temperature', '°C', 1, { glance: 0 });

const battery = {
  voltage: measured('Pack voltage', 'V', 3, {
    ...everywhere,
    shown: 2,
    glance: 1,
    main: 2,
    metric: { place: 2, name: 'pack_voltage_volts', help: 'Voltage of the pack.' },
    homeAssistant: { name: 'Voltage', deviceClass: 'voltage' },
  }),
  /** + charging, - discharging. */
  current: measured('Current', 'A', 3, {
    ...everywhere,
    ...currentBothWays,
    shown: 2,
    glance: 1,
    main: 1,
    bank: 'sum',
    metric: { place: 3, name: 'pack_current_amperes', help: 'Current, positive into the battery.' },
    homeAssistant: { name: 'Current', deviceClass: 'current' },
  }),
  power: measured('Power', 'W', 1, {
    ...everywhere,
    ...powerBothWays,
    glance: 0,
    large: { unit: 'kW', per: 1000, decimals: 2 },
    metric: { place: 4, name: 'pack_power_watts', help: 'Power, positive into the battery.' },
    homeAssistant: { name: 'Power', deviceClass: 'power' },
  }),
  stateOfCharge: measured('State of charge', '%', 1, {
    ...everywhere,
    main: 3,
    metric: { place: 1, name: 'state_of_charge_ratio', help: 'State of charge, 1 is full.' },
    homeAssistant: { name: 'State of charge', deviceClass: 'battery' },
  }),
  /** Since full, nearly always negative (taken out). */
  ampHours: measured('Ampere-hours', 'Ah', 2, {
    ...bankToo,
    glance: 1,
    bank: 'sum',
    metric: {
      place: 5,
      name: 'charge_ampere_hours',
      help: 'Ampere-hours since full, as the controller counts them.',
    },
    homeAssistant: { name: 'Charge taken' },
  }),
  remainingCapacity: measured('Remaining capacity', 'Ah', 2, capacity),
  fullCapacity: state('Full capacity', 'Ah', 2, capacity),
  nominalCapacity: state('Nominal capacity', 'Ah', 2, capacity),
  cycles: state('Cycles', '', 0, json),
  stateOfHealth: state('State of health', '%', 3, { ...json, shown: 1 }),
  temperatureMax: measured('Highest temperature', '°C', 1, {
    ...everywhere,
    glance: 0,
    bank: 'greatest',
    metric: { place: 6, name: 'temperature_highest_celsius', help: 'Highest temperature.' },
    homeAssistant: { name: 'Hottest terminal', deviceClass: 'temperature' },
  }),
  temperatureMin: measured('Lowest temperature', '°C', 1, {
    ...everywhere,
    glance: 0,
    bank: 'least',
    metric: { place: 7, name: 'temperature_lowest_celsius', help: 'Lowest temperature.' },
    homeAssistant: { name: 'Coldest terminal', deviceClass: 'temperature' },
  }),
  cellAverage: measured('Mean of the cells', 'V', 3, {
    ...everywhere,
    metric: { place: 10, name: 'cell_voltage_average_volts', help: 'Mean voltage of the cells.' },
    homeAssistant: { name: 'Mean cell', deviceClass: 'voltage' },
  }),
  cellLow: measured('Lowest cell', 'V', 3, {
    ...everywhere,
    metric: { place: 8, name: 'cell_voltage_lowest_volts', help: 'Voltage of the lowest cell.' },
    homeAssistant: { name: 'Lowest cell', deviceClass: 'voltage' },
  }),
  cellHigh: measured('Highest cell', 'V', 3, {
    ...everywhere,
    metric: { place: 9, name: 'cell_voltage_highest_volts', help: 'Voltage of the highest cell.' },
    homeAssistant: { name: 'Highest cell', deviceClass: 'voltage' },
  }),
  chargerAmps: measured('Charger is asked for', 'A', 1, {
    ...history,
    glance: 0,
    metric: { place: 13, name: 'charger_current_amperes', help: 'Current that the charger is asked for.' },
  }),
  maxCells: state('Cells set up', '', 0, { ...history, bank: 'sum', metric: 'none' }),
  activeCells: state('Cells heard', '', 0, { ...history, bank: 'sum', metric: 'none' }),
  /** Per cell: above it charging is cut off. */
  highCutoff: state('Upper cut-off', 'V', 3, {
    ...bankToo,
    glance: 2,
    bank: 'least',
    metric: { place: 11, name: 'cell_cutoff_high_volts', help: 'Voltage of a cell at which charging ends.' },
  }),
  /** Per cell: below it discharging is cut off. */
  lowCutoff: state('Lower cut-off', 'V', 3, {
    ...bankToo,
    glance: 2,
    bank: 'greatest',
    metric: {
      place: 12,
      name: 'cell_cutoff_low_volts',
      help: 'Voltage of a cell at which discharging ends.',
    },
  }),
  frequencyShiftVolts: state('Frequency shift', 'V', 2, { ...history, metric: 'none' }),
  /** 1 allowed, 0 switched off. Of a switch that one member has on, the bank's is on: one that allows it is enough. */
  chargeSwitch: state('Charge switch', '', 0, { switch: 'charge', bank: 'greatest' }),
  dischargeSwitch: state('Discharge switch', '', 0, { switch: 'discharge', bank: 'greatest' }),
  protection: named('Protection', protectionFlags),
  warnings: warnings('Warnings', warningFlags),
  /** Only the first 32. */
  balancingCells: byCell('Balancing cells', 32),
  humidity: measured('Humidity', '%', 0),
  /** How often each protection has stepped in, and how often the electronics restarted. */
  shortCircuitCount: state('Short circuits'),
  chargeOverCurrentCount: state('Times of too much charging current'),
  dischargeOverCurrentCount: state('Times of too much discharging current'),
  cellOverVoltageCount: state('Times of a cell too high'),
  cellUnderVoltageCount: state('Times of a cell too low'),
  chargeOverTemperatureCount: state('Times too hot to charge'),
  chargeUnderTemperatureCount: state('Times too cold to charge'),
  dischargeOverTemperatureCount: state('Times too hot to discharge'),
  dischargeUnderTemperatureCount: state('Times too cold to discharge'),
  packOverVoltageCount: state('Times of the pack too high'),
  packUnderVoltageCount: state('Times of the pack too low'),
  restartCount: state('Restarts'),
  energyIn: state('Energy in', '', 3),
  energyOut: state('Energy out', '', 3),
  adcPack: measured('Pack voltage at the converter', 'V', 3),
  adc0: measured('Converter 0', 'V', 4),
  adc1: measured('Converter 1', 'V', 4),
  adc2: measured('Converter 2', 'V', 4),
  adc3: measured('Converter 3', 'V', 4),
  adc4: measured('Converter 4', 'V', 4),
  badCrc: state('Messages with a bad CRC'),
  parseFail: state('Messages that were not understood'),
  badCell: state('Rejected cell voltages'),
  units: state('Units', '', 0, { metric: 'none' }),
  rank: state('Rank', '', 0, { metric: 'none' }),
  mcuId: state('Controller number', '', 0, { metric: 'none' }),
  ...today,
  /** At the mean current of the last minutes. */
  timeToEmpty: state('Time to empty', 's', 0, {
    computed: true,
    homeAssistant: { name: 'Time to empty', deviceClass: 'duration' },
  }),
  timeToFull: state('Time to full', 's', 0, {
    computed: true,
    homeAssistant: { name: 'Time to full', deviceClass: 'duration' },
  }),
} satisfies Record<string, QuantityForm>;

const solarCharger = {
  batteryVoltage: measured('Battery voltage', 'V', 1, {
    ...json,
    homeAssistant: { name: 'Battery voltage', deviceClass: 'voltage' },
  }),
  chargeCurrent: measured('Charging current', 'A', 2, {
    ...json,
    flow: { of: 'charge', way: 'in' },
    homeAssistant: { name: 'Charging current', deviceClass: 'current' },
  }),
  chargePower: measured('Charging power', 'W', 0, {
    ...json,
    main: 2,
    flow: { of: 'energy', way: 'in' },
    homeAssistant: { name: 'Charging power', deviceClass: 'power' },
  }),
  pvVoltage: measured('PV voltage', 'V', 1, {
    ...json,
    homeAssistant: { name: 'PV voltage', deviceClass: 'voltage' },
  }),
  pvPower: measured('PV power', 'W', 0, {
    ...json,
    main: 1,
    homeAssistant: { name: 'PV power', deviceClass: 'power' },
  }),
  pvCurrent: measured('PV current', 'A', 2, {
    ...json,
    homeAssistant: { name: 'PV current', deviceClass: 'current' },
  }),
  loadVoltage: measured('Load voltage', 'V', 1, {
    ...json,
    homeAssistant: { name: 'Load voltage', deviceClass: 'voltage' },
  }),
  loadCurrent: measured('Load current', 'A', 2, {
    ...json,
    flow: { of: 'charge', way: 'out' },
    homeAssistant: { name: 'Load current', deviceClass: 'current' },
  }),
  loadPower: measured('Load power', 'W', 0, {
    ...json,
    flow: { of: 'energy', way: 'out' },
    homeAssistant: { name: 'Load power', deviceClass: 'power' },
  }),
  stateOfCharge: measured('State of charge', '%', 0, {
    ...json,
    homeAssistant: { name: 'State of charge', deviceClass: 'battery' },
  }),
  controllerTemperature: measured('Controller', '°C', 0, {
    ...json,
    homeAssistant: { name: 'Controller', deviceClass: 'temperature' },
  }),
  batteryTemperature: measured('Battery', '°C', 0, {
    ...json,
    homeAssistant: { name: 'Battery', deviceClass: 'temperature' },
  }),
  maxPowerToday: state('Highest power today', 'W', 0, json),
  /** As the maker counts: in Wh. */
  chargedToday: state('Charged today', 'Wh', 0, json),
  dischargedToday: state('Discharged today', 'Wh', 0, json),
  chargedTotal: state('Charged in all', 'Wh', 0, {
    ...json,
    flow: { of: 'energy', way: 'in', counter: true },
    homeAssistant: { name: 'Charged in all', ...counted },
  }),
  dischargedTotal: state('Discharged in all', 'Wh', 0, {
    ...json,
    flow: { of: 'energy', way: 'out', counter: true },
    homeAssistant: { name: 'Discharged in all', ...counted },
  }),
  days: state('Days in use', 'd', 0, json),
  alarmBits: numbered('Alarms', 16, json),
  chargeMode: state('Charging mode'),
  loadSwitch: state('Load switch', '', 0, { switch: 'load' }),
  /** As the controller tells it: bit 7 is the switch, the others how bright a lamp is dimmed, in %. */
  loadStatus: state('Load status'),
  ratedChargeCurrent: state('Rated charging current', 'A'),
  ratedLoadCurrent: state('Rated load current', 'A'),
  systemVoltageMax: state('Highest system voltage', 'V'),
  systemVoltageMin: state('Lowest system voltage', 'V'),
  ...today,
} satisfies Record<string, QuantityForm>;

const meter = {
  // Meters tell binary fractions of seven digits: as many as a small current has behind the point.
  voltage: measured('Voltage', 'V', 6, {
    ...json,
    shown: 2,
    homeAssistant: { name: 'Voltage', deviceClass: 'voltage' },
  }),
  voltage2: measured('Second voltage', 'V', 6, {
    ...json,
    shown: 2,
    homeAssistant: { name: 'Second voltage', deviceClass: 'voltage' },
  }),
  current: measured('Current', 'A', 6, {
    ...json,
    ...currentBothWays,
    shown: 2,
    homeAssistant: { name: 'Current', deviceClass: 'current' },
  }),
  power: measured('Power', 'W', 6, {
    ...json,
    ...powerBothWays,
    shown: 1,
    main: 1,
    homeAssistant: { name: 'Power', deviceClass: 'power' },
  }),
  temperature: measured('Temperature', '°C', 4, {
    ...json,
    shown: 1,
    homeAssistant: { name: 'Temperature', deviceClass: 'temperature' },
  }),
  stateOfCharge: measured('State of charge', '%', 1, {
    ...json,
    homeAssistant: { name: 'State of charge', deviceClass: 'battery' },
  }),
  charge: state('Charge', 'Ah', 3, { ...json, flow: { of: 'charge', way: 'both', counter: true } }),
  energy: state('Energy', 'Wh', 3, { ...json, flow: { of: 'energy', way: 'both', counter: true } }),
  peakCurrent: state('Peak current', 'A', 4, { ...json, shown: 2 }),
  uptime: state('Uptime', 's', 0, json),
  ...today,
} satisfies Record<string, QuantityForm>;

/**
 * Every quantity that a device of a kind can have, in the order of tables and exports. Nothing else lists quantities. Cells
 * and temperatures by probe are lists beside these: `cellForm` and `probeForm`.
 */
export const quantities: { readonly [K in Kind]: Readonly<Record<string, QuantityForm>> } = {
  battery,
  'solar-charger': solarCharger,
  meter,
};

/** The name of a battery's quantity. */
export type BatteryQuantity = keyof typeof battery;
/** A battery's part of the table. */
export const batteryQuantities: Readonly<Record<BatteryQuantity, QuantityForm>> = battery;
/** The unit that screens and charts show it in, and how many of the usual unit that is. */
export function screenUnit(quantity: BatteryQuantity): LargeUnit {
  const { large, unit, glance } = batteryQuantities[quantity];
  return large ?? { unit, per: 1, decimals: glance };
}

/** The name of a solar charger's quantity. */
export type SolarChargerQuantity = keyof typeof solarCharger;
/** The name of a meter's quantity. */
export type MeterQuantity = keyof typeof meter;

/** Names of a kind's quantities that a list has even while they are unknown, in the order of the table. */
export function alwaysIn(list: QuantityList, kind: Kind): readonly string[] {
  return Object.entries(quantities[kind]).flatMap(([name, { always }]) =>
    always.includes(list) ? [name] : [],
  );
}

/** A sum that begins with zero each day. */
function total(label: string, unit: string, decimals: number, deviceClass?: string): QuantityForm {
  const homeAssistant = {
    name: label,
    ...(deviceClass !== undefined && { deviceClass }),
    stateClass: 'total_increasing',
  } as const;
  return state(label, unit, decimals, { computed: true, homeAssistant });
}

/** What packdial computes of a device of a kind, in the order of the table. */
export const computedQuantities = {
  battery: computedOf(batteryQuantities),
  'solar-charger': computedOf(solarCharger),
  meter: computedOf(meter),
} satisfies Record<Kind, readonly string[]>;

function computedOf(forms: Readonly<Record<string, QuantityForm>>): readonly string[] {
  return Object.keys(forms).filter((name) => forms[name]?.computed === true);
}

function byMain<Name extends string>(forms: Readonly<Record<Name, QuantityForm>>): readonly Name[] {
  const main = (name: Name): number => forms[name].main ?? Infinity;
  const names = (Object.keys(forms) as Name[]).filter((name) => main(name) < Infinity);
  return names.sort((a, b) => main(a) - main(b));
}

/** What a device of a kind is there for, the most important first. */
export const mainQuantities = {
  battery: byMain(batteryQuantities),
  'solar-charger': byMain<SolarChargerQuantity>(solarCharger),
  meter: byMain<MeterQuantity>(meter),
} satisfies Record<Kind, readonly string[]>;

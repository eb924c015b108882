import type { Kind } from './reading';

/** How a quantity is written, and how history keeps it. */
export interface QuantityForm {
  /** As it stands behind the number; empty for counts. */
  readonly unit: string;
  /** Digits behind the point in files, databases and JSON; a screen may show fewer. */
  readonly decimals: number;
  /** The same for people, where that is fewer. */
  readonly shown?: number;
  /** A few words for tables and exports. */
  readonly label: string;
  /**
   * What is kept of a span of time: of a measurement mean, least and most; of a state its last value; of flags every bit
   * that stood in it (bitwise or), by the names of the bits, bit 0 first.
   */
  readonly kept: 'measurement' | 'state' | { readonly flags: readonly string[] };
}

const measured = (label: string, unit: string, decimals: number, shown = decimals): QuantityForm => ({
  label,
  unit,
  decimals,
  shown,
  kept: 'measurement',
});
const state = (label: string, unit = '', decimals = 0, shown = decimals): QuantityForm => ({
  label,
  unit,
  decimals,
  shown,
  kept: 'state',
});

/** Bits of a JBD battery's protection word, bit 0 first: the names that JSON, history and alarms use. */
export const protectionFlags = [
  'cell-over-voltage',
  'cell-under-voltage',
  'pack-over-voltage',
  'pack-under-voltage',
  'charge-over-temperature',
  'charge-under-temperature',
  'discharge-over-temperature',
  'discharge-under-temperature',
  'charge-over-current',
  'discharge-over-current',
  'short-circuit',
  'front-end-error',
  'fet-locked',
  'charge-timeout',
  'bit-14',
  'bit-15',
] as const;

const bits = (label: string, count: number): QuantityForm => ({
  label,
  unit: '',
  decimals: 0,
  kept: { flags: Array.from({ length: count }, (_, bit) => `bit-${bit}`) },
});

const battery = {
  voltage: measured('Pack voltage', 'V', 3, 2),
  /** + charging, - discharging. */
  current: measured('Current', 'A', 3, 2),
  power: measured('Power', 'W', 1),
  stateOfCharge: measured('State of charge', '%', 1),
  /** Since full, nearly always negative (taken out). */
  ampHours: measured('Ampere-hours', 'Ah', 2),
  remainingCapacity: measured('Remaining capacity', 'Ah', 2),
  fullCapacity: state('Full capacity', 'Ah', 2),
  nominalCapacity: state('Nominal capacity', 'Ah', 2),
  cycles: state('Cycles'),
  stateOfHealth: state('State of health', '%', 3, 1),
  temperatureMax: measured('Hottest', '°C', 1),
  temperatureMin: measured('Coldest', '°C', 1),
  cellLow: measured('Lowest cell', 'V', 3),
  cellHigh: measured('Highest cell', 'V', 3),
  cellAverage: measured('Average cell', 'V', 3),
  /** Per cell: above it charging is cut off. */
  highCutoff: state('High cut-off', 'V', 3),
  /** Per cell: below it discharging is cut off. */
  lowCutoff: state('Low cut-off', 'V', 3),
  maxCells: state('Cells set up'),
  activeCells: state('Cells received'),
  frequencyShiftVolts: state('Frequency shift', 'V', 2),
  chargerAmps: measured('Charger', 'A', 1),
  /** 1 allowed, 0 switched off. */
  chargeSwitch: state('Charge switch'),
  dischargeSwitch: state('Discharge switch'),
  protection: { label: 'Protection', unit: '', decimals: 0, kept: { flags: protectionFlags } },
  /** Bits by cell, cell 1 first; only the first 32. */
  balancingCells: bits('Balancing cells', 32),
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
  units: state('Units'),
  rank: state('Rank'),
  mcuId: state('Controller number'),
} satisfies Record<string, QuantityForm>;

const solarCharger = {
  batteryVoltage: measured('Battery voltage', 'V', 1),
  chargeCurrent: measured('Charging current', 'A', 2),
  chargePower: measured('Charging power', 'W', 0),
  pvVoltage: measured('PV voltage', 'V', 1),
  pvPower: measured('PV power', 'W', 0),
  pvCurrent: measured('PV current', 'A', 2),
  loadVoltage: measured('Load voltage', 'V', 1),
  loadCurrent: measured('Load current', 'A', 2),
  loadPower: measured('Load power', 'W', 0),
  stateOfCharge: measured('State of charge', '%', 0),
  controllerTemperature: measured('Controller', '°C', 0),
  batteryTemperature: measured('Battery', '°C', 0),
  maxPowerToday: state('Highest power today', 'W'),
  /** As the maker counts: in Wh. */
  chargedToday: state('Charged today', 'Wh'),
  dischargedToday: state('Discharged today', 'Wh'),
  chargedTotal: state('Charged in all', 'Wh'),
  dischargedTotal: state('Discharged in all', 'Wh'),
  days: state('Days in use', 'd'),
  alarmBits: bits('Alarms', 16),
  chargeMode: state('Charging mode'),
  loadSwitch: state('Load switch'),
  ratedChargeCurrent: state('Rated charging current', 'A'),
  ratedLoadCurrent: state('Rated load current', 'A'),
  systemVoltageMax: state('Highest system voltage', 'V'),
  systemVoltageMin: state('Lowest system voltage', 'V'),
} satisfies Record<string, QuantityForm>;

const meter = {
  // Meters tell binary fractions of seven digits: as many as a small current has behind the point.
  voltage: measured('Voltage', 'V', 6, 2),
  voltage2: measured('Second voltage', 'V', 6, 2),
  current: measured('Current', 'A', 6, 2),
  power: measured('Power', 'W', 6, 1),
  temperature: measured('Temperature', '°C', 4, 1),
  stateOfCharge: measured('State of charge', '%', 1),
  charge: state('Charge', 'Ah', 3),
  energy: state('Energy', 'Wh', 3),
  peakCurrent: state('Peak current', 'A', 4, 2),
  uptime: state('Uptime', 's'),
} satisfies Record<string, QuantityForm>;

/**
 * Every quantity that a device of a kind can have, in the order of tables and exports. Nothing else lists quantities. Cells
 * and temperatures by probe are lists beside these.
 */
export const quantities: { readonly [K in Kind]: Readonly<Record<string, QuantityForm>> } = {
  battery,
  'solar-charger': solarCharger,
  meter,
};

/** The name of a battery's quantity. */
export type BatteryQuantity = keyof typeof battery;
/** The name of a solar charger's quantity. */
export type SolarChargerQuantity = keyof typeof solarCharger;
/** The name of a meter's quantity. */
export type MeterQuantity = keyof typeof meter;

/** Those that JSON always names for a device of the kind, as null while they are unknown. */
export const commonQuantities: { readonly [K in Kind]: readonly string[] } = {
  battery: [
    'voltage',
    'current',
    'power',
    'stateOfCharge',
    'remainingCapacity',
    'fullCapacity',
    'nominalCapacity',
    'cycles',
    'stateOfHealth',
    'cellLow',
    'cellHigh',
    'cellAverage',
    'temperatureMax',
    'temperatureMin',
  ] satisfies BatteryQuantity[],
  'solar-charger': [
    'batteryVoltage',
    'chargeCurrent',
    'chargePower',
    'pvVoltage',
    'pvPower',
    'pvCurrent',
    'loadVoltage',
    'loadCurrent',
    'loadPower',
    'stateOfCharge',
    'controllerTemperature',
    'batteryTemperature',
    'maxPowerToday',
    'chargedToday',
    'dischargedToday',
    'chargedTotal',
    'dischargedTotal',
    'days',
    'alarmBits',
  ] satisfies SolarChargerQuantity[],
  meter: Object.keys(meter),
};

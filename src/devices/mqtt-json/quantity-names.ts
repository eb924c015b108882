import type { Kind } from '../../model/reading';

/** What of each kind's quantities may come from elsewhere; `cells` and `temperatures` are lists. */
const names: Readonly<Record<Kind, readonly string[]>> = {
  battery: [
    ...['voltage', 'current', 'power', 'stateOfCharge', 'ampHours', 'remainingCapacity', 'fullCapacity'],
    ...['nominalCapacity', 'cycles', 'stateOfHealth', 'cellLow', 'cellHigh', 'cellAverage', 'cells'],
    ...['temperatureMin', 'temperatureMax', 'temperatures', 'humidity', 'chargerAmps'],
    ...['highCutoff', 'lowCutoff', 'chargeSwitch', 'dischargeSwitch'],
  ],
  'solar-charger': [
    ...['batteryVoltage', 'chargeCurrent', 'chargePower', 'pvVoltage', 'pvPower', 'pvCurrent'],
    ...['loadVoltage', 'loadCurrent', 'loadPower', 'stateOfCharge', 'controllerTemperature'],
    ...['batteryTemperature', 'maxPowerToday', 'chargedToday', 'dischargedToday', 'chargedTotal'],
    ...['dischargedTotal', 'loadSwitch'],
  ],
  meter: [
    ...['voltage', 'voltage2', 'current', 'power', 'temperature', 'stateOfCharge', 'charge', 'energy'],
    ...['peakCurrent', 'uptime'],
  ],
};
const all = [...new Set(Object.values(names).flat())];

/** What can be told of a device of a kind, or of any. */
export function quantityNames(kind?: Kind): readonly string[] {
  return kind === undefined ? all : names[kind];
}

/** True for what can be told of a device of a kind. */
export function isQuantityOf(kind: Kind, name: string): boolean {
  return names[kind].includes(name);
}

/** Quantities whose sign `invert` turns round. */
export const signedQuantities: Readonly<Record<Kind, readonly string[]>> = {
  battery: ['current', 'power'],
  'solar-charger': [],
  meter: ['current', 'power', 'charge', 'energy'],
};

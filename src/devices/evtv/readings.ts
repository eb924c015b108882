import type { AgedReading, Reading } from '../../model/reading';
import { moduleBmsState } from './module-bms';
import { cellsPerModule, type BatteryMeasurement, type BatteryMessage } from './measurement';

/** ms between two messages as long as the controller has not shown its own habit. Limits and set points change rarely. */
const nominalPeriods: Readonly<Record<BatteryMessage, number>> = {
  '0x150': 1000,
  '0x151': 1000,
  '0x650': 1000,
  '0x651': 1000,
  '0x652': 5000,
  '0x683': 5000,
  '0x68F': 1000,
};

/** ms for which the finer current and power of 0x151 are preferred to those that follow from 0x150. */
const fineCurrentLimit = 5000;
const wholeAmperes = { current: 1 } as const;

/** What an EVTV controller's own names are in the house. */
const names = {
  packCurrent: 'current',
  fineCurrent: 'current',
  packVoltage: 'voltage',
  finePower: 'power',
} as const;

type Numbers = Omit<BatteryMeasurement, 'message' | 'module' | 'fault' | 'contactors'>;

/**
 * What one message of an EVTV controller said, as a reading. Its group is the message's id.
 *
 * @param at when it was received, monotonic ms @param device the battery's name within the site
 */
export function evtvReading(measurement: BatteryMeasurement, at: number, device = 'battery'): Reading {
  return { device, at, ...whatIsTold(measurement) };
}

/** The same without device and time. */
export function whatIsTold(measurement: BatteryMeasurement): AgedReading['reading'] {
  const { message, module, fault, contactors, ...numbers } = measurement;
  const base = { group: message, period: nominalPeriods[message] };
  if (module !== undefined) {
    const cells = {
      first: module.index * cellsPerModule,
      total: module.total * cellsPerModule,
      perModule: cellsPerModule,
      volts: module.voltages,
    };
    return { ...base, values: {}, cells };
  }
  const values: Record<string, number> = {};
  let key: keyof Numbers;
  for (key in numbers) {
    const value = numbers[key];
    if (value !== undefined) values[key in names ? names[key as keyof typeof names] : key] = value;
  }
  if (fault !== undefined || contactors !== undefined) {
    const { values: switches, ...told } = moduleBmsState({
      ...(fault !== undefined && { fault }),
      ...(contactors !== undefined && { contactors }),
    });
    return { ...base, values: { ...values, ...switches }, ...told };
  }
  if (message === '0x150') return { ...base, values, resolution: wholeAmperes };
  return message === '0x151' ? { ...base, values, preferred: fineCurrentLimit } : { ...base, values };
}

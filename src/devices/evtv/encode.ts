import { cellsPerModule, type BatteryMeasurement, type ModuleVoltages } from './measurement';
import { dataFrame, type CanFrame } from '../../protocol/can-frame';
import {
  evtvMessages,
  moduleMessage,
  type EvtvMessage,
  type EvtvOptions,
  type NumericField,
} from './messages';
import { wireLimits, writeNumber } from '../../protocol/little-endian';

// The other half of decode.ts, for simulators, tests and gateways. Values are in the units of BatteryMeasurement and
// are cut, not rounded, as the manual's examples are (48.76 V is sent as 487); one that a field can't hold is sent as
// the nearest that it can. All functions throw a RangeError for a value that is not a finite number.

type Values<K extends NumericField> = { readonly [P in K]-?: NonNullable<BatteryMeasurement[P]> };

/** 0x150: A, V, Ah and °C. */
export function encodePack(
  values: Values<'packCurrent' | 'packVoltage' | 'ampHours' | 'temperatureMax' | 'temperatureMin'>,
  options: EvtvOptions = {},
): CanFrame {
  return encodeFields(evtvMessages.pack, values, options);
}

/** 0x151: A and W in hundredths. */
export function encodeFinePower(
  values: Values<'fineCurrent' | 'finePower'>,
  options: EvtvOptions = {},
): CanFrame {
  return encodeFields(evtvMessages.finePower, values, options);
}

/** 0x650: %, in halves. */
export function encodeStateOfCharge(values: Values<'stateOfCharge'>): CanFrame {
  return encodeFields(evtvMessages.stateOfCharge, values);
}

/** 0x651: V; eight bytes long when the two counts are given, else six as the manual has it. */
export function encodeCellSummary(
  values:
    | Values<'cellLow' | 'cellHigh' | 'cellAverage'>
    | Values<'cellLow' | 'cellHigh' | 'cellAverage' | 'maxCells' | 'activeCells'>,
): CanFrame {
  return encodeFields(evtvMessages.cellSummary, values);
}

/** 0x652: V per cell, in tenths. */
export function encodeCutoffs(values: Values<'highCutoff' | 'lowCutoff'>): CanFrame {
  return encodeFields(evtvMessages.cutoffs, values);
}

/** 0x683: V in hundredths and A in tenths. */
export function encodeSetPoints(values: Values<'frequencyShiftVolts' | 'chargerAmps'>): CanFrame {
  return encodeFields(evtvMessages.setPoints, values);
}

/** 0x68F: six cells of 2.00..4.55 V; a missing cell is sent as 2 V, the lowest there is. */
export function encodeModule(module: ModuleVoltages): CanFrame {
  const data = new Uint8Array(moduleMessage.length);
  data[0] = clamp(module.index, 'u8');
  data[1] = clamp(module.total, 'u8');
  for (let cell = 0; cell < cellsPerModule; cell++) {
    const hundredths = truncated(module.voltages[cell] ?? 0, moduleMessage.perUnit);
    data[moduleMessage.firstCell + cell] = clamp(hundredths - moduleMessage.base, 'u8');
  }
  return dataFrame(moduleMessage.id, data);
}

function encodeFields(
  message: EvtvMessage,
  values: { readonly [K in NumericField]?: number },
  options: EvtvOptions = {},
): CanFrame {
  const extra = message.fields.some((field) => field.optional === true && values[field.key] !== undefined);
  const data = new Uint8Array(extra ? 8 : message.length);
  for (const field of message.fields) {
    const value = values[field.key];
    if (value === undefined) continue;
    const turned = field.turnedBy !== undefined && options[field.turnedBy] === true;
    const type = field.temperature === true && options.signedTemperatures === true ? 's8' : field.type;
    writeNumber(data, field.offset, type, clamp(truncated(turned ? -value : value, field.perUnit), type));
  }
  return dataFrame(message.id, data);
}

/** Cut towards zero, but not for the noise of binary fractions: 0.29 V is 29 hundredths though 0.29 * 100 is less. */
function truncated(value: number, perUnit: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} can't be sent: it is not a finite number`);
  const scaled = value * perUnit;
  const nearest = Math.round(scaled);
  return Math.abs(scaled - nearest) < 1e-6 ? nearest : Math.trunc(scaled);
}

function clamp(value: number, type: keyof typeof wireLimits): number {
  const [lowest, highest] = wireLimits[type];
  return Math.min(Math.max(value, lowest), highest);
}

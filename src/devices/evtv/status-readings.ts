import type { AgedReading } from '../../model/reading';
import type { BatteryMessage } from './measurement';
import { whatIsTold } from './readings';
import type { StatusMessage } from '../../protocol/mqtt/status-message';

/** s below which a sender prefers the fine current and power. */
const fineLimit = 5;

/**
 * What a CompleteStatus says, as if its messages had been heard one by one: each value with the age of the message that it
 * came in. What has no age is not known to be true at any time, and is left out.
 */
export function statusReadings(status: StatusMessage): AgedReading[] {
  const readings: AgedReading[] = [];
  const tell = (
    message: Exclude<BatteryMessage, '0x68F'>,
    values: Readonly<Record<string, number | null>>,
  ): void => {
    const age = status.age[message] ?? null;
    const known = Object.entries(values).filter(([, value]) => value !== null);
    if (age === null || known.length === 0) return;
    readings.push({ reading: whatIsTold({ message, ...Object.fromEntries(known) }), age: age * 1000 });
  };
  const fineAge = status.age['0x151'] ?? null;
  // The sender tells one current and one power: the fine ones while they are young.
  const fine = fineAge !== null && fineAge < fineLimit;
  const coarseAge = status.age['0x150'] ?? null;
  tell('0x150', {
    packCurrent: fine ? null : status.packCurrent,
    // Without the pack message it is worked out from the fine values, here as there.
    packVoltage: coarseAge === null ? null : status.packVoltage,
    ampHours: status.ampHours,
    temperatureMax: status.tempMax,
    temperatureMin: status.tempMin,
  });
  if (fine) tell('0x151', { fineCurrent: status.packCurrent, finePower: status.packPower });
  tell('0x650', { stateOfCharge: status.soc });
  tell('0x651', {
    cellLow: status.cellLow,
    cellHigh: status.cellHigh,
    cellAverage: status.cellAverage,
    maxCells: status.maxCells,
    activeCells: status.activeCells,
  });
  tell('0x652', { highCutoff: status.highCutoff, lowCutoff: status.lowCutoff });
  tell('0x683', { frequencyShiftVolts: status.freqShiftVolts, chargerAmps: status.chargerAmps });
  return [...readings, ...moduleReadings(status)];
}

function moduleReadings({ modules, cells, age }: StatusMessage): AgedReading[] {
  const total = modules ?? cells.length;
  return cells.flatMap((voltages, index): AgedReading[] => {
    const seconds = age['0x68F'][index] ?? null;
    if (voltages === null || seconds === null || index >= total) return [];
    const measurement = { message: '0x68F', module: { index, total, voltages } } as const;
    return [{ reading: whatIsTold(measurement), age: seconds * 1000 }];
  });
}

import { Battery } from '../../../src/model/battery';
import { evtvReading } from '../../../src/devices/evtv/readings';

/** An EVTV battery of twelve cells that has told everything it can, heard at 900 ms, the first module's cells at 700 ms. */
export function fullBattery(name = 'battery'): Battery {
  const battery = new Battery(name);
  const cells = [
    [3.41, 3.42, 3.43, 3.44, 3.45, 3.46],
    [3.51, 3.52, 3.53, 3.54, 3.55, 3.56],
  ];
  for (const [index, voltages] of cells.entries())
    battery.apply(
      evtvReading({ message: '0x68F', module: { index, total: 2, voltages } }, 700 + 200 * index, name),
    );
  const messages: Parameters<typeof evtvReading>[0][] = [
    {
      message: '0x150',
      packCurrent: -34,
      packVoltage: 41.1,
      ampHours: -139.7,
      temperatureMax: 36,
      temperatureMin: 31,
    },
    { message: '0x151', fineCurrent: -34.21, finePower: -1406.03 },
    { message: '0x650', stateOfCharge: 11.5 },
    {
      message: '0x651',
      cellLow: 3.412,
      cellHigh: 3.561,
      cellAverage: 3.485,
      maxCells: 12,
      activeCells: 12,
    },
    { message: '0x652', highCutoff: 4.1, lowCutoff: 3 },
    { message: '0x683', frequencyShiftVolts: 390.25, chargerAmps: 20.5 },
  ];
  for (const message of messages) battery.apply(evtvReading(message, 900, name));
  return battery;
}

import { Device } from '../../../src/model/device';
import { computedQuantities, quantities } from '../../../src/model/quantities';
import { evtvReading } from '../../../src/devices/evtv/readings';
import { Battery } from '../../../src/model/battery';
import { pastQuantities, sampleDevice } from '../../../src/model/history/device-sample';
import { canBeKept, cellQuantities, keptForm, usualQuantities } from '../../../src/model/history/quantities';

function value(battery: Battery, name: string, now: number): number | undefined {
  const sample = sampleDevice(battery, 'battery', now);
  return sample?.values[sample.names.indexOf(name)];
}

test('every value of a battery is in its sample, the cells by their numbers from 1', () => {
  const battery = new Battery('battery');
  battery.apply(
    evtvReading(
      {
        message: '0x150',
        packCurrent: -12,
        packVoltage: 350.4,
        ampHours: -20.5,
        temperatureMax: 31,
        temperatureMin: 28,
      },
      0,
    ),
  );
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 81.5, maxCells: 12, activeCells: 12 }, 0));
  battery.apply(evtvReading({ message: '0x651', cellLow: 3.61, cellHigh: 3.68, cellAverage: 3.65 }, 0));
  battery.apply(
    evtvReading(
      { message: '0x652', highCutoff: 4.1, lowCutoff: 3, frequencyShiftVolts: 390, chargerAmps: 20 },
      0,
    ),
  );
  const voltages = [3.6, 3.61, 3.62, 3.63, 3.64, 3.65];
  battery.apply(evtvReading({ message: '0x68F', module: { index: 1, total: 2, voltages } }, 0));
  const sample = sampleDevice(battery, 'roof', 100)!;
  expect(sample.device).toBe('roof');
  const known = Object.fromEntries(
    sample.names.flatMap((name, i) => (Number.isNaN(sample.values[i]!) ? [] : [[name, sample.values[i]]])),
  );
  expect(known).toMatchObject({
    voltage: 350.4,
    current: -12,
    power: -12 * 350.4,
    ampHours: -20.5,
    temperatureMax: 31,
    temperatureMin: 28,
    stateOfCharge: 81.5,
    maxCells: 12,
    activeCells: 12,
    cellLow: 3.61,
    cellHigh: 3.68,
    cellAverage: 3.65,
    highCutoff: 4.1,
    lowCutoff: 3,
    frequencyShiftVolts: 390,
    chargerAmps: 20,
    cell7: 3.6,
    cell12: 3.65,
  });
  expect(Object.keys(known)).toHaveLength(usualQuantities.length + 6);
});

test('what is not fresh is not recorded: null, not the last value again', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x150', packVoltage: 350 }, 0));
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 80 }, 2000));
  expect(value(battery, 'voltage', 2500)).toBe(350);
  expect(value(battery, 'voltage', 3500)).toBeNaN();
  expect(value(battery, 'stateOfCharge', 3500)).toBe(80);
  expect(sampleDevice(battery, 'battery', 60_000)).toBeUndefined();
  expect(sampleDevice(new Battery('new'), 'new', 0)).toBeUndefined();
});

test('the names stay the same array, so that they need not be compared', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x150', packVoltage: 350 }, 0));
  expect(sampleDevice(battery, 'a', 0)!.names).toBe(sampleDevice(battery, 'a', 1)!.names);
});

test('a quantity that nobody knows is kept as a measurement', () => {
  expect(keptForm('battery', 'toString')).toEqual({ kind: 'measurement', decimals: 3 });
  expect(keptForm('battery', 'cell240').decimals).toBe(3);
  for (const name of ['toString', 'cell241', 'cell0', 'temperature0', 'pvPower'])
    expect(canBeKept('battery', name)).toBe(false);
  expect(canBeKept('meter', 'cell1')).toBe(false);
});

test('a quantity is kept as the table of the device’s own kind has it, whichever other kinds share the name', () => {
  expect(keptForm('battery', 'voltage')).toEqual({ kind: 'measurement', decimals: 3 });
  expect(keptForm('meter', 'voltage')).toEqual({ kind: 'measurement', decimals: 6 });
  expect(keptForm('solar-charger', 'stateOfCharge')).toEqual({ kind: 'measurement', decimals: 0 });
  expect(keptForm('battery', 'protection').kind).toBe('flags');
});

test('the past of an EVTV battery has the names that it always had; a meter’s those of its kind', () => {
  const usual =
    'voltage current power stateOfCharge ampHours temperatureMax temperatureMin cellAverage cellLow cellHigh ' +
    'chargerAmps maxCells activeCells highCutoff lowCutoff frequencyShiftVolts';
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x150', packVoltage: 350 }, 0));
  expect(pastQuantities(battery)).toEqual([...usual.split(' '), ...cellQuantities]);
  const meter = new Device('shunt', 'meter');
  const told = Object.keys(quantities.meter).filter((name) => !computedQuantities.meter.includes(name));
  expect(pastQuantities(meter)).toEqual(told);
  expect(told).not.toContain('energyInToday');
  expect(canBeKept('meter', 'energyInToday')).toBe(false);
  meter.apply({ device: 'shunt', at: 0, group: 'a', period: 1000, values: {}, temperatures: [20] });
  expect(pastQuantities(meter)).toContain('temperature1');
});

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

test('each probe has its own place, before the cells', () => {
  const battery = new Battery('house');
  const cells = { first: 0, total: 2, volts: [3.3, 3.4] };
  battery.apply({
    device: '',
    at: 0,
    group: 'a',
    period: 1000,
    values: {},
    temperatures: [20, undefined, 22],
    cells,
  });
  expect(['temperature1', 'temperature2', 'temperature3', 'cell1'].map((n) => value(battery, n, 0))).toEqual([
    20,
    NaN,
    22,
    3.3,
  ]);
});

test('the names follow what is told, also where their number stays the same', () => {
  const battery = new Battery('house');
  const parts = { device: '', group: 'a', period: 1000 };
  const last = (now: number): string | undefined => sampleDevice(battery, 'house', now)?.names.at(-1);
  battery.apply({ ...parts, at: 0, values: { voltage: 13 }, temperatures: [20] });
  expect(last(0)).toBe('temperature1');
  battery.apply({ ...parts, at: 1, values: { voltage: 13, cycles: 4 }, temperatures: [] });
  expect([last(1), value(battery, 'cycles', 1)]).toEqual(['cycles', 4]);
  battery.apply({ ...parts, at: 2, values: { voltage: 13, cycles: 4 }, temperatures: [20] });
  expect(last(2)).toBe('temperature1');
  const cells = { first: 0, total: 1, volts: [3.3] };
  battery.apply({ ...parts, at: 3, values: { voltage: 13, cycles: 4 }, temperatures: [], cells });
  expect([last(3), value(battery, 'cell1', 3)]).toEqual(['cell1', 3.3]);
  battery.apply({
    ...parts,
    at: 3,
    values: {},
    temperatures: [20],
    cells: { first: 0, total: 0, volts: [] },
  });
  expect([last(3), value(battery, 'temperature1', 3)]).toEqual(['temperature1', 20]);
  // A probe less and a cell more, and the other way round.
  const more = { ...cells, total: 2, volts: [3.3, 3.4] };
  battery.apply({ ...parts, at: 4, values: { voltage: 13 }, temperatures: [20, 21], cells });
  expect(value(battery, 'temperature2', 4)).toBe(21);
  battery.apply({ ...parts, at: 5, values: { voltage: 13 }, temperatures: [20], cells: more });
  expect([last(5), value(battery, 'cell1', 5), value(battery, 'cell2', 5)]).toEqual(['cell2', 3.3, 3.4]);
  battery.apply({ ...parts, at: 6, values: { voltage: 13 }, temperatures: [20, 21], cells });
  expect([last(6), value(battery, 'temperature2', 6), value(battery, 'cell1', 6)]).toEqual([
    'cell1',
    21,
    3.3,
  ]);
});

test('probes and cells are kept under their own names, and under no similar ones', () => {
  for (const name of ['temperature1', 'temperature9', 'temperature12', 'cell1', 'cell240', 'voltage'])
    expect([name, canBeKept('battery', name)]).toEqual([name, true]);
  for (const name of ['xtemperature1', 'temperature1x', 'temperature', 'temperaturex', 'cell1x'])
    expect([name, canBeKept('battery', name)]).toEqual([name, false]);
  expect(canBeKept('meter', 'temperature1')).toBe(true);
});

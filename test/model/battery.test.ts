import { evtvReading } from '../../src/devices/evtv/readings';
import { Battery } from '../../src/model/battery';

const now = 100_000;

test('nothing is known of a battery that was not heard', () => {
  const battery = new Battery('battery');
  expect(battery.current(now)).toEqual({ value: undefined, age: Infinity, freshness: 'lost' });
  expect(battery.power(now).value).toBeUndefined();
  expect(battery.flow(now)).toBeUndefined();
  expect(battery.cellAverage(now).value).toBeUndefined();
  expect(battery.age(now)).toBe(Infinity);
});

test('S0.16: power is voltage times current where it is not told, with the age of the older', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x150', packCurrent: -34, packVoltage: 41.1 }, now - 4000));
  battery.apply(evtvReading({ message: '0x151', fineCurrent: -34.2 }, now));
  const power = battery.power(now);
  expect(power.value).toBeCloseTo(-34.2 * 41.1, 6);
  expect(power.age).toBe(4000);
  expect(power.freshness).toBe('late');
});

test('power that is told is believed while it is younger than five seconds', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x151', fineCurrent: 10.5, finePower: 500.25 }, now));
  battery.apply(evtvReading({ message: '0x150', packCurrent: 10, packVoltage: 48 }, now + 4000));
  expect(battery.power(now + 4999).value).toBe(500.25);
  expect(battery.power(now + 5000).value).toBe(480);
});

test('the fine current is preferred while it is younger than five seconds, then the coarse one', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x151', fineCurrent: 25 }, now));
  for (let second = 0; second <= 6; second++) {
    battery.apply(evtvReading({ message: '0x150', packCurrent: 24 }, now + second * 1000));
  }
  expect(battery.current(now + 4999).value).toBe(25);
  expect(battery.currentIsFine(now + 4999)).toBe(true);
  expect(battery.current(now + 5000).value).toBe(24);
  expect(battery.currentIsFine(now + 5000)).toBe(false);
});

test('the voltage follows from fine power and current where 0x150 is not sent, and from no current it does not', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x151', fineCurrent: 10, finePower: 480 }, now));
  expect(battery.voltage(now).value).toBe(48);
  battery.apply(evtvReading({ message: '0x151', fineCurrent: 0, finePower: 0 }, now));
  expect(battery.voltage(now).value).toBeUndefined();
});

test('fine power and current with signs that contradict each other say nothing about the voltage', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x151', fineCurrent: 10, finePower: -3971 }, now));
  expect(battery.voltage(now).value).toBeUndefined();
});

test('what a message told once and tells no more is not known any more', () => {
  const battery = new Battery('battery');
  battery.apply(
    evtvReading({ message: '0x651', cellLow: 3.9, cellHigh: 4, maxCells: 96, activeCells: 94 }, now),
  );
  expect(battery.quantity('maxCells', now).value).toBe(96);
  const { changes } = battery;
  battery.apply(evtvReading({ message: '0x651', cellLow: 3.9, cellHigh: 4 }, now + 1000));
  expect(battery.quantity('maxCells', now + 1000)).toMatchObject({ value: undefined, freshness: 'lost' });
  expect(battery.quantity('cellLow', now + 1000).value).toBe(3.9);
  expect(battery.changes).toBe(changes + 2);
});

test('no current is no power, and neither has a sign', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x150', packCurrent: 0, packVoltage: 48 }, now));
  expect(Object.is(battery.power(now).value, 0)).toBe(true);
  expect(battery.flow(now)).toBe('idle');
});

test('a lost value is unknown, not what it was', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 77.5 }, now));
  expect(battery.quantity('stateOfCharge', now + 9999)).toEqual({
    value: 77.5,
    age: 9999,
    freshness: 'late',
  });
  expect(battery.quantity('stateOfCharge', now + 10_000)).toEqual({
    value: undefined,
    age: 10_000,
    freshness: 'lost',
  });
});

test('limits are sent rarely and believed longer', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x652', lowCutoff: 3.2, highCutoff: 4.2 }, now));
  expect(battery.quantity('lowCutoff', now + 14_000).freshness).toBe('fresh');
  expect(battery.quantity('lowCutoff', now + 50_000).freshness).toBe('lost');
});

test('mean, lowest and highest cell follow from the single cells where 0x651 is not sent', () => {
  const battery = new Battery('battery');
  battery.apply(
    evtvReading(
      { message: '0x68F', module: { index: 0, total: 1, voltages: [3.4, 3.5, 3.6, 3.5, 3.5, 3.5] } },
      now,
    ),
  );
  expect(battery.cellAverage(now).value).toBeCloseTo(3.5, 9);
  expect(battery.cellLow(now).value).toBe(3.4);
  expect(battery.cellHigh(now).value).toBe(3.6);
});

test('the same values again are no change, other ones are', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 50 }, now));
  const before = battery.changes;
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 50 }, now + 1000));
  expect(battery.changes).toBe(before);
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 50.5 }, now + 2000));
  expect(battery.changes).toBe(before + 1);
});

test('a value that is no number is left out', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: NaN }, now));
  expect(battery.quantity('stateOfCharge', now).value).toBeUndefined();
});

test('half an ampere is a flow, less is none', () => {
  const flowOf = (current: number): string | undefined => {
    const battery = new Battery('battery');
    battery.apply({ device: 'battery', at: now, group: 'all', period: 1000, values: { current } });
    return battery.flow(now);
  };
  expect([20, 0.5, 0.49, -0.49, -0.5, -20].map(flowOf)).toEqual([
    'charging',
    'charging',
    'idle',
    'idle',
    'discharging',
    'discharging',
  ]);
});

test('a current that is not known is not fine', () => {
  const battery = new Battery('battery');
  expect(battery.currentIsFine(now)).toBe(false);
  battery.apply(evtvReading({ message: '0x151', fineCurrent: 25 }, now));
  expect([battery.currentIsFine(now), battery.currentIsFine(now + 20_000)]).toEqual([true, false]);
});

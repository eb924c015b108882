import { evtvReading } from '../../src/devices/evtv/readings';
import { Battery } from '../../src/model/battery';
import { freshValues } from '../../src/model/log-values';

test('the log goes on with the coarse current in the seconds in which the fine one is late', () => {
  const battery = new Battery('battery');
  const lines: (readonly [number | undefined, number | undefined])[] = [];
  for (let second = 0; second <= 8; second++) {
    const now = second * 1000;
    battery.apply(evtvReading({ message: '0x150', packCurrent: -34, packVoltage: 40 }, now));
    if (second <= 2)
      battery.apply(evtvReading({ message: '0x151', fineCurrent: -34.25, finePower: -1370 }, now));
    const { current, power } = freshValues(battery, now) ?? {};
    lines.push([current, power]);
  }
  for (const [current, power] of lines) {
    if (current === -34.25) expect(power).toBe(-1370);
    else expect([current, power]).toEqual([-34, -1360]);
  }
  expect(lines.filter(([current]) => current === -34).length).toBeGreaterThanOrEqual(3);
});

test('nothing is written of a battery that is not heard', () => {
  expect(freshValues(new Battery('battery'), 0)).toBeUndefined();
});

test('a line has all six values', () => {
  const battery = new Battery('battery');
  const values = {
    stateOfCharge: 80,
    voltage: 40,
    current: -2,
    power: -81,
    ampHours: -20,
    temperatureMax: 31,
    temperatureMin: 20,
  };
  battery.apply({ device: 'battery', at: 0, group: 'all', period: 1000, values });
  expect(freshValues(battery, 0)).toEqual({
    stateOfCharge: 80,
    voltage: 40,
    current: -2,
    power: -81,
    ampHours: -20,
    temperature: 31,
  });
});

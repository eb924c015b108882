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

import { Battery } from '../../src/model/battery';
import { OppositeCurrents } from '../../src/model/opposite-currents';

/** Two groups tell their currents each second; returns whether the answer changed at any of them. */
function run() {
  const currents = new OppositeCurrents();
  let now = 1_000_000;
  const tell = (group: string, amperes: number): boolean => currents.note(group, amperes, now);
  return {
    tell,
    pass: (ms: number): void => {
      now += ms;
    },
    live: (seconds: number, coarse: number, fine: number): number => {
      let changes = 0;
      for (let i = 0; i < seconds; i++) {
        now += 1000;
        changes += Number(tell('coarse', coarse)) + Number(tell('fine', fine));
      }
      return changes;
    },
    between: () => {
      const found = currents.between(now);
      return found && Object.fromEntries(found);
    },
  };
}

test('two messages that tell opposite currents for ten seconds are told, with what each says', () => {
  const { live, between } = run();
  expect(live(10, 20, -20.4)).toBe(0);
  expect(between()).toBeUndefined();
  expect(live(1, 20, -20.4)).toBe(1);
  expect(between()).toEqual({ coarse: 20, fine: -20.4 });
  expect(live(60, 21, -21.4)).toBe(0);
  expect(between()).toEqual({ coarse: 21, fine: -21.4 });
});

test('currents that agree, either way, are not opposite', () => {
  const { live, between } = run();
  expect(live(30, -20, -20.4)).toBe(0);
  expect(live(30, 20, 20.4)).toBe(0);
  expect(between()).toBeUndefined();
});

test('a turn of the current is no opposition, as one message is always a little behind the other', () => {
  const { live, between } = run();
  for (let i = 0; i < 10; i++) {
    live(5, 20, -20);
    live(2, -20, -20);
  }
  expect(between()).toBeUndefined();
});

test('around zero a current has no sign: 2 A say nothing', () => {
  const { live, between } = run();
  live(60, 2, -20);
  live(60, 20, -2);
  live(60, -2, 2);
  expect(between()).toBeUndefined();
});

test('it stands through a night without current, until both have had the same sign for ten seconds', () => {
  const { live, between } = run();
  live(20, 20, -20);
  live(3600, 0, 0);
  expect(between()).toEqual({ coarse: 0, fine: 0 });
  expect(live(10, 20, 20)).toBe(0);
  expect(between()).toEqual({ coarse: 20, fine: 20 });
  expect(live(1, 20, 20)).toBe(1);
  expect(between()).toBeUndefined();
});

test('a message that has not come for five seconds is compared with nothing', () => {
  const { tell, pass, live, between } = run();
  tell('fine', -20);
  for (let i = 0; i < 30; i++) {
    pass(1000);
    tell('coarse', 20);
  }
  expect(between()).toBeUndefined();
  live(20, 20, -20);
  expect(between()).toBeDefined();
  pass(4999);
  expect(between()).toBeDefined();
  pass(1);
  expect(between()).toBeUndefined();
});

test('one message alone, of however many there were, has nobody to contradict it', () => {
  const { live, tell, pass, between } = run();
  live(3, 20, 20);
  for (let i = 0; i < 30; i++) {
    pass(6000);
    expect(tell('coarse', i % 2 === 0 ? 20 : -20)).toBe(false);
  }
  expect(between()).toBeUndefined();
});

test('a battery that has found it counts a change, and its ampere-hours follow the current that is shown', () => {
  const battery = new Battery('house');
  const tell = (at: number): void => {
    const parts = { device: 'house', at, period: 1000 };
    battery.apply({ ...parts, group: 'fine', values: { current: 20.4 }, preferred: 5000 });
    battery.apply({ ...parts, group: 'coarse', values: { current: -20, ampHours: 30 } });
  };
  for (let s = 0; s < 10; s++) tell(s * 1000);
  expect(battery.ampHours(9000).value).toBe(30);
  const { changes } = battery;
  tell(10_000);
  expect(battery.changes).toBe(changes + 1);
  expect(battery.ampHours(10_000).value).toBe(-30);
});

import { CounterLine } from '../../../src/model/energy/counter-line';
import { ValueLine } from '../../../src/model/energy/value-line';
import type { Quantity } from '../../../src/model/freshness';

const minute = 60_000;
const hour = 60 * minute;
const start = 10 * hour;
const told = (value: number, age = 0): Quantity => ({ value, age, freshness: 'fresh' });

test('a counter that stands still has counted nothing, and that is known', () => {
  const line = new CounterLine(false);
  line.look(start, told(1000));
  expect(line.look(start + hour, told(1000))).toEqual({ from: start, to: start + hour, first: 0, last: 0 });
});

test('a counter that only rises has been reset where it is less than before: nothing has flowed back', () => {
  const line = new CounterLine(false);
  line.look(start, told(1010));
  expect(line.look(start + hour, told(1009))).toBeUndefined();
  expect(line.look(start + 2 * hour, told(1012))).toMatchObject({ first: 3 });
});

test('an older message of a counter counts nothing twice', () => {
  const line = new CounterLine(false);
  line.look(start, told(1000));
  line.look(start + hour, told(1100));
  // The group that told it last is lost, and another one tells what it has told long ago.
  expect(line.look(start + hour, told(1000, hour))).toBeUndefined();
  expect(line.look(start + 2 * hour, told(1300))).toMatchObject({
    from: start + hour,
    first: 200,
    last: 200,
  });
});

test('a counter goes on from before a restart, unless the clock says that this is still to come', () => {
  const told1 = new CounterLine(false);
  told1.look(start, told(1000));
  expect(told1.resume({ at: start - hour, value: 900 })).toMatchObject({ first: 100, last: 100 });
  for (const later of [0, hour]) {
    const line = new CounterLine(false);
    line.look(start, told(1000));
    expect(line.resume({ at: start + later, value: 1000 })).toBeUndefined();
  }
});

test('a counter that nets falls when it flows back, and to zero when it is reset', () => {
  const line = new CounterLine(true);
  line.look(start, told(6));
  expect(line.look(start + hour, told(-4))).toMatchObject({ first: -10 });
  expect(line.look(start + 2 * hour, told(0))).toMatchObject({ first: 4 });
  line.look(start + 3 * hour, told(500));
  expect(line.look(start + 4 * hour, told(0))).toBeUndefined();
});

test.each([
  [0, false],
  [-hour, false],
  [1, true],
  [minute, true],
  [minute + 1, false],
  [hour, false],
])(
  'a power of an earlier run that is %d ms older than the first one is joined to it: %s',
  (older, joined) => {
    const line = new ValueLine();
    line.look(start, told(200));
    const segment = line.resume({ at: start - older, value: 100 });
    expect(segment).toEqual(joined ? { from: start - older, to: start, first: 100, last: 200 } : undefined);
    // What comes next follows what this run has seen itself.
    expect(line.look(start + 1000, told(300))).toEqual({
      from: start,
      to: start + 1000,
      first: 200,
      last: 300,
    });
  },
);

test('where the earlier run is read before the first value, a minute is bridged and more is not', () => {
  for (const [gap, joined] of [
    [minute, true],
    [minute + 1, false],
  ] as const) {
    const line = new ValueLine();
    expect(line.resume({ at: start, value: 100 })).toBeUndefined();
    expect(line.look(start + gap, told(200)) !== undefined).toBe(joined);
  }
});

import { Battery } from '../../src/model/battery';
import { Device } from '../../src/model/device';
import type { Reading } from '../../src/model/reading';

const reading = (parts: Partial<Reading>): Reading => ({
  device: 'house',
  at: 0,
  group: 'basic',
  period: 1000,
  values: {},
  ...parts,
});

test('a slow group still tells when a faster one that tells the same has fallen silent', () => {
  const device = new Device('shunt', 'meter');
  device.apply(reading({ group: 'slow', period: 60_000, values: { voltage: 13 } }));
  device.apply(reading({ group: 'fast', at: 5000, values: { voltage: 13.4 } }));
  expect(device.quantity('voltage', 6000).value).toBe(13.4);
  expect(device.quantity('voltage', 20_000)).toEqual({ value: 13, age: 20_000, freshness: 'fresh' });
});

test('the voltage follows from the message that still tells power and current, not from one that is lost', () => {
  const battery = new Battery('house');
  battery.apply(reading({ group: 'first', values: { power: -480, current: -10 } }));
  battery.apply(reading({ group: 'second', at: 60_000, values: { power: -500, current: -10 } }));
  expect(battery.voltage(60_000).value).toBe(50);
  // Nor from one that does not tell both any more.
  battery.apply(reading({ group: 'first', at: 60_000, values: { current: -10 } }));
  expect(battery.voltage(60_000).value).toBe(50);
});

test('a list is known until its group is lost', () => {
  const battery = new Battery('house');
  battery.apply(reading({ temperatures: [20, undefined], balancing: [3] }));
  expect([battery.list('temperatures', 0), battery.list('balancing', 9999)]).toEqual([[20, undefined], [3]]);
  expect([battery.list('temperatures', 10_000), battery.list('balancing', 10_000)]).toEqual([
    undefined,
    undefined,
  ]);
});

test('a battery none of whose probes tells anything has no temperature', () => {
  const battery = new Battery('house');
  battery.apply(reading({ temperatures: [undefined, undefined] }));
  for (const name of ['temperatureMax', 'temperatureMin'] as const)
    expect(battery.quantity(name, 0).value).toBeUndefined();
});

test('a text is told as long as its group is fresh and tells it, whichever group that is', () => {
  const battery = new Battery('house');
  battery.apply(reading({ group: 'other', values: { voltage: 13 } }));
  battery.apply(reading({ texts: { errors: 'Fan' } }));
  expect([battery.freshText('errors', 2999), battery.freshText('errors', 3000)]).toEqual(['Fan', undefined]);
  battery.apply(reading({ at: 4000, group: 'other', values: { voltage: 13 } }));
  expect(battery.freshText('errors', 4000)).toBeUndefined();
  battery.apply(reading({ at: 5000 }));
  expect(battery.freshText('errors', 5000)).toBeUndefined();
  // The last words stay for whoever asks for them.
  expect(battery.texts.get('errors')).toBe('Fan');
});

test('a device that has told nothing but ratings is there', () => {
  const device = new Device('roof', 'solar-charger');
  device.apply(reading({ period: Infinity, values: { ratedChargeCurrent: 60 } }));
  expect(device.freshness(1e9)).toBe('fresh');
  expect(new Device('other', 'meter').freshness(0)).toBe('lost');
});

test('a change of a list or a text counts like one of a value, and the same again does not', () => {
  const battery = new Battery('house');
  const counts: number[] = [];
  const tell = (parts: Partial<Reading>): void => {
    battery.apply(reading(parts));
    counts.push(battery.changes);
  };
  tell({ values: { voltage: 13 } });
  tell({ values: { voltage: 13 }, temperatures: [20, 21] });
  tell({ values: { voltage: 13 }, temperatures: [20, 21] });
  tell({ values: { voltage: 13 }, temperatures: [20, 22] });
  tell({ values: { voltage: 13 }, temperatures: [20, 22, 23] });
  tell({ values: { voltage: 13.1 }, temperatures: [20, 22, 24], texts: { mode: 'float' } });
  tell({ values: { voltage: 13.1 }, temperatures: [20, 22, 24], texts: { mode: 'float' } });
  expect(counts).toEqual([1, 2, 2, 3, 4, 7, 7]);
});

test('rounds in which nothing changes are counted by the group that comes least often, from the last change on', () => {
  const battery = new Battery('house');
  expect(battery.unchangedRounds).toBe(0);
  // What is told once has no rounds.
  battery.apply(reading({ group: 'ratings', period: Infinity, values: { nominalCapacity: 100 } }));
  const round = (voltage: number): number => {
    battery.apply(reading({ values: { voltage } }));
    battery.apply(reading({ values: { voltage } }));
    battery.apply(reading({ group: 'charge', values: { stateOfCharge: 50 } }));
    return battery.unchangedRounds;
  };
  round(13);
  expect([round(13), round(13), round(13)]).toEqual([1, 2, 3]);
  battery.apply(reading({ values: { voltage: 13.1 } }));
  expect(battery.unchangedRounds).toBe(0);
  expect([round(13.1), round(13.1)]).toEqual([1, 2]);
});

test('modules told one by one within seconds are no habit: the whole round is late after three of its periods', () => {
  const battery = new Battery('house');
  const tell = (at: number, first: number, values: Record<string, number> = {}): void =>
    battery.apply(
      reading({ at, group: 'cells', values, cells: { first, total: 4, volts: [3.3, 3.3], perModule: 2 } }),
    );
  for (let i = 0; i < 10; i++) tell(i * 5000, (i % 2) * 2);
  expect(battery.age(45_000)).toBe(0);
  expect(battery.freshness(47_999)).toBe('fresh');
  expect(battery.freshness(48_000)).toBe('late');
});

test('all cells in one message, or a part of them with values beside, have the habit of their message', () => {
  for (const volts of [[3.3, 3.3], [3.3]]) {
    const battery = new Battery('house');
    const values = volts.length === 2 ? {} : { voltage: 6.6 };
    for (let i = 0; i < 10; i++)
      battery.apply(reading({ at: i * 5000, group: 'cells', values, cells: { first: 0, total: 2, volts } }));
    expect(battery.freshness(45_000 + 14_999)).toBe('fresh');
    expect(battery.quantity('voltage', 45_000).value).toBe(values.voltage);
  }
});

test('groups tell what they have told, and whether they tell cells', () => {
  const battery = new Battery('house');
  battery.apply(reading({ values: { voltage: 13, current: 1 }, texts: { model: 'X' } }));
  battery.apply(
    reading({ at: 500, group: 'cells', cells: { first: 0, total: 2, volts: [3.3, 3.4] }, balancing: [2] }),
  );
  expect(battery.toldGroups(1000)).toMatchObject([
    { name: 'basic', age: 1000, quantities: ['voltage', 'current'], lists: [], cells: false },
    { name: 'cells', age: 500, quantities: [], lists: ['balancing'], cells: true, texts: {} },
  ]);
  // A reading without cells does not make it another kind of group.
  battery.apply(reading({ at: 600, group: 'cells' }));
  expect(battery.toldGroups(1000)[1]).toMatchObject({ cells: true });
  expect(battery.latestQuantities).toEqual(['voltage', 'current']);
});

test('the latest row in the device’s own terms is kept until there is another', () => {
  const device = new Device('house', 'battery');
  expect(device.latestRecord).toBeUndefined();
  const record = { table: 'battery_pack', values: { soc: 50 } } as const;
  device.apply(reading({ at: 7, record }));
  device.apply(reading({ at: 8 }));
  expect(device.latestRecord).toEqual({ record, at: 7 });
});

import fc from 'fast-check';
import { evtvPart } from '../../../src/devices/evtv/messages';
import { DatagramOrder } from '../../../src/io/sources/datagram-order';
import { dataFrame } from '../../../src/protocol/can-frame';
import { FakeTimers } from '../fake-timers';

const soc = (percent: number): ReturnType<typeof dataFrame> => dataFrame(0x650, Uint8Array.of(2 * percent));

interface Arrival {
  /** ms. */
  readonly at: number;
  readonly percent: number;
  readonly stamp: number;
}

/** What is taken of a state of charge, in order, with its ms. */
async function taken(
  arrivals: readonly Arrival[],
): Promise<{ readonly at: number; readonly percent: number }[]> {
  const timers = new FakeTimers();
  const found: { at: number; percent: number }[] = [];
  const order = new DatagramOrder({
    timers,
    clock: { monotonic: () => timers.now() },
    partOf: evtvPart,
    take: ({ data }) => found.push({ at: timers.now(), percent: (data[0] ?? 0) / 2 }),
    leave: () => undefined,
    refuse: () => undefined,
  });
  for (const { at, percent, stamp } of [...arrivals].sort((a, b) => a.at - b.at)) {
    await timers.advance(at - timers.now());
    order.hear(soc(percent), stamp, '10.0.0.7');
  }
  await timers.advance(6000);
  order.close();
  expect(timers.pending).toBe(0);
  return found;
}

const twice = (arrivals: readonly Arrival[], late: number): Arrival[] =>
  arrivals.flatMap((each) => [each, { ...each, at: each.at + late }]);
const falling = (values: readonly { readonly percent: number }[]): boolean =>
  values.every(({ percent }, i) => percent <= (values[i - 1]?.percent ?? Infinity));

// chasemapper#59, Reticulum#7: every datagram arrives twice, over two networks.
describe.each([
  ['a stamp of milliseconds', (i: number) => 1000 + 500 * i],
  ['a count that begins anew', (i: number) => (0xffff_fff0 + i) % 2 ** 32],
  ['a stamp that is always 0', () => 0],
  ['a stamp that stands still', () => 4711],
])('with %s', (_, stamp) => {
  const sent = Array.from({ length: 40 }, (__, i) => ({
    at: 500 * i,
    percent: 100 - Math.floor(i / 3) / 2,
    stamp: stamp(i),
  }));

  it.each([0, 10, 400, 1300, 2900, 4400])('a second arrival %d ms late changes nothing', async (late) => {
    const values = await taken(twice(sent, late));
    expect(falling(values)).toBe(true);
    expect(values.at(-1)?.percent).toBe(sent.at(-1)?.percent);
  });

  it('what arrives once is taken at once', async () => {
    expect((await taken(sent)).map(({ at }) => at)).toEqual(sent.map(({ at }) => at));
  });
});

test('what goes back and stays so counts, without a stamp a little later', async () => {
  const values = [50, 50, 50.5, 50, 50, 50, 50, 50];
  const stamped = values.map((percent, i) => ({ at: 1000 * i, percent, stamp: i + 1 }));
  expect((await taken(stamped)).map(({ percent }) => percent)).toEqual(values);
  const unstamped = await taken(stamped.map((each) => ({ ...each, stamp: 0 })));
  expect(unstamped.find(({ at, percent }) => at > 2000 && percent === 50)?.at).toBeLessThanOrEqual(7000);
  expect(unstamped.at(-1)?.percent).toBe(50);
});

test('what goes back and forth for good is late by five seconds at most', async () => {
  const values = Array.from({ length: 60 }, (_, i) => ({
    at: 500 * i,
    percent: i % 2 === 0 ? 10 : 90,
    stamp: 0,
  }));
  const found = await taken(values);
  const turns = found.filter(({ percent }, i) => percent !== found[i - 1]?.percent).map(({ at }) => at);
  for (const [i, at] of turns.entries()) expect(at - (turns[i - 1] ?? 0)).toBeLessThanOrEqual(6000);
  expect(turns.length).toBeGreaterThan(4);
});

// The second network is there because the first loses some.
test.each([
  ['every third', (i: number) => i % 3 === 1],
  ['four in a row', (i: number) => i % 10 < 4],
  ['nearly all', (i: number) => i % 10 !== 0],
])('where %s is lost on the faster network, values never go back', async (_, isLost) => {
  const sent = Array.from({ length: 200 }, (__, i) => ({
    at: 100 * i,
    percent: 100 - Math.floor(i / 3) / 2,
    stamp: 70_000 + 100 * i,
  }));
  for (const late of [250, 1300, 4900]) {
    const slow = sent.map((each) => ({ ...each, at: each.at + late }));
    const values = await taken([...sent.filter((__, i) => !isLost(i)), ...slow]);
    expect(falling(values)).toBe(true);
    expect(values.at(-1)?.percent).toBe(sent.at(-1)?.percent);
  }
});

test('what is late is taken where it is the latest of its part', async () => {
  const timers = new FakeTimers();
  const ids: number[] = [];
  const order = new DatagramOrder({
    timers,
    clock: { monotonic: () => timers.now() },
    partOf: evtvPart,
    take: ({ id }) => ids.push(id),
    leave: () => undefined,
    refuse: () => undefined,
  });
  const pack = dataFrame(0x150, new Uint8Array(8));
  for (let i = 0; i < 4; i++, await timers.advance(1000)) order.hear(soc(50 + i), 1000 * (i + 1), '');
  order.hear(pack, 2500, '');
  order.hear(pack, 1500, '');
  order.hear(soc(60), 3500, '');
  expect(ids).toEqual([0x650, 0x650, 0x650, 0x650, 0x150]);
});

test('a count of 16 bits that begins anew is no reason to wait, though it says the same as before', async () => {
  const sent = Array.from({ length: 1000 }, (_, i) => ({
    at: 100 * i,
    percent: 50,
    stamp: (100 * i) % 65_536,
  }));
  const times = (await taken(sent)).map(({ at }) => at);
  for (const [i, at] of times.entries()) expect(at - (times[i - 1] ?? 0)).toBeLessThanOrEqual(600);
});

test.each([0.5, 4, 60, 3 * 86_400, 40 * 86_400])(
  'a controller that starts again after %d s counts within five seconds',
  async (uptime) => {
    const count = Math.min(100, uptime * 10);
    const stamp = (ms: number): number => Math.round(ms) % 2 ** 32;
    const before = Array.from({ length: count }, (_, i) => ({
      at: 100 * i,
      percent: 80,
      stamp: stamp(uptime * 1000 + 100 * (i - count)),
    }));
    const start = 100 * count + 1500;
    const after = Array.from({ length: 100 }, (_, i) => ({
      at: start + 100 * i,
      percent: 30 + Math.floor(i / 10),
      stamp: 5 + 100 * i,
    }));
    const values = await taken([...before.filter(({ stamp: each }) => each > 0), ...after]);
    expect(values.find(({ percent }) => percent < 80)?.at).toBeLessThanOrEqual(start + 5000);
    expect(values.at(-1)?.percent).toBe(39);
  },
);

test('a controller that starts again counts after four of its datagrams', async () => {
  const before = Array.from({ length: 20 }, (_, i) => ({
    at: 200 * i,
    percent: 80,
    stamp: 1_000_000 + 200 * i,
  }));
  const after = Array.from({ length: 20 }, (_, i) => ({
    at: 4000 + 200 * i,
    percent: 30 + i / 2,
    stamp: 5 + 200 * i,
  }));
  const values = await taken([...before, ...after]);
  expect(values.find(({ percent }) => percent < 80)?.at).toBeLessThanOrEqual(4600);
  expect(values.at(-1)?.percent).toBe(39.5);
});

test('a stamp that is junk keeps no datagram out for long', async () => {
  const random = (i: number): number => Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(i + 7, 0x85ebca6b);
  const sent = Array.from({ length: 400 }, (_, i) => ({
    at: 200 * i,
    percent: (i % 200) / 2,
    stamp: random(i) >>> 0,
  }));
  const values = await taken(sent);
  const late = values.filter(({ at }) => at > 40_000);
  expect(late.length).toBeGreaterThan(150);
});

test('the cells of each module are a part of their own', async () => {
  const timers = new FakeTimers();
  let count = 0;
  const order = new DatagramOrder({
    timers,
    clock: { monotonic: () => timers.now() },
    partOf: evtvPart,
    take: () => count++,
    leave: () => undefined,
    refuse: () => undefined,
  });
  for (let round = 0; round < 5; round++) {
    await timers.advance(100);
    for (let module = 0; module < 16; module++)
      order.hear(dataFrame(0x68f, Uint8Array.of(module, 16, 200, 200, 200, 200, 200, 200)), 0, '');
  }
  expect(count).toBe(80);
});

test('whatever arrives, the last value that was sent is shown in the end', async () => {
  const arrival = fc.record({ at: fc.nat(20_000), percent: fc.nat(10), stamp: fc.constant(0) });
  await fc.assert(
    fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 30 }), async (arrivals) => {
      const last = [...arrivals].sort((a, b) => a.at - b.at).at(-1);
      expect((await taken(arrivals)).at(-1)?.percent).toBe(last?.percent);
    }),
    { numRuns: 50 },
  );
});

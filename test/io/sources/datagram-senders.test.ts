import { evtvPart } from '../../../src/devices/evtv/messages';
import { DatagramOrder } from '../../../src/io/sources/datagram-order';
import { DatagramSenders } from '../../../src/io/sources/datagram-senders';
import { dataFrame } from '../../../src/protocol/can-frame';
import { FakeTimers } from '../fake-timers';

interface Sent {
  /** ms. */
  readonly at: number;
  readonly from: string;
  readonly id: number;
  readonly value: number;
  readonly stamp: number;
}

/** What is taken, and who was refused beside whom. */
async function heard(
  sent: readonly Sent[],
): Promise<{ readonly taken: readonly Sent[]; readonly refused: ReadonlySet<string> }> {
  const timers = new FakeTimers();
  const taken: Sent[] = [];
  const refused = new Set<string>();
  let current: Sent | undefined;
  const order = new DatagramOrder({
    timers,
    clock: { monotonic: () => timers.now() },
    partOf: evtvPart,
    take: () => current !== undefined && taken.push(current),
    leave: () => undefined,
    refuse: (from, kept) => refused.add(`${from} beside ${kept}`),
  });
  for (const each of [...sent].sort((a, b) => a.at - b.at)) {
    await timers.advance(each.at - timers.now());
    current = each;
    const data = new Uint8Array(8).fill(each.value);
    order.hear(dataFrame(each.id, data), each.stamp, each.from);
  }
  order.close();
  return { taken, refused };
}

const [first, second] = ['10.0.0.7', '10.0.0.8'];
const every = (count: number, make: (i: number) => Sent): Sent[] =>
  Array.from({ length: count }, (_, i) => make(i));
const stamps = [
  ['of stamps that are far apart', (i: number) => 9_000_000 + 500 * i, (i: number) => 5 + 500 * i],
  ['of stamps that run at another pace', (i: number) => 1 + i, (i: number) => 500_000 * i + 1],
  ['without stamps', () => 0, () => 0],
] as const;

describe.each(stamps)('two controllers in one network, %s', (_, one, other) => {
  it('are both heard where each says something else', async () => {
    const sent = every(40, (i) => ({ at: 500 * i, from: first, id: 0x650, value: i, stamp: one(i) }));
    const more = every(40, (i) => ({
      at: 500 * i + 100,
      from: second,
      id: 0x150,
      value: i,
      stamp: other(i),
    }));
    const { taken, refused } = await heard([...sent, ...more]);
    expect(taken).toHaveLength(80);
    expect(refused.size).toBe(0);
  });

  it('do not make a value go back and forth: the one that was heard first is kept to', async () => {
    const sent = every(60, (i) => ({ at: 500 * i, from: first, id: 0x650, value: 100, stamp: one(i) }));
    const more = every(100, (i) => ({
      at: 500 * i + 100,
      from: second,
      id: 0x650,
      value: 30,
      stamp: other(i),
    }));
    const { taken, refused } = await heard([...sent, ...more]);
    expect([...refused]).toEqual([`${second} beside ${first}`]);
    const settled = taken.filter(({ at }) => at > 5000 && at < 30_000);
    expect(settled.length).toBeGreaterThan(45);
    expect(settled.every(({ from }) => from === first)).toBe(true);
    // The first ends after half a minute.
    const afterwards = taken.filter(({ from }) => from === second).map(({ at }) => at);
    expect(Math.min(...afterwards.filter((at) => at > 30_000))).toBeLessThanOrEqual(36_000);
  });
});

test('what comes from a second address as well is the same sender', async () => {
  const sent = every(60, (i) => ({ at: 500 * i, from: first, id: 0x650, value: i, stamp: 7000 + 500 * i }));
  const relayed = sent.map((each) => ({ ...each, from: second, at: each.at + 1300 }));
  const { taken, refused } = await heard([...sent, ...relayed]);
  // The last one may be told twice.
  const values = taken.map(({ value }) => value).filter((value, i, all) => value !== all[i - 1]);
  expect(values).toEqual(sent.map(({ value }) => value));
  expect(refused.size).toBe(0);
});

test('a controller that has another address now is heard at once', async () => {
  const sent = every(20, (i) => ({ at: 500 * i, from: first, id: 0x650, value: i, stamp: 7000 + 500 * i }));
  const moved = every(20, (i) => ({
    at: 11_000 + 500 * i,
    from: second,
    id: 0x650,
    value: 50 + i,
    stamp: 5 + 500 * i,
  }));
  const { taken } = await heard([...sent, ...moved]);
  expect(taken).toHaveLength(40);
});

test('in a flood the oldest datagrams are forgotten, and memory does not grow', () => {
  const senders = new DatagramSenders();
  for (let mark = 1; mark <= 9000; mark++) senders.hear(first, mark, 0);
  expect(senders.hear(second, 9000, 1).isRepeat).toBe(true);
  expect(senders.hear(second, 1, 1).isRepeat).toBe(false);
});

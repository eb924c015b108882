import { systemClock } from '../../../src/base/clock';
import { BrokerLink } from '../../../src/io/mqtt/broker-link';
import type { BrokerSession } from '../../../src/io/mqtt/broker-session';
import { Outbox } from '../../../src/io/mqtt/outbox';
import { MqttSender } from '../../../src/io/recorders/mqtt-sender';

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** A sender that is connected, and when it has published what. */
function connected(energy?: () => string | undefined) {
  const published: { readonly topic: string; readonly payload: string | Uint8Array; readonly at: number }[] =
    [];
  const session: Pick<BrokerSession, 'publish'> = {
    publish: (topic, payload) => {
      published.push({ topic, payload, at: Date.now() });
      return Promise.resolve(true);
    },
  };
  jest.spyOn(BrokerLink.prototype, 'session', 'get').mockReturnValue(session as BrokerSession);
  let ended = (): void => undefined;
  jest.spyOn(BrokerLink.prototype, 'run').mockReturnValue(new Promise((resolve) => (ended = resolve)));
  jest.useFakeTimers({ now: 0 });
  const outbox = new Outbox('/proc/nowhere/outbox');
  jest.spyOn(outbox, 'open').mockResolvedValue();
  const sender = new MqttSender({
    bmsId: 'MorganOak',
    outbox,
    read: () => '{}',
    ...(energy !== undefined && { energy }),
    status: () => undefined,
    clock: systemClock,
    keepalive: 30,
    access: () => Promise.reject(new Error('it is connected')),
    clientId: () => Promise.resolve('dial'),
  });
  const running = sender.run(new AbortController().signal);
  return {
    sender,
    of: (topic: string) => published.filter((message) => message.topic === `EVTV/MorganOak/${topic}`),
    end: () => {
      ended();
      return running;
    },
  };
}

test('CompleteStatus is published every 500 ms', async () => {
  const { sender, of, end } = connected();
  await jest.advanceTimersByTimeAsync(3_000);
  expect(of('CompleteStatus').map(({ at }) => at)).toEqual([500, 1000, 1500, 2000, 2500, 3000]);
  expect(sender.counters).toEqual({ published: 6, skipped: 0 });
  await end();
});

test('the energies are published every ten seconds, once there are any', async () => {
  const told: { energy?: string } = {};
  const { of, end } = connected(() => told.energy);
  await jest.advanceTimersByTimeAsync(15_000);
  expect(of('Energy')).toEqual([]);
  told.energy = '{"schema":1}';
  await jest.advanceTimersByTimeAsync(20_000);
  expect(of('Energy').map(({ at, payload }) => [at, payload])).toEqual([
    [20_000, told.energy],
    [30_000, told.energy],
  ]);
  await end();
  await jest.advanceTimersByTimeAsync(20_000);
  expect(of('Energy')).toHaveLength(2);
});

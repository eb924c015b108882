import { systemClock } from '../../../src/base/clock';
import { BrokerLink } from '../../../src/io/mqtt/broker-link';
import type { BrokerSession } from '../../../src/io/mqtt/broker-session';
import { Outbox } from '../../../src/io/mqtt/outbox';
import { MqttSender } from '../../../src/io/recorders/mqtt-sender';

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test('CompleteStatus is published every 500 ms', async () => {
  const at: number[] = [];
  const session: Pick<BrokerSession, 'publish'> = {
    publish: (topic) => {
      if (topic === 'EVTV/MorganOak/CompleteStatus') at.push(Date.now());
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
    status: () => undefined,
    clock: systemClock,
    keepalive: 30,
    access: () => Promise.reject(new Error('it is connected')),
    clientId: () => Promise.resolve('dial'),
  });
  const running = sender.run(new AbortController().signal);
  await jest.advanceTimersByTimeAsync(3_000);
  expect(at).toEqual([500, 1000, 1500, 2000, 2500, 3000]);
  expect(sender.counters).toEqual({ published: 6, skipped: 0 });
  ended();
  await running;
});

import { EventEmitter } from 'node:events';
import { Message, MessageFlag } from '@jellybrick/dbus-next';
import { SystemBus, type BusCall, type BusConnection } from '../../../src/io/system-bus/system-bus';
import { FakeTimers, settled } from '../fake-timers';

/** A bus that other programs call our objects over. */
class CallingBus extends EventEmitter implements BusConnection {
  readonly answers: Message[] = [];
  private handler: (message: Message) => boolean = () => false;

  constructor() {
    super();
    setImmediate(() => this.emit('connect'));
  }

  /** A call to an object of ours. Returns whether anybody takes it. */
  asks(path: string, flags: number): boolean {
    return this.handler(
      new Message({ path, interface: 'org.example.Any', member: 'Read', sender: ':1.9', serial: 7, flags }),
    );
  }

  /** Answers calls of packdial. */
  call: () => Promise<null> = () => Promise.resolve(null);

  send(message: Message): void {
    this.answers.push(message);
  }

  addMethodHandler(handler: (message: Message) => boolean): void {
    this.handler = handler;
  }

  disconnect(): void {
    this.removeAllListeners();
  }
}

it('answers calls to objects below its path, but not those that want no answer', async () => {
  const calling = new CallingBus();
  const bus = await SystemBus.connect({ open: () => calling });
  const asked: string[] = [];
  bus.serve('/packdial', ({ path }) => {
    asked.push(path);
    return { signature: 's', body: ['done'] };
  });
  expect(calling.asks('/packdial/device', 0)).toBe(true);
  expect(calling.answers.map(({ body, replySerial }) => [body, replySerial])).toEqual([[['done'], 7]]);
  // The bus would refuse the answer, and write that into its log.
  expect(calling.asks('/packdial/device', MessageFlag.NO_REPLY_EXPECTED)).toBe(true);
  expect(calling.asks('/packdialing', 0)).toBe(false);
  expect(asked).toEqual(['/packdial/device', '/packdial/device']);
  expect(calling.answers).toHaveLength(1);
  bus.disconnect();
});

const anyCall: BusCall = {
  destination: 'org.example',
  path: '/',
  interface: 'org.example.Any',
  member: 'Read',
  limit: 5000,
};

it('ends a connection at which more than a hundred calls were given up and never answered', async () => {
  const calling = new CallingBus();
  const timers = new FakeTimers();
  const bus = await SystemBus.connect({ open: () => calling, timers });
  let ended = 0;
  bus.onClosed(() => ended++);
  const failed: string[] = [];
  const ask = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++)
      bus.call(anyCall).catch((error: unknown) => failed.push((error as { reason: string }).reason));
    await timers.advance(5000);
    await settled();
  };
  // Answered in the end, which makes them no burden.
  const late: ((value: null) => void)[] = [];
  calling.call = () => new Promise((resolve) => late.push(resolve));
  await ask(90);
  for (const answer of late) answer(null);
  await settled();
  await ask(100);
  expect([failed.length, ended]).toEqual([190, 0]);
  await ask(1);
  expect([new Set(failed), ended]).toEqual([new Set(['late']), 1]);
  expect(timers.pending).toBe(0);
});

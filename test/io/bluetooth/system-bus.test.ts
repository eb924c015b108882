import { EventEmitter } from 'node:events';
import { Message, MessageFlag } from '@jellybrick/dbus-next';
import { SystemBus, type BusConnection } from '../../../src/io/bluetooth/system-bus';

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

  call(): Promise<null> {
    return Promise.resolve(null);
  }

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

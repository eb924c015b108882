import { readRequest, registers } from '../../../src/devices/jbd/frame';
import { jbdBle } from '../../../src/devices/jbd/jbd-ble';
import { SimulatedJbd } from '../../../src/devices/jbd/simulated-battery';
import { CollectingSink } from '../collecting-sink';
import { FakeGattLink } from '../fake-gatt-link';
import { VirtualClock } from '../virtual-clock';

const plain = Buffer.from(readRequest(registers.basic)).toString('hex');

/** A module that hands on what it is told once the password was given, with a battery behind it. */
class FakeModule {
  readonly link = new FakeGattLink(['ff00']);
  isDead = false;
  private opened: boolean;

  constructor(
    locked: boolean,
    private readonly verdict = 0,
  ) {
    this.opened = !locked;
    this.link.answer = (hex) => this.answer(hex);
    // Requests go to one characteristic, answers come from another.
    const write = this.link.write.bind(this.link);
    this.link.write = async (characteristic, data) => {
      await write(characteristic, data);
      for (const piece of this.answer(Buffer.from(data).toString('hex')))
        setImmediate(() => this.link.notify('ff01', piece));
    };
  }

  private answer(hex: string): string[] {
    if (this.isDead) return [];
    const bytes = Buffer.from(hex, 'hex');
    if (bytes[0] !== 0xff) {
      if (!this.opened) return [];
      const battery = new SimulatedJbd({ cells: 4, probes: 1, form: 'short' });
      return battery.answers(bytes, 0).map((answer) => Buffer.from(answer).toString('hex'));
    }
    const command = bytes[2]!;
    if (command === 0x1d && this.verdict === 0) this.opened = true;
    const code = command === 0x17 ? 98 : command === 0x18 ? this.verdict : 0;
    return [Buffer.from([0xff, 0xaa, command, 1, code, command + 1 + code]).toString('hex')];
  }
}

function begin(module: { readonly link: FakeGattLink }, context = contextWith({ password: '123123' })) {
  const sink = new CollectingSink();
  const stop = new AbortController();
  let ended = false;
  const done = jbdBle.converse(module.link, context, stop.signal, sink).then(() => (ended = true));
  const commands = (): string[] =>
    module.link.written
      .map((line) => line.split(' ')[1]!)
      .map((hex) => (hex === plain ? 'read' : hex.slice(0, 6)));
  return { sink, clock: context.clock, stop, done, ended: () => ended, commands };
}

function contextWith(values: Readonly<Record<string, string | number>>) {
  return { name: 'house', values: { every: 10, ...values }, clock: new VirtualClock() };
}

const handshake = ['ffaa15', 'ffaa17', 'ffaa18', 'ffaa17', 'ffaa1d'];

describe('the way to a JBD battery behind its module', () => {
  it('needs no handshake where the battery answers', async () => {
    const { sink, clock, commands, stop } = begin(new FakeModule(false));
    await clock.pass(3000);
    stop.abort();
    expect(sink.latest('basic')).toBeDefined();
    expect(commands().filter((command) => command.startsWith('ffaa'))).toEqual([]);
    expect(sink.troubles.filter((trouble) => trouble !== undefined)).toEqual([]);
  });

  it('goes through the handshake where the battery is silent, and reads then', async () => {
    const module = new FakeModule(true);
    const { sink, clock, commands, stop } = begin(module);
    await clock.pass(5000);
    stop.abort();
    expect(commands().slice(0, 7)).toEqual(['read', 'read', ...handshake]);
    expect(sink.latest('basic')!.values['voltage']).toBeGreaterThan(10);
    expect(sink.latest('cells')!.cells!.total).toBe(4);
  });

  it('gives up a link over which three polls in a row had no answer', async () => {
    const module = new FakeModule(false);
    const { sink, clock, ended } = begin(module, contextWith({ every: 2 }));
    await clock.pass(5000);
    expect(sink.latest('basic')).toBeDefined();
    module.isDead = true;
    await clock.pass(12_000);
    expect(ended()).toBe(false);
    await clock.pass(8000);
    expect(ended()).toBe(true);
    expect(sink.rejects['no answer']).toBe(3);
  });

  it('tells once that the password is wrong, and does not send it again on the next link', async () => {
    const context = contextWith({ password: '123123' });
    const first = begin(new FakeModule(true, 1), context);
    await first.clock.pass(5000);
    await first.done;
    expect(first.sink.troubles).toEqual([{ code: 'password-refused', values: {} }]);
    expect(first.commands()).toEqual(['read', 'read', ...handshake.slice(0, 3)]);

    const second = begin(new FakeModule(true, 1), context);
    await second.clock.pass(5000);
    await second.done;
    expect(second.commands()).toEqual(['read', 'read']);

    const changed = begin(new FakeModule(true, 0), contextWith({ password: '654321' }));
    await changed.clock.pass(5000);
    changed.stop.abort();
    expect(changed.sink.latest('basic')).toBeDefined();
  });

  it('tries a password once more that was taken before, for a module may be out of step, and then no more', async () => {
    const context = contextWith({ password: '123123' });
    const visit = async (verdict: number) => {
      const module = new FakeModule(true, verdict);
      const visit = begin(module, context);
      await visit.clock.pass(5000);
      module.link.close();
      await visit.clock.pass(5000);
      return visit;
    };
    expect((await visit(0)).sink.latest('basic')).toBeDefined();
    const outOfStep = await visit(1);
    expect([outOfStep.ended(), outOfStep.sink.troubles]).toEqual([true, []]);
    expect((await visit(0)).sink.latest('basic')).toBeDefined();

    expect((await visit(1)).sink.troubles).toEqual([]);
    const changed = await visit(1);
    expect(changed.commands()).toEqual(['read', 'read', ...handshake.slice(0, 3)]);
    expect(changed.sink.troubles).toEqual([{ code: 'password-refused', values: {} }]);
    expect((await visit(1)).commands()).toEqual(['read', 'read']);
  });

  it('reads again without a word when the password is not wanted any more', async () => {
    const context = contextWith({ password: '123123' });
    const first = begin(new FakeModule(true, 1), context);
    await first.clock.pass(5000);
    await first.done;
    const second = begin(new FakeModule(false), context);
    await second.clock.pass(5000);
    second.stop.abort();
    expect(second.sink.latest('basic')).toBeDefined();
  });

  it('says that the module wants to be paired when it sends back what it is told', async () => {
    const link = new FakeGattLink(['ff00']);
    const write = link.write.bind(link);
    link.write = async (characteristic, data) => {
      await write(characteristic, data);
      setImmediate(() => link.notify('ff01', Buffer.from(data).toString('hex')));
    };
    const { sink, clock, done, commands } = begin({ link });
    await clock.pass(1000);
    await done;
    expect(sink.troubles).toEqual([{ code: 'pairing-wanted', values: {} }]);
    expect(commands()).toEqual(['read']);
  });

  it.each([
    ['paired', '123123', [123123], undefined],
    ['paired', '000042', [42], undefined],
    ['refused', '123123', [123123], 'password-refused'],
    ['failed', '123123', [123123], undefined],
    ['paired', 'secret', [], 'pairing-wanted'],
  ] as const)('pairs such a module: %s with %s', async (outcome, password, asked, trouble) => {
    const module = new FakeModule(false);
    const passkeys: number[] = [];
    let isPaired = false;
    module.link.pair = (passkey) => {
      passkeys.push(passkey);
      isPaired = outcome === 'paired';
      return Promise.resolve(outcome);
    };
    const write = module.link.write.bind(module.link);
    const echo = new FakeGattLink(['ff00']);
    module.link.write = async (characteristic, data) => {
      if (isPaired) return write(characteristic, data);
      await echo.write(characteristic, data);
      setImmediate(() => module.link.notify('ff01', Buffer.from(data).toString('hex')));
    };
    const { sink, clock, stop } = begin(module, contextWith({ password }));
    await clock.pass(3000);
    expect(passkeys).toEqual(asked);
    expect(sink.troubles.find((each) => each !== undefined && each.code !== 'silent')?.code).toBe(trouble);
    expect(sink.latest('basic') !== undefined).toBe(outcome === 'paired' && password !== 'secret');
    stop.abort();
    await clock.pass(10_000);
  });

  it('tries the factory password where none is set', async () => {
    const { clock, commands, stop, sink } = begin(new FakeModule(true), contextWith({}));
    await clock.pass(5000);
    stop.abort();
    expect(commands().slice(2, 7)).toEqual(handshake);
    expect(sink.latest('basic')).toBeDefined();
  });

  it('ends when the link is lost in the middle of the handshake, and leaves no listener', async () => {
    const link = new FakeGattLink(['ff00']);
    const { clock, done } = begin({ link });
    await clock.pass(4000);
    link.close();
    await clock.pass(20_000);
    await done;
    expect(link.listening).toBe(0);
  });
});

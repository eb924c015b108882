import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { CanPackageError, type CanChannelOptions, type OpenCanChannel } from '../../../src/io/can-channel';
import { SocketCanSource, type SocketCanSourceOptions } from '../../../src/io/sources/socketcan-source';
import { dataFrame } from '../../../src/protocol/can-frame';
import { evtvIds } from '../../../src/devices/evtv/messages';
import type { CanController } from '../../../src/protocol/rtnetlink';
import { UserError } from '../../../src/base/user-error';
import { frameSourceContract, type SourceBench } from '../../contracts/frame-source-contract';
import { FakeTimers } from '../fake-timers';
import { RecordingSink } from './recording-sink';

/**
 * A machine with one CAN interface: this one need not have any. The real package on real interfaces is tried in
 * test/appliance.
 */
class FakeMachine {
  readonly timers = new FakeTimers();
  readonly openings: CanChannelOptions[] = [];
  readonly open = new Set<CanChannelOptions>();
  opens = true;
  packets = 0;
  /** What rtnetlink says. */
  controller: CanController | undefined;
  #folder = '';

  async prepare(): Promise<void> {
    this.#folder = await mkdtemp(path.join(tmpdir(), 'can-'));
  }

  get folder(): string {
    return this.#folder;
  }

  readonly openChannel: OpenCanChannel = (options) => {
    if (!this.opens) return Promise.reject(new Error('Error while creating channel'));
    this.openings.push(options);
    this.open.add(options);
    return Promise.resolve({
      send: () => true,
      close: () => {
        this.open.delete(options);
      },
    });
  };

  async link(flags: number, operstate: string, type = 280): Promise<void> {
    const folder = path.join(this.#folder, 'can0');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'type'), `${type}\n`);
    await writeFile(path.join(folder, 'operstate'), `${operstate}\n`);
    await writeFile(path.join(folder, 'flags'), `0x${flags.toString(16)}\n`);
    await this.heard(this.packets);
  }

  /** So many frames were on the bus since the interface is there. */
  async heard(packets: number): Promise<void> {
    this.packets = packets;
    const folder = path.join(this.#folder, 'can0', 'statistics');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'rx_packets'), `${packets}\n`);
  }

  up(): Promise<void> {
    return this.link(0x40081, 'up');
  }

  down(): Promise<void> {
    return this.link(0x40080, 'down');
  }

  vanish(): Promise<void> {
    return rm(path.join(this.#folder, 'can0'), { recursive: true, force: true });
  }

  /** What the one open channel hears. */
  get listener(): NonNullable<CanChannelOptions['listener']> {
    return [...this.open][0]!.listener!;
  }

  source(options: Partial<SocketCanSourceOptions> = {}): SocketCanSource {
    const { openChannel, folder, timers } = this;
    return new SocketCanSource({
      interfaceName: 'can0',
      ids: evtvIds,
      openChannel,
      interfaces: folder,
      controller: () => Promise.resolve(this.controller),
      timers,
      ...options,
    });
  }
}

const frames = Array.from({ length: 20 }, (_, i) => dataFrame(0x650, Uint8Array.of(i)));

const breakings = {
  'its interface vanishes': (machine: FakeMachine) => machine.vanish(),
  'its channel dies with its interface': async (machine: FakeMachine) => {
    await machine.vanish();
    const { listener } = machine;
    machine.open.clear();
    listener.stopped();
  },
  'its interface goes down': (machine: FakeMachine) => machine.down(),
  'its chip leaves the bus': (machine: FakeMachine) => machine.link(0x40081, 'down'),
};

for (const [how, breakIt] of Object.entries(breakings)) {
  frameSourceContract(
    `SocketCAN, where ${how},`,
    async ({ broken = false } = {}): Promise<SourceBench> => {
      const machine = new FakeMachine();
      await machine.prepare();
      if (!broken) await machine.up();
      return {
        source: machine.source(),
        frames,
        play: () => {
          if (machine.open.size === 0) return Promise.reject(new Error('nobody listens'));
          for (const { id, data } of frames) machine.listener.message({ id, data: Buffer.from(data) });
          return Promise.resolve();
        },
        spoil: () => {
          machine.listener.message({ id: 0x40, data: Buffer.alloc(8), err: true });
          machine.listener.message({ id: 0x150, data: Buffer.alloc(12) });
          return Promise.resolve(2);
        },
        tick: () => machine.timers.advance(1000),
        break: () => breakIt(machine),
        mend: () => machine.up(),
        held: () => machine.open.size + machine.timers.pending,
        close: () => rm(machine.folder, { recursive: true, force: true }),
      };
    },
    ['fail', 'break'],
  );
}

describe('hearing a CAN interface', () => {
  let machine: FakeMachine;
  let sink: RecordingSink;
  let controller: AbortController;
  let run: Promise<void>;

  beforeEach(async () => {
    machine = new FakeMachine();
    await machine.prepare();
    sink = new RecordingSink();
    controller = new AbortController();
  });

  afterEach(async () => {
    controller.abort();
    await run;
    await rm(machine.folder, { recursive: true });
  });

  function start(): void {
    run = machine.source().run(controller.signal, sink);
  }

  async function says(text: string): Promise<void> {
    let tries = 400;
    while (sink.text !== text) {
      if (--tries === 0) throw new Error(`says ${String(sink.text)}, not ${text}`);
      await machine.timers.advance(250);
      // The files are read in real time.
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  }

  it('says what is wrong in plain words, and heals', async () => {
    start();
    await says('No CAN interface can0 (is the hat enabled?): next try in 1 s');
    await says('No CAN interface can0 (is the hat enabled?): next try in 2 s');
    await machine.link(0x1003, 'up', 1);
    await says('can0 is not a CAN interface: next try in 3 s');
    await machine.down();
    await says('CAN can0 is down: waiting for it');
    await machine.up();
    await says('Listening on CAN can0');
    await machine.link(0x40081, 'down');
    await says('CAN can0 is off the bus: check wiring and bit rate; waiting for it');
    await machine.down();
    await says('CAN can0 is down: waiting for it');
    await machine.link(0x81, 'unknown');
    await says('Listening on CAN can0');
    const notes = sink.statuses.map(({ note }) => note);
    expect(notes.filter((note, i) => i === 0 || note !== notes[i - 1])).toEqual([
      ...['absent', 'not CAN', 'down', undefined, 'bus-off', 'down', undefined],
    ]);
    expect(machine.openings).toHaveLength(1);
    expect(new Set(sink.statuses.map(({ label }) => label))).toEqual(new Set(['CAN can0']));
  });

  it('tells what the kernel says of the controller, and takes it back', async () => {
    const controller: CanController = { kind: 'can', bitRate: 500_000, restartMs: 100, listenOnly: false };
    await machine.up();
    start();
    await says('Listening on CAN can0');
    for (const [state, note, words] of [
      ['warning', 'errors', 'CAN can0 has many errors (error-warning): check wiring and terminators'],
      [
        'passive',
        'passive',
        'CAN can0 has too many errors (error-passive): check bit rate, wiring and terminators',
      ],
      ['bus-off', 'bus-off', 'CAN can0 is off the bus: check wiring and bit rate; restarting by itself'],
    ] as const) {
      machine.controller = { ...controller, state };
      await says(words);
      expect(sink.statuses.at(-1)?.note).toBe(note);
    }
    machine.controller = { ...controller, state: 'active' };
    machine.listener.message({ id: 0x650, data: Buffer.of(1) });
    await says('Listening on CAN can0');
    expect(sink.statuses.at(-1)).not.toHaveProperty('note');
    expect(sink.statuses).toHaveLength(5);
  });

  it('tells what error frames say between two looks', async () => {
    await machine.up();
    start();
    await says('Listening on CAN can0');
    machine.listener.message({ id: 0x04, data: Buffer.of(0, 0x20, 0, 0, 0, 0, 0, 0), err: true });
    await says('CAN can0: nobody acknowledges (error-passive): check the other end, wiring and terminators');
    expect(sink.rejections).toEqual([{ cause: 'error frame', detail: 'class 0x4' }]);
  });

  it('tells silence from the traffic of others', async () => {
    machine.controller = { kind: 'can', bitRate: 500_000, restartMs: 100, listenOnly: false };
    await machine.up();
    start();
    await says('CAN can0 is up but silent for over 10 s: no frames at 500 kbit/s');
    await says('CAN can0 is up but silent for over a minute: no frames at 500 kbit/s');
    await machine.heard(3);
    await says('CAN can0 has traffic, but nothing of a battery');
    machine.listener.message({ id: 0x650, data: Buffer.of(1) });
    await says('Listening on CAN can0');
    expect(sink.statuses.map(({ state }) => state)).toEqual(['up', 'up', 'up', 'up', 'up']);
  });

  it('is heard soon after being plugged in, however long the wait was to be', async () => {
    start();
    await says('No CAN interface can0 (is the hat enabled?): next try in 10 s');
    await machine.up();
    const before = machine.timers.now();
    await says('Listening on CAN can0');
    // Files are read in real time, while which the clock of the test goes on.
    expect(machine.timers.now() - before).toBeLessThanOrEqual(5000);
    // And the waits are short again after that.
    await machine.timers.advance(1000);
    await machine.vanish();
    const heard = sink.statuses.length;
    await says('No CAN interface can0 (is the hat enabled?): next try in 1 s');
    expect(sink.statuses).toHaveLength(heard + 1);
  });

  it('waits longer and longer for an interface that is there and can not be opened', async () => {
    await machine.up();
    machine.opens = false;
    start();
    await says("CAN can0 can't be opened: next try in 3 s");
    machine.opens = true;
    await says('Listening on CAN can0');
  });

  it('does not spin when each channel dies at once', async () => {
    await machine.up();
    const { openChannel } = machine;
    let opened = 0;
    const dying: OpenCanChannel = async (options) => {
      opened++;
      const channel = await openChannel(options);
      options.listener?.stopped();
      return channel;
    };
    const { folder: interfaces, timers } = machine;
    run = new SocketCanSource({
      interfaceName: 'can0',
      ids: evtvIds,
      openChannel: dying,
      interfaces,
      timers,
    }).run(controller.signal, sink);
    await says("CAN can0 can't be opened: next try in 5 s");
    expect(opened).toBeLessThan(10);
    expect(machine.open.size).toBe(0);
  });

  it('has the kernel pass everything when it is asked to, for recordings', async () => {
    await machine.up();
    run = machine.source({ ids: 'all' }).run(controller.signal, sink);
    await says('Listening on CAN can0');
    expect(machine.openings[0]?.ids).toBeUndefined();
  });

  it('has the kernel pass only the ids of the battery, but look-alikes of them too', async () => {
    await machine.up();
    start();
    await says('Listening on CAN can0');
    expect(machine.openings[0]?.ids).toEqual(evtvIds);
    machine.listener.message({ id: 0x18ff0150, ext: true, data: Buffer.alloc(8) });
    machine.listener.message({ id: 0x150, rtr: true, data: Buffer.alloc(0) });
    expect(sink.frames).toMatchObject([
      { id: 0x18ff0150, extended: true, remote: false },
      { id: 0x150, extended: false, remote: true },
    ]);
  });

  it('has one channel open at a time through a thousand losses, and listens to its signal once', async () => {
    await machine.up();
    const add = jest.spyOn(controller.signal, 'addEventListener');
    const remove = jest.spyOn(controller.signal, 'removeEventListener');
    start();
    for (let i = 0; i < 1000; i++) {
      while (machine.open.size === 0) await machine.timers.advance(1000);
      // Long enough to count as a success, so that the wait is short again.
      await machine.timers.advance(1000);
      expect(machine.open.size).toBe(1);
      const { listener } = machine;
      machine.open.clear();
      listener.stopped();
      await machine.timers.advance(0);
    }
    expect(machine.openings.length).toBeGreaterThanOrEqual(1000);
    expect(add.mock.calls.length - remove.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it('gives up only where the package does not load, for that can not mend itself', async () => {
    await machine.up();
    const openChannel: OpenCanChannel = () =>
      Promise.reject(new CanPackageError('The socketcan package does not load here: x'));
    const source = new SocketCanSource({
      interfaceName: 'can0',
      ids: evtvIds,
      openChannel,
      interfaces: machine.folder,
    });
    run = Promise.resolve();
    await expect(source.run(controller.signal, sink)).rejects.toThrow(UserError);
  });

  it('finds no interface where there is none, with the real package', async () => {
    const { timers } = machine;
    run = new SocketCanSource({ interfaceName: 'nocan9', ids: evtvIds, timers }).run(controller.signal, sink);
    await says('No CAN interface nocan9 (is the hat enabled?): next try in 1 s');
  });
});

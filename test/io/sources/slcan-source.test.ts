import { evtvIds } from '../../../src/devices/evtv/messages';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { SerialPackageError, type OpenSerialPort, type SerialTrouble } from '../../../src/io/serial-port';
import { SlcanSource } from '../../../src/io/sources/slcan-source';
import { dataFrame } from '../../../src/protocol/can-frame';
import { formatSlcanFrame } from '../../../src/protocol/slcan';
import { UserError } from '../../../src/base/user-error';
import { frameSourceContract, type SourceBench } from '../../contracts/frame-source-contract';
import { settled } from '../fake-timers';
import { helperStarted } from '../helper-started';
import { until } from '../../until';
import { device, FakeAdapter } from './fake-slcan-adapter';
import { RecordingSink } from './recording-sink';

const frames = Array.from({ length: 50 }, (_, i) => dataFrame(0x150, Uint8Array.of(i, 1, 2, 3, 4, 5, 6, 7)));

const breakings = {
  'whose adapter is pulled out': (adapter: FakeAdapter) => adapter.pull(),
  'whose adapter falls silent': (adapter: FakeAdapter) => {
    adapter.answers = {};
  },
};

for (const [how, breakIt] of Object.entries(breakings)) {
  frameSourceContract(
    `a serial line ${how}`,
    ({ broken = false } = {}): Promise<SourceBench> => {
      const adapter = new FakeAdapter();
      const { answers } = adapter;
      if (broken) breakIt(adapter);
      return Promise.resolve({
        source: adapter.source(),
        frames,
        play: () => {
          if (adapter.ports.size === 0) return Promise.reject(new Error('nobody listens'));
          adapter.say(frames.map(formatSlcanFrame).join(''));
          return Promise.resolve();
        },
        spoil: () => {
          adapter.say('t15\rnonsense\r\xff\x00\r');
          return Promise.resolve(3);
        },
        tick: () => adapter.timers.advance(100),
        break: async () => {
          breakIt(adapter);
          await settled();
        },
        mend: () => {
          adapter.trouble = undefined;
          adapter.answers = answers;
          return Promise.resolve();
        },
        held: () => adapter.ports.size + adapter.timers.pending,
        close: () => Promise.resolve(),
      });
    },
    ['fail', 'break'],
  );
}

describe('hearing a serial-line adapter', () => {
  let adapter: FakeAdapter;
  let sink: RecordingSink;
  let controller: AbortController;
  let run: Promise<void>;

  beforeEach(() => {
    adapter = new FakeAdapter();
    sink = new RecordingSink();
    controller = new AbortController();
  });

  afterEach(async () => {
    controller.abort();
    await run;
    expect(adapter.ports.size + adapter.timers.pending).toBe(0);
  });

  const isUp = (): boolean => sink.statuses.at(-1)?.state === 'up';

  async function says(text: string): Promise<void> {
    for (let tries = 0; sink.text !== text; tries++) {
      if (tries === 2000) throw new Error(`says ${String(sink.text)}, not ${text}`);
      await adapter.timers.advance(50);
    }
  }

  const listening = `Listening on ${device} at 500000 bit/s`;

  it('closes, sets the bit rate, opens, and closes again in the end', async () => {
    run = adapter.source().run(controller.signal, sink);
    await says(listening);
    expect(adapter.commands).toEqual(['C', 'C', 'S6', 'O']);
    controller.abort();
    await run;
    expect(adapter.commands.slice(4)).toEqual(['C']);
    expect(sink.statuses.map(({ label }) => label)).toEqual(['SLCAN such-adapter']);
  });

  it('is up with the first of the frames that come in one piece with the answer', async () => {
    adapter.answers['O'] = '\rt1500\rt6500\r';
    run = adapter.source().run(controller.signal, sink);
    await says(listening);
    expect(sink.frames.map(({ id }) => id)).toEqual([0x150, 0x650]);
  });

  it('hears nothing of what was under way before the channel was closed', async () => {
    adapter.answers['C'] = '0AA\rt1500\r\r\x07t15';
    run = adapter.source().run(controller.signal, sink);
    await says(listening);
    expect([sink.frames, sink.rejections]).toEqual([[], []]);
  });

  it('takes an adapter that answers only when asked for its version', async () => {
    adapter.answers = { V: 'b158aa7 https://github.com/normaldotcom/canable-fw.git\r' };
    run = adapter.source().run(controller.signal, sink);
    await says(listening);
    expect(adapter.commands).toEqual(['C', 'C', 'S6', 'O', 'V']);
  });

  // Elmue/CANable-2.5#31.
  it('takes firmware that acknowledges nothing and describes itself in words of its own', async () => {
    const board = '+Board: MksMakerbase\tMCU: STM32G431\tDevID: 1128\tFirmware: 2425876\tSlcan: 100';
    adapter.answers = { V: `${board}\tClock: 160\tLimits: 512,256,128,128,32,32,16,16${'\t'.repeat(120)}\r` };
    run = adapter.source().run(controller.signal, sink);
    await says(listening);
    await adapter.timers.advance(9000);
    adapter.say('t1508DEFF9B01B3C82421\r');
    expect(sink.frames).toHaveLength(1);
    expect(adapter.ports.size).toBe(1);
  });

  it.each([
    [
      'refusing its bit rate',
      { S: '\x07' },
      `The adapter at ${device} refuses to open its channel at 500000 bit/s`,
    ],
    [
      'refusing to open',
      { S: '\r', O: '\x07' },
      `The adapter at ${device} refuses to open its channel at 500000 bit/s`,
    ],
    ['a GPS', { S: '$GPGGA,1\r\n', O: '$GPGGA,1\r\n' }, `What is at ${device} is not an slcan adapter`],
    ['an echo', { S: 'S6\r', O: 'O\r', V: 'V\r' }, `What is at ${device} is not an slcan adapter`],
  ])('does not take one that is %s, and tries again', async (_, answers, words) => {
    const good = adapter.answers;
    adapter.answers = answers;
    run = adapter.source().run(controller.signal, sink);
    await says(`${words}: next try in 1 s`);
    await says(`${words}: next try in 3 s`);
    expect(sink.statuses.some(({ state }) => state === 'up')).toBe(false);
    adapter.answers = good;
    await says(listening);
  });

  it.each<[SerialTrouble, string]>([
    ['absent', `No adapter at ${device}`],
    ['busy', `${device} is taken by another program`],
    ['forbidden', `${device} needs more rights: those of the group dialout`],
    ['not serial', `${device} is not a serial port`],
    ['failed', `${device} can't be opened`],
  ])('says in plain words that it is %s', async (trouble, words) => {
    adapter.trouble = trouble;
    run = adapter.source().run(controller.signal, sink);
    await says(`${words}: next try in 1 s`);
    while (sink.text !== `${words}: next try in 60 s`) await adapter.timers.advance(1000);
    adapter.trouble = undefined;
    while (!isUp()) await adapter.timers.advance(1000);
  });

  it('opens the channel anew when nothing is heard: the adapter may have lost its power', async () => {
    run = adapter.source().run(controller.signal, sink);
    await says(listening);
    for (let second = 0; second < 60; second++) {
      adapter.say('t1500\r');
      await adapter.timers.advance(1000);
    }
    expect(adapter.commands).toHaveLength(4);
    await adapter.timers.advance(60_000);
    expect(adapter.commands.slice(4, 9)).toEqual(['F', 'C', 'C', 'S6', 'O']);
    adapter.say('t1500\r');
    await adapter.timers.advance(1000);
    const silent = `CAN at such-adapter is up but silent for`;
    expect(sink.statuses.map(({ text, note }) => [text, note])).toEqual([
      [listening, undefined],
      [`${silent} over 10 s: no frames at 500 kbit/s`, 'silent'],
      [listening, undefined],
    ]);
  });

  it('asks an adapter that hears nothing how its controller is, and believes it until something is heard', async () => {
    adapter.answers['F'] = 'F20\r';
    run = adapter.source().run(controller.signal, sink);
    const passive = `CAN at such-adapter has too many errors (error-passive): check bit rate, wiring and terminators`;
    await says(passive);
    await adapter.timers.advance(60_000);
    expect(sink.text).toBe(passive);
    for (let second = 0; second < 10; second++) {
      adapter.say('t1500\r');
      await adapter.timers.advance(1000);
    }
    expect(sink.statuses.map(({ note }) => note)).toEqual([undefined, 'silent', 'passive', undefined]);
  });

  it('tells what an adapter says of itself, and that it hears another bus', async () => {
    run = adapter.source().run(controller.signal, sink);
    await says(listening);
    adapter.say('sp000128\r');
    await says(
      `CAN at such-adapter: nobody acknowledges (error-passive): check the other end, wiring and terminators`,
    );
    adapter.say('sb000256\r');
    await says(`CAN at such-adapter is off the bus: check wiring and bit rate; restarting by itself`);
    adapter.say('sa000000\r');
    for (let second = 0; second < 20; second++) {
      adapter.say('t1230\r');
      await adapter.timers.advance(1000);
    }
    expect(sink.text).toBe(`CAN at such-adapter has traffic, but nothing of a battery`);
    expect(sink.rejections).toEqual([]);
  });

  it('is not put off by refusals and nonsense between frames', async () => {
    run = adapter.source().run(controller.signal, sink);
    await says(listening);
    adapter.say('\x07\x07t1500\r\x07\xff\xfe\rt1500\r\r\rt15\x07t1500\rz\rF20');
    adapter.say('\x07t1500\r');
    await adapter.timers.advance(1000);
    expect(sink.frames).toHaveLength(4);
    expect(sink.rejections.map(({ cause }) => cause)).toEqual(['bad line', 'bad line', 'bad line']);
    expect(sink.text).toBe(listening);
  });

  it('has one port open at a time through a thousand losses, and listens to its signal once', async () => {
    const add = jest.spyOn(controller.signal, 'addEventListener');
    const remove = jest.spyOn(controller.signal, 'removeEventListener');
    run = adapter.source().run(controller.signal, sink);
    for (let i = 0; i < 1000; i++) {
      while (!isUp()) await adapter.timers.advance(500);
      expect(adapter.ports.size).toBe(1);
      adapter.pull();
      await settled();
      expect(isUp()).toBe(false);
      adapter.trouble = undefined;
    }
    expect(add.mock.calls.length - remove.mock.calls.length).toBeLessThanOrEqual(1);
  });

  it('gives up only where the package does not load, for that can not mend itself', async () => {
    const openPort: OpenSerialPort = () => Promise.reject(new SerialPackageError('does not load here: x'));
    run = Promise.resolve();
    const source = new SlcanSource({ device, bitRate: 500_000, ids: evtvIds, openPort });
    await expect(source.run(controller.signal, sink)).rejects.toThrow(UserError);
  });
});

describe('hearing an adapter at a real terminal', () => {
  let folder: string;
  let link: string;
  let sink: RecordingSink;
  let controller: AbortController;
  let run: Promise<void>;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'slcan-'));
    link = path.join(folder, 'ttyACM0');
    sink = new RecordingSink();
    controller = new AbortController();
  });

  afterEach(async () => {
    controller.abort();
    await run;
    expect(await openTerminals()).toBe(0);
    await rm(folder, { recursive: true });
  });

  function start(): void {
    run = new SlcanSource({ device: link, bitRate: 250_000, ids: evtvIds }).run(controller.signal, sink);
  }

  const isUp = (heard: RecordingSink): boolean => heard.statuses.at(-1)?.state === 'up';

  it('closes and opens its channel, hears it, notices that it is pulled out, and hears the next one', async () => {
    start();
    await sink.until(({ text }) => text === `No adapter at ${link}: next try in 1 s`);
    for (let round = 1; round <= 2; round++) {
      const adapter = await plugIn(link);
      await sink.until(isUp);
      expect(sink.text).toBe(`Listening on ${link} at 250000 bit/s`);
      expect(await adapter.told(4)).toEqual(['C', 'C', 'S5', 'O']);
      for (const frame of frames) adapter.order(`send ${formatSlcanFrame(frame).trimEnd()}`);
      await sink.until((heard) => heard.frames.length === round * frames.length);
      expect(sink.frames.slice(-frames.length)).toEqual(frames);
      await adapter.pullOut();
      await sink.until((heard) => !isUp(heard));
    }
    expect(sink.statuses.some(({ text }) => text === `${link} was pulled out: next try in 1 s`)).toBe(true);
    expect(sink.rejections).toEqual([]);
  });

  it('closes the channel when it is told to stop', async () => {
    const adapter = await plugIn(link);
    start();
    await sink.until(isUp);
    controller.abort();
    await run;
    expect((await adapter.told(5)).at(-1)).toBe('C');
    await adapter.pullOut();
  });

  it('leaves an adapter alone that another program has, and takes it when it is free', async () => {
    const adapter = await plugIn(link);
    const other = new AbortController();
    const heard = new RecordingSink();
    const first = new SlcanSource({ device: link, bitRate: 500_000, ids: evtvIds }).run(other.signal, heard);
    await heard.until(isUp);
    start();
    await sink.until(({ text }) => text === `${link} is taken by another program: next try in 1 s`);
    other.abort();
    await first;
    await sink.until(isUp);
    controller.abort();
    await run;
    await adapter.pullOut();
  });

  it('is not misled by a file or by /dev/null', async () => {
    await writeFile(link, 't1500\r');
    start();
    await sink.until(({ text }) => text === `${link} is not a serial port: next try in 1 s`);
    const other = new AbortController();
    const heard = new RecordingSink();
    const nothing = new SlcanSource({ device: '/dev/null', bitRate: 500_000, ids: evtvIds }).run(
      other.signal,
      heard,
    );
    await heard.until(({ text }) => text === '/dev/null is not a serial port: next try in 1 s');
    other.abort();
    await nothing;
  });
});

interface PtyAdapter {
  /** The commands it was given, as soon as there are so many. */
  told(count: number): Promise<readonly string[]>;
  order(text: string): void;
  pullOut(): Promise<void>;
}

async function plugIn(link: string): Promise<PtyAdapter> {
  const child = spawn('python3', [path.join(__dirname, 'pty-adapter.py'), link], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const told: string[] = [];
  await helperStarted(child);
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => told.push(line));
  return {
    told: async (count) => {
      await until(`${count} lines of the adapter`, () => told.length >= count);
      return told;
    },
    order: (text) => child.stdin.write(`${text}\n`),
    pullOut: async () => {
      const exit = once(child, 'close');
      child.stdin.end();
      await exit;
    },
  };
}

/** Pseudo terminals that this process has open. */
async function openTerminals(): Promise<number> {
  const names = await readdir('/proc/self/fd');
  const targets = await Promise.all(names.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return targets.filter((target, i) => target.startsWith('/dev/pts/') && Number(names[i]) > 2).length;
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import * as path from 'node:path';
import { ReplaySource, type ReplaySourceOptions } from '../../../src/io/sources/replay-source';
import { dataFrame, type CanFrame } from '../../../src/protocol/can-frame';
import { formatCandumpLine } from '../../../src/protocol/candump';
import { UserError } from '../../../src/base/user-error';
import { frameSourceContract, type SourceBench } from '../../contracts/frame-source-contract';
import { FakeTimers } from '../fake-timers';
import { RecordingSink } from './recording-sink';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'replay-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function logOf(text: string | Buffer): Promise<string> {
  const file = path.join(folder, `log${files++}.log`);
  await writeFile(file, text);
  return file;
}

function line(time: number, frame: CanFrame): string {
  return `${formatCandumpLine({ time, interface: 'can0', frame })}\n`;
}

function numbered(n: number): CanFrame {
  return dataFrame(0x150, Uint8Array.of(n & 0xff, n >> 8));
}

/** Files below the folder that this process has open. */
function openFiles(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
    } catch {
      return false;
    }
  }).length;
}

frameSourceContract(
  'the player',
  async (): Promise<SourceBench> => {
    const timers = new FakeTimers();
    const frames = Array.from({ length: 1000 }, (_, i) => numbered(i));
    const bad = ['garbage', '(1.0) can0 150##1122', '(1.000000) can0 20000040#00', '(x) can0 150#'];
    // The bad lines come first, that they are heard whichever check is waiting for what.
    // After the frames comes a pause of minutes, so that nothing is played to its end while it is looked at.
    const file = await logOf(
      `${bad.join('\n')}\n\n${frames.map((frame, i) => line(100 + i / 100, frame)).join('')}${line(690, numbered(0))}`,
    );
    return {
      source: new ReplaySource({ file, timers, clock: { monotonic: () => timers.now() } }),
      frames,
      spoil: () => Promise.resolve(bad.length),
      tick: () => timers.advance(1000),
      held: () => timers.pending + openFiles(),
      close: () => Promise.resolve(),
    };
  },
  [],
);

describe('playing a log', () => {
  const heardAt: number[] = [];

  async function play(
    text: string | Buffer,
    options: Partial<ReplaySourceOptions> = {},
  ): Promise<RecordingSink> {
    const timers = new FakeTimers();
    const sink = new (class extends RecordingSink {
      override frame(frame: CanFrame): void {
        heardAt.push(timers.now());
        super.frame(frame);
      }
    })();
    heardAt.length = 0;
    const clock = { monotonic: () => timers.now() };
    const source = new ReplaySource({ file: await logOf(text), timers, clock, ...options });
    const playing = { done: false };
    const run = source.run(new AbortController().signal, sink).finally(() => (playing.done = true));
    run.catch(() => undefined);
    while (!playing.done) {
      await timers.advance(1);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await run;
    expect(timers.pending).toBe(0);
    expect(openFiles()).toBe(0);
    return sink;
  }

  it('keeps the pace at which it was heard, and ends', async () => {
    const sink = await play(line(10, numbered(0)) + line(10.25, numbered(1)) + line(11, numbered(2)));
    expect(heardAt.map((at) => at - heardAt[0]!)).toEqual([0, 250, 1000]);
    expect(sink.statuses.map(({ state, text }) => [state, text.replace(/log\d+/, 'drive')])).toEqual([
      ['up', 'Playing drive.log'],
      ['ended', 'End of drive.log: 3 frames played'],
    ]);
  });

  it('may be faster, or as fast as it goes', async () => {
    const text = line(10, numbered(0)) + line(20, numbered(1));
    await play(text, { speed: 100 });
    expect(heardAt[1]! - heardAt[0]!).toBe(100);
    for (const speed of [0, Infinity]) {
      const sink = await play(text, { speed });
      expect(heardAt[1]! - heardAt[0]!).toBe(0);
      expect(sink.statuses[0]?.text).toMatch(/^Playing log\d+\.log as fast as it goes$/);
    }
  });

  it('counts time anew where the clock was set, back or far ahead', async () => {
    const times = [1000, 1001, 50, 51, 1_700_000_000, 1_700_000_001];
    await play(times.map((time, i) => line(time, numbered(i))).join(''));
    expect(heardAt.map((at) => at - heardAt[0]!)).toEqual([0, 1000, 1000, 2000, 2000, 3000]);
  });

  it('lets others run while it plays as fast as it goes', async () => {
    let turns = 0;
    let playing = true;
    const count = (): void => {
      turns++;
      if (playing) setImmediate(count);
    };
    setImmediate(count);
    const text = Array.from({ length: 20_000 }, (_, i) => line(i, numbered(i & 0xff))).join('');
    const sink = await play(text, { speed: 0 });
    playing = false;
    expect(sink.frames).toHaveLength(20_000);
    expect(turns).toBeGreaterThanOrEqual(100);
  });

  it('plays one bus of several, and names the others once', async () => {
    const bus = (name: string, n: number): string =>
      `${formatCandumpLine({ time: n, interface: name, frame: numbered(n) })}\n`;
    const text = [bus('can0', 1), bus('can1', 2), bus('can0', 3), bus('can2', 4), bus('can1', 5)].join('');
    const first = await play(text);
    expect(first.frames.map(({ data }) => data[0])).toEqual([1, 3]);
    expect(first.statuses.map((each) => each.text.replace(/log\d+/, 'drive'))).toEqual([
      'Playing drive.log',
      'Playing drive.log; can0 only, --interface plays another: can1',
      'Playing drive.log; can0 only, --interface plays another: can1, can2',
      'End of drive.log: 2 frames played',
    ]);
    expect((await play(text, { interface: 'can1' })).frames.map(({ data }) => data[0])).toEqual([2, 5]);
    await expect(play(text, { interface: 'can7' })).rejects.toThrow(
      /log\d+\.log has no frames of can7, only of can0, can1, can2: name one of them with --interface$/,
    );
  });

  it.each([
    ['a text', 'hello\nworld\n', /log\d+\.log is not a log of a CAN bus: name one that candump -L,/],
    ['a spreadsheet', 'Time;Volts\n1;2\n', /is not a log of a CAN bus/],
    ['a long text, of which not all is read', 'hello\n'.repeat(1_000_000), /is not a log of a CAN bus/],
    [
      'a log without times',
      '  can0  650   [1]  9B\n',
      /has no times: log with candump -L, or with candump -ta$/,
    ],
    ['an empty file', '', /is an empty log: name one that candump -L,/],
    ['blank lines', '\n\n', /is an empty log: name one that candump -L,/],
    ['a compressed log', gzipSync(line(1, numbered(1))), /is compressed: unpack it first/],
    ['a log of PowerShell', Buffer.from(`\uFEFF${line(1, numbered(1))}`, 'utf16le'), /is in UTF-16.*UTF-8$/],
    [
      'a log of CAN FD',
      '(1.5) can0 150##1DEFF9B01B3C82421\n(1.6) can0 20000004#0000000000000000\n',
      /has no frames to play, only error frames or frames of CAN FD: name a log of the battery's own bus$/,
    ],
  ])('does not take %s for a log', async (_, text, sentence) => {
    await expect(play(text)).rejects.toThrow(sentence);
  });

  it('ends though it is to start again and again when there is no frame in the file', async () => {
    for (const text of ['', '\n\n', '(1.5) can0 20000004#0000000000000000\n']) {
      await expect(play(text, { loop: true })).rejects.toThrow(UserError);
    }
  });

  it('has what an editor of Windows puts before its first line', async () => {
    expect((await play(`\uFEFF${line(1, numbered(7))}${line(1, numbered(8))}`)).frames).toHaveLength(2);
  });

  it('has a last line without an end, and lines that end as on other systems', async () => {
    const text = (line(1, numbered(0)) + line(1, numbered(1))).replaceAll('\n', '\r\n').trimEnd();
    expect((await play(text)).frames).toHaveLength(2);
  });

  it('takes a file that is no text for one bad line, not for memory', async () => {
    const sink = await play('\0'.repeat(3_000_000) + '\n' + line(1, numbered(0)));
    expect(sink.rejections.map(({ cause }) => cause)).toEqual(['bad line']);
    expect(sink.rejections[0]?.detail).toHaveLength(60);
    expect(sink.frames).toHaveLength(1);
  });

  it('plays the forms of other options of candump at their pace', async () => {
    await play(['000.000000', '000.500000', '000.500000'].map((at) => `(${at}) can0 650#64\n`).join(''));
    expect(heardAt.map((at) => at - heardAt[0]!)).toEqual([0, 500, 1000]);
  });

  it('says which file can not be read', async () => {
    const missing = path.join(folder, 'missing.log');
    const run = (file: string): Promise<void> =>
      new ReplaySource({ file }).run(new AbortController().signal, new RecordingSink());
    await expect(run(missing)).rejects.toThrow(UserError);
    await expect(run(missing)).rejects.toThrow(
      `There is no file ${missing}: name a log that candump -L wrote`,
    );
    await expect(run(folder)).rejects.toThrow(`${folder} is a folder`);
    expect(openFiles()).toBe(0);
  });

  it.each([-1, Number.NaN])('has no speed of %d', (speed) => {
    expect(() => new ReplaySource({ file: 'x', speed })).toThrow(RangeError);
  });
});

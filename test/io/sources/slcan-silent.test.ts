import { device, FakeAdapter } from './fake-slcan-adapter';
import { RecordingSink } from './recording-sink';

const listening = `Listening on ${device} at 500000 bit/s`;

describe('a serial-line adapter that answers nothing', () => {
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

  async function says(text: string): Promise<void> {
    for (let tries = 0; sink.text !== text; tries++) {
      if (tries === 2000) throw new Error(`says ${String(sink.text)}, not ${text}`);
      await adapter.timers.advance(50);
    }
  }

  // Elmue/CANable-2.5#31: on a quiet bus firmware that acknowledges nothing is as silent as an adapter without power.
  it('is listened to all the same, and taken with its first frame', async () => {
    const good = adapter.answers;
    adapter.answers = {};
    run = adapter.source().run(controller.signal, sink);
    const words = `The adapter at ${device} does not answer: next try in 10 s`;
    await says(words);
    const { length } = adapter.commands;
    await adapter.timers.advance(9000);
    expect([adapter.commands.length, adapter.ports.size]).toEqual([length, 1]);
    expect(sink.statuses.some(({ state }) => state === 'up')).toBe(false);
    adapter.say('t1508DEFF9B01B3C82421\r');
    await says(listening);
    expect(sink.frames.map(({ id }) => id)).toEqual([0x150]);
    // No answer to anything is needed as long as there are frames.
    for (let second = 0; second < 60; second++) {
      adapter.say('t1500\r');
      await adapter.timers.advance(1000);
    }
    expect([sink.frames.length, sink.text]).toEqual([61, listening]);
    adapter.answers = good;
  });

  it('is asked again each ten seconds', async () => {
    const good = adapter.answers;
    adapter.answers = {};
    run = adapter.source().run(controller.signal, sink);
    await says(`The adapter at ${device} does not answer: next try in 10 s`);
    await adapter.timers.advance(60_000);
    const opened = adapter.commands.filter((command) => command === 'O').length;
    expect(opened).toBeGreaterThanOrEqual(5);
    expect(opened).toBeLessThanOrEqual(7);
    adapter.answers = good;
    await says(listening);
  });

  it('is one where it only knows no V, and one that echoes and acknowledges; neither makes bad lines of it', async () => {
    for (const answers of [{ V: '\x07' }, { C: 'C\r\r', S: 'S6\r\r', O: 'O\r\r', V: 'V\r\r', F: 'F\r\r' }]) {
      adapter.answers = answers;
      controller = new AbortController();
      run = adapter.source().run(controller.signal, sink);
      await says(listening);
      await adapter.timers.advance(12_000);
      expect(sink.rejections).toEqual([]);
      controller.abort();
      await run;
      sink.statuses.length = 0;
    }
  });
});

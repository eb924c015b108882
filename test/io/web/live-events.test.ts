import { evtvReading } from '../../../src/devices/evtv/readings';
import { LiveEvents } from '../../../src/io/web/live-events';
import { FakeTimers } from '../fake-timers';
import { MadeParts } from './made-parts';

const stay = (): void => {
  throw new Error('It reads what it is sent, and is let go of');
};

function start() {
  const made = new MadeParts();
  const timers = new FakeTimers();
  let asked = 0;
  const events = new LiveEvents({
    live: () => {
      asked++;
      return made.live();
    },
    changes: () => made.battery.changes,
    timers,
  });
  return { made, timers, events, asked: () => asked };
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<{ status: { soc: number } }> {
  const { value } = await reader.read();
  const text = new TextDecoder().decode(value);
  expect(text).toMatch(/^data: .*\n\n$/);
  return JSON.parse(text.slice(6)) as { status: { soc: number } };
}

test('S0.125: a page has the values at once, and what is new within a fifth of a second', async () => {
  const { made, timers, events } = start();
  const reader = events.listen(stay)!.getReader();
  expect((await read(reader)).status.soc).toBe(77.5);
  await timers.advance(200);
  await read(reader);
  made.battery.apply(evtvReading({ message: '0x650', stateOfCharge: 80 }, made.now));
  await timers.advance(200);
  expect((await read(reader)).status.soc).toBe(80);
});

test('nothing new is sent once a second, for ages grow', async () => {
  const { timers, events, asked } = start();
  const reader = events.listen(stay)!.getReader();
  await read(reader);
  await timers.advance(200);
  await read(reader);
  const before = asked();
  await timers.advance(800);
  expect(asked()).toBe(before);
  await timers.advance(200);
  await read(reader);
  expect(asked()).toBe(before + 1);
});

test('while nobody listens nothing is done', async () => {
  const { made, timers, events, asked } = start();
  const stream = events.listen(stay)!;
  await stream.cancel();
  await timers.advance(200);
  const before = asked();
  made.battery.apply(evtvReading({ message: '0x650', stateOfCharge: 12 }, made.now));
  await timers.advance(60_000);
  expect([events.count, asked(), timers.pending]).toEqual([0, before, 0]);
});

test('sixteen may listen, and one more when one has gone', async () => {
  const { events } = start();
  const streams = Array.from({ length: 16 }, () => events.listen(stay));
  expect(streams).not.toContain(undefined);
  expect(events.listen(stay)).toBeUndefined();
  await streams[3]!.cancel();
  expect(events.listen(stay)).toBeDefined();
  events.close();
  expect(events.count).toBe(0);
});

test('who does not read is let go of after 64 kB, and nobody else', async () => {
  const { made, timers, events } = start();
  let gone = 0;
  let messages = 1;
  const slow = events
    .listen(() => {
      gone++;
    })!
    .getReader();
  const reader = events.listen(stay)!.getReader();
  for (let i = 0; i < 500; i++) {
    made.battery.apply(evtvReading({ message: '0x650', stateOfCharge: i % 100 }, made.now));
    await timers.advance(200);
    await read(reader);
    if (gone === 0) messages++;
  }
  expect([events.count, gone]).toEqual([1, 1]);
  let waiting = 0;
  for (let i = 0; i < messages; i++) waiting += (await slow.read()).value!.length;
  expect(waiting).toBeLessThanOrEqual(65_536);
  expect(waiting).toBeGreaterThan(60_000);
});

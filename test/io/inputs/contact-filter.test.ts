import fc from 'fast-check';
import { writeSync } from 'node:fs';
import { ContactFilter } from '../../../src/io/inputs/contact-filter';
import { DeviceFolder } from '../../../src/io/inputs/device-folder';
import type { PointingDevice } from '../../../src/io/inputs/input-devices';
import type { PointerEvent } from '../../../src/io/inputs/pointer-event';
import { TouchInput } from '../../../src/io/inputs/touch-input';
import { at, bytesOf, down, report, up } from './evdev-bytes';
import { FakeTimers } from '../fake-timers';
import { PipeDevices, Told } from './pipe-devices';

const event = (type: PointerEvent['type'], x = 5): PointerEvent => ({ type, x, y: 6 });

/** A filter, what it let through, and time that passes for both. */
function start() {
  const timers = new FakeTimers();
  const seen: string[] = [];
  const filter = new ContactFilter(({ type, x }) => seen.push(`${type} ${x}`), timers);
  return { timers, filter, through: () => seen.splice(0) };
}

test('case 8: a contact of one frame does nothing at all', async () => {
  for (const length of [0, 1, 16.7, 20]) {
    const { filter, timers, through } = start();
    filter.take(event('press'), 1000);
    await timers.advance(length);
    filter.take(event('release'), 1000 + length);
    await timers.advance(1000);
    expect(through()).toEqual([]);
  }
});

test('a finger that stays is told of before 30 ms have passed, and at once when it moves', async () => {
  const { filter, timers, through } = start();
  filter.take(event('press'), 0);
  await timers.advance(30);
  expect(through()).toEqual(['press 5']);
  filter.take(event('release'), 90);
  expect(through()).toEqual(['release 5']);
  filter.take(event('press'), 200);
  filter.take(event('move', 7), 210);
  filter.take(event('release', 7), 212);
  expect(through()).toEqual(['press 5', 'move 7', 'release 7']);
});

test('a tap that is read late is one all the same, and a clock that is set back takes none away', () => {
  const { filter, through } = start();
  filter.take(event('press'), 1000);
  filter.take(event('release'), 1060);
  expect(through()).toEqual(['press 5', 'release 5']);
  filter.take(event('press'), 1000);
  filter.take(event('release'), 500);
  expect(through()).toEqual(['press 5', 'release 5']);
});

test('a device that goes away in the first frame has pressed nothing', async () => {
  const { filter, timers, through } = start();
  filter.take(event('press'), 0);
  expect(filter.drop()).toBe(true);
  await timers.advance(100);
  expect([through(), filter.drop()]).toEqual([[], false]);
});

test('of any contacts, those of fingers come through whole and in order, and no others', async () => {
  const contact = fc.record({
    length: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 30, max: 2000 })),
    pause: fc.integer({ min: 0, max: 500 }),
    moves: fc.boolean(),
    readAtOnce: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(contact, { maxLength: 30 }), async (contacts) => {
      const { filter, timers, through } = start();
      let now = 0;
      const expected: string[] = [];
      for (const [x, { length, pause, moves, readAtOnce }] of contacts.entries()) {
        filter.take(event('press', x), now);
        if (moves) filter.take(event('move', x), now);
        if (!readAtOnce) await timers.advance(length);
        filter.take(event('release', x), now + length);
        if (readAtOnce) await timers.advance(length);
        await timers.advance(pause);
        now += length + pause;
        if (moves) expected.push(`press ${x}`, `move ${x}`, `release ${x}`);
        else if (length >= 30) expected.push(`press ${x}`, `release ${x}`);
      }
      expect(through()).toEqual(expected);
    }),
  );
});

test('of what a panel sends, phantoms are left out and taps are told', async () => {
  const devices = new PipeDevices();
  try {
    const fd = devices.plug('event0');
    const told = new Told();
    const panel: PointingDevice = {
      name: 'Panel',
      device: { kind: 'touch', x: { minimum: 0, maximum: 799 }, y: { minimum: 0, maximum: 479 } },
      readState: () => ({ pressed: false }),
    };
    const folder = new DeviceFolder(devices.path);
    const input = new TouchInput({ width: 800, height: 480, rotate: 0, folder, probe: () => panel });
    devices.running = input.run(devices.stop.signal, {
      pointer: ({ type, x, y }) => told.texts.push(`${type} ${x},${y}`),
      status: (text) => told.texts.push(text),
    });
    await told.heard('Touch by Panel');
    const contact = (x: number, time: number, length: number) =>
      bytesOf(
        ...[...at(x, 20), down, report].map((record) => ({ ...record, time })),
        ...[up, report].map((record) => ({ ...record, time: time + length })),
      );
    for (let time = 13_000; time < 130_000; time += 13_000) writeSync(fd, contact(1, time, 0));
    writeSync(fd, contact(2, 130_000, 60));
    expect(await told.heard('release 2,20')).toEqual(['press 2,20', 'release 2,20']);
  } finally {
    await devices.close();
  }
});

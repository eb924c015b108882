import { TimedWriting } from '../../src/commands/timed-writing';
import { formatCaptureHeader, parseCaptureHeader } from '../../src/protocol/capture';
import { SimulatedTime } from '../soak/simulated-time';

/** A recording on a machine whose clock says this. */
function recording(wall: string, limit?: number) {
  const time = new SimulatedTime();
  time.setWall(new Date(wall));
  const written: [string, string | undefined, number][] = [];
  const writing = new TimedWriting<string>(
    (what, at, passed) => written.push([what, at?.toISOString(), passed]),
    time,
    limit,
  );
  return { time, written, writing };
}

test('what is received is written at once where the time is known', () => {
  const { time, written, writing } = recording('2026-11-29T08:00:00Z');
  writing.add('a');
  time.setWall(new Date('2026-11-29T08:00:02Z'));
  writing.add('b');
  expect(written).toEqual([
    ['a', '2026-11-29T08:00:00.000Z', 0],
    ['b', '2026-11-29T08:00:02.000Z', 0],
  ]);
  expect(writing.end()).toBe(true);
});

test('without a clock it is held, and gets the time at which it was received', async () => {
  const { time, written, writing } = recording('1970-01-01T00:00:07Z');
  writing.add('a');
  await time.pass(5000);
  writing.add('b');
  expect(written).toEqual([]);
  await time.pass(1000);
  time.setWall(new Date('2026-11-29T08:00:10Z'));
  writing.add('c');
  expect(written).toEqual([
    ['a', '2026-11-29T08:00:04.000Z', 0],
    ['b', '2026-11-29T08:00:09.000Z', 5000],
    ['c', '2026-11-29T08:00:10.000Z', 6000],
  ]);
  expect(writing.end()).toBe(true);
});

test.each([
  ['at its end', undefined],
  ['where there is no room', 1],
])('who never learns the time writes without one %s, and says so', async (_, limit) => {
  const { time, written, writing } = recording('1970-01-01T00:00:07Z', limit);
  writing.add('a');
  await time.pass(1500);
  writing.add('b');
  // Too late: one recording has times of one kind.
  if (limit !== undefined) {
    time.setWall(new Date('2026-11-29T08:00:10Z'));
    await time.pass(1000);
    writing.add('c');
  }
  expect(writing.end()).toBe(false);
  expect(written).toEqual([
    ['a', undefined, 0],
    ['b', undefined, 1500],
    ...(limit === undefined ? [] : [['c', undefined, 2500]]),
  ]);
});

test('a capture may not know when it was started', () => {
  const header = { device: 'house', type: 'jbd-ble', link: 'gatt', started: undefined };
  const line = formatCaptureHeader(header);
  expect(line).toContain('"started":null');
  expect(parseCaptureHeader(line)).toEqual(header);
  expect(parseCaptureHeader(line.replace(',"started":null', ''))).toEqual({
    refused: 'is a capture that does not say when it was started',
  });
});

import * as fc from 'fast-check';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Outbox } from '../../../src/io/mqtt/outbox';
import { temporaryFolder } from '../../temporary-folder';

const folder = temporaryFolder();
let boxes = 0;
const place = (): string => join(folder, `box-${++boxes}`);
const message = (payload: string): { topic: string; payload: string } => ({ topic: 'a/b', payload });

function drained(box: Outbox): string[] {
  const payloads: string[] = [];
  for (let first = box.first; first !== undefined; first = box.first) {
    payloads.push(first.payload);
    box.remove(first.number);
  }
  return payloads;
}

test('what waits outlasts the program, in its order, readable for nobody else', async () => {
  const path = place();
  const before = new Outbox(path);
  await before.open();
  for (const payload of ['one', 'two', 'three']) before.add(message(payload));
  before.remove(before.first!.number);
  await before.settled;
  expect(readdirSync(path).map((name) => statSync(join(path, name)).mode & 0o777)).toEqual([0o600, 0o600]);
  const after = new Outbox(path);
  await after.open();
  after.add(message('four'));
  expect(drained(after)).toEqual(['two', 'three', 'four']);
  await after.settled;
  expect(readdirSync(path)).toEqual([]);
});

test('there is room for a thousand messages and 5 MB: the oldest go, and are counted', async () => {
  const box = new Outbox(place());
  await box.open();
  for (let i = 0; i < 1003; i++) box.add(message(String(i)));
  expect([box.length, box.dropped, box.first?.payload]).toEqual([1000, 3, '3']);
  for (let i = 0; i < 20; i++) box.add(message('x'.repeat(1_000_000)));
  expect(box.length).toBeLessThanOrEqual(5);
  await box.settled;
}, 120_000);

test('whatever is added and removed, the disk has the same as the memory', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 30 }), async (steps) => {
      const path = place();
      const box = new Outbox(path, { messages: 5, bytes: 1000 });
      await box.open();
      steps.forEach((add, i) => {
        if (add) box.add(message(String(i)));
        else if (box.first !== undefined) box.remove(box.first.number);
      });
      await box.settled;
      const again = new Outbox(path, { messages: 5, bytes: 1000 });
      await again.open();
      expect(drained(again)).toEqual(drained(box));
    }),
    { numRuns: 30 },
  );
});

test('what a power cut has left, and what is not ours, is put away', async () => {
  const path = place();
  mkdirSync(path);
  writeFileSync(join(path, '000000000001.json'), '{"topic":"a","pay');
  writeFileSync(join(path, '000000000002.json'), JSON.stringify(message('good')));
  writeFileSync(join(path, '000000000003.json.new'), 'half');
  writeFileSync(join(path, '000000000004.json'), '[]');
  const box = new Outbox(path);
  await box.open();
  expect([box.dropped, drained(box)]).toEqual([2, ['good']]);
});

test('without a disk it is kept in memory', async () => {
  const box = new Outbox('/proc/nowhere/outbox');
  await box.open();
  box.add(message('one'));
  await box.settled;
  expect(drained(box)).toEqual(['one']);
});

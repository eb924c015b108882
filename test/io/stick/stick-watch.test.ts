import { stickTurn } from '../../../src/io/stick/stick-turn';
import { watchForStick } from '../../../src/io/stick/stick-watch';
import type { Volume } from '../../../src/io/stick/volumes';
import { FakeTimers } from '../fake-timers';

const stick = (name: string, label: string): Volume => ({
  name,
  device: `8:${name.charCodeAt(2)}`,
  label,
  type: 'vfat',
  version: 'FAT16',
  removable: true,
  readOnly: false,
});

test('S0.116: a stick named BATTERY is noticed at the start and whenever it is plugged in, once each time', async () => {
  const timers = new FakeTimers();
  const stop = new AbortController();
  let there: Volume[] = [stick('sda', 'battery'), stick('sdb', 'FOTOS')];
  let found = 0;
  const watching = watchForStick(
    stop.signal,
    () => {
      found++;
      return Promise.reject(new Error('it was pulled at once'));
    },
    { timers, volumes: () => Promise.resolve(there) },
  );
  await timers.advance(10_000);
  expect(found).toBe(1);
  there = [];
  await timers.advance(3000);
  there = [stick('sda', 'BATTERY')];
  await timers.advance(10_000);
  expect(found).toBe(2);
  stop.abort();
  await watching;
  expect(timers.pending).toBe(0);
});

test('one after the other has the stick', async () => {
  const order: string[] = [];
  const first = await stickTurn();
  const second = stickTurn().then((done) => {
    order.push('second');
    done();
  });
  order.push('first is done');
  first();
  await second;
  (await stickTurn())();
  expect(order).toEqual(['first is done', 'second']);
});

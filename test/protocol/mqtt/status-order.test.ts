import * as fc from 'fast-check';
import { StatusOrder, TransitDelay } from '../../../src/protocol/mqtt/status-order';

test('whatever the order of arrival, what is taken only gets newer', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 100 }), (times) => {
      const order = new StatusOrder();
      // All within five seconds: none is a new beginning.
      const taken = times.filter((sentAt, i) => order.take(sentAt, i) !== 'older');
      expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b));
    }),
  );
});

test('a sender that starts again with its clock set back is heard again after five seconds, wherever its clock is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e12 }), (back) => {
      const order = new StatusOrder();
      const beginning = 2e12;
      for (let i = 0; i < 10; i++) expect(order.take(beginning + i * 500, i * 500)).toBe('taken');
      const outcomes = Array.from({ length: 20 }, (_, i) => {
        const now = 5000 + i * 500;
        return order.take(beginning + now - back - 5000, now);
      });
      const first = outcomes.findIndex((outcome) => outcome !== 'older');
      expect(first).toBeGreaterThanOrEqual(0);
      expect(5000 + first * 500 - 4500).toBeLessThanOrEqual(6000);
      expect(outcomes.slice(first + 1).every((outcome) => outcome === 'taken')).toBe(true);
    }),
  );
});

test('a clock that was set back by less than five seconds is another one when it has caught up', () => {
  const order = new StatusOrder();
  for (let now = 0; now <= 10_000; now += 500) order.take(2e12 + now, now);
  const outcomes = Array.from({ length: 12 }, (_, i) => {
    const now = 10_500 + i * 500;
    return order.take(2e12 + now - 4000, now);
  });
  expect(outcomes.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => 'older'));
  expect(outcomes.slice(8)).toEqual(['restarted', 'taken', 'taken', 'taken']);
  // A message that comes twice, or late by itself, says nothing about the clock.
  const steady = new StatusOrder();
  for (const sentAt of [1000, 2000, 1500, 1500, 2500, 1600, 3000])
    expect(steady.take(sentAt, sentAt)).not.toBe('restarted');
});

test('one message with a time far ahead does not lock the sender out, and old ones of another do not get between', () => {
  const order = new StatusOrder();
  order.take(1e12, 0);
  order.take(9e15, 100);
  const outcomes = Array.from({ length: 15 }, (_, i) => order.take(1e12 + 500 * (i + 1), 500 * (i + 1)));
  expect(outcomes.includes('restarted')).toBe(true);
  expect(outcomes.at(-1)).toBe('taken');
  // A second sender of the same battery whose clock is behind: as long as the first is heard, it is not.
  const two = new StatusOrder();
  for (let now = 0; now < 60_000; now += 500) {
    expect(two.take(2e12 + now, now)).toBe('taken');
    expect(two.take(1e12 + now, now + 250)).toBe('older');
  }
});

test('clocks that drift apart do not make messages old', () => {
  const delay = new TransitDelay();
  let largest = 0;
  // A sender's clock that loses a second in an hour.
  for (let now = 0; now < 86_400_000; now += 30_000)
    largest = Math.max(largest, delay.note(1e12 + now * (1 - 1 / 3600), now));
  expect(largest).toBeLessThan(60);
});

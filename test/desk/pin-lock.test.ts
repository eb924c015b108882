import fc from 'fast-check';
import { PinLock } from '../../src/desk/pin-lock';

function lockWith(pin: string) {
  let now = 1000;
  const set = { pin };
  const lock = new PinLock(() => set.pin, { monotonic: () => now });
  return { lock, set, pass: (ms: number) => (now += ms) };
}

test('without a PIN nothing is locked, and with one everything until it is typed', () => {
  const { lock, set } = lockWith('');
  expect([lock.locked, lock.closesIn]).toEqual([false, undefined]);
  set.pin = '4711';
  expect([lock.locked, lock.closesIn]).toEqual([true, undefined]);
  expect(lock.open('4711')).toBeUndefined();
  expect([lock.locked, lock.closesIn]).toEqual([false, 300_000]);
  lock.close();
  expect(lock.locked).toBe(true);
});

test('it closes by itself after five minutes without a touch', () => {
  const { lock, pass } = lockWith('4711');
  lock.open('4711');
  pass(299_000);
  lock.touched();
  pass(299_000);
  expect([lock.locked, lock.closesIn]).toEqual([false, 1000]);
  pass(1000);
  expect(lock.locked).toBe(true);
  // Who comes later has to know it.
  lock.touched();
  expect(lock.locked).toBe(true);
});

test('who tries PINs waits longer and longer, also with the right one, up to an hour', () => {
  const { lock, pass } = lockWith('4711');
  expect([1, 2, 3, 4].map((n) => lock.open(`000${n}`))).toEqual([
    'This is not the PIN: 4 more tries.',
    'This is not the PIN: 3 more tries.',
    'This is not the PIN: 2 more tries.',
    'This is not the PIN: one more try.',
  ]);
  expect(lock.open('0005')).toBe('Too many wrong PINs: wait 30 s.');
  pass(29_500);
  expect(lock.open('4711')).toBe('Too many wrong PINs: wait 1 s.');
  pass(500);
  expect(lock.open('0006')).toBe('Too many wrong PINs: wait 60 s.');
  for (let i = 0; i < 20; i++) {
    pass(3_600_000);
    lock.open('0007');
  }
  expect(lock.open('4711')).toBe('Too many wrong PINs: wait 3600 s.');
  pass(3_600_000);
  expect(lock.open('4711')).toBeUndefined();
  // The right one makes good for all.
  lock.close();
  expect(lock.open('0008')).toBe('This is not the PIN: 4 more tries.');
});

test('only the PIN itself opens it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{4,8}$/), fc.string({ maxLength: 20 }), (pin, typed) => {
      const { lock } = lockWith(pin);
      lock.open(typed);
      expect(lock.locked).toBe(typed !== pin);
    }),
  );
});

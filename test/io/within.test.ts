import { within } from '../../src/io/within';
import { FakeTimers } from './fake-timers';

const never = new Promise<string>(() => undefined);

test('work that is done in time is waited for, and its timer goes', async () => {
  const timers = new FakeTimers();
  expect(await within(1000, Promise.resolve('done'), timers)).toBe('done');
  expect(timers.pending).toBe(0);
});

test('work that takes longer is not waited for', async () => {
  const timers = new FakeTimers();
  let result: unknown = 'waiting';
  void within(1000, never, timers).then((value) => (result = value));
  await timers.advance(999);
  expect(result).toBe('waiting');
  await timers.advance(1);
  expect(result).toBeUndefined();
  expect(timers.pending).toBe(0);
});

test('work that fails in time is told, and later no more', async () => {
  const timers = new FakeTimers();
  await expect(within(1000, Promise.reject(new Error('no disk')), timers)).rejects.toThrow('no disk');
  expect(timers.pending).toBe(0);
  let fail: (error: Error) => void = () => undefined;
  const late = within(1000, new Promise((_, reject) => (fail = reject)), timers);
  await timers.advance(1000);
  fail(new Error('too late'));
  expect(await late).toBeUndefined();
});

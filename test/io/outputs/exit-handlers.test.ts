import { EventEmitter } from 'node:events';
import { installExitHandlers } from '../../../src/io/outputs/exit-handlers';

function setUp(stop?: (signal: string) => void) {
  const calls: string[] = [];
  const process = Object.assign(new EventEmitter(), {
    exit: (code: number) => {
      calls.push(`exit ${code}`);
      process.emit('exit', code);
    },
  });
  const remove = installExitHandlers(process, {
    restore: () => calls.push('restore'),
    failed: (error) => calls.push(`failed ${String(error)}`),
    ...(stop && {
      stop: (signal) => {
        calls.push(`stop ${signal}`);
        stop(signal);
      },
    }),
  });
  return { calls, process, remove };
}

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('%s restores once and exits with %i', (signal, code) => {
  const { calls, process } = setUp();
  process.emit(signal, signal);
  expect(calls).toEqual(['restore', `exit ${code}`]);
});

test('a signal lets the program stop in order, a second one does not wait', () => {
  const { calls, process } = setUp(() => undefined);
  process.emit('SIGTERM', 'SIGTERM');
  expect(calls).toEqual(['restore', 'stop SIGTERM']);
  process.emit('SIGINT', 'SIGINT');
  expect(calls).toEqual(['restore', 'stop SIGTERM', 'exit 130']);
});

test.each(['uncaughtException', 'unhandledRejection'])('%s restores, tells, and exits with 1', (event) => {
  const { calls, process } = setUp(() => undefined);
  process.emit(event, new Error('boom'));
  expect(calls).toEqual(['restore', 'failed Error: boom', 'exit 1']);
});

test('the normal end restores', () => {
  const { calls, process } = setUp();
  process.emit('exit', 0);
  expect(calls).toEqual(['restore']);
});

test('the handlers can be taken away', () => {
  const { calls, process, remove } = setUp();
  remove();
  expect(process.eventNames()).toEqual([]);
  process.emit('SIGTERM', 'SIGTERM');
  expect(calls).toEqual([]);
});

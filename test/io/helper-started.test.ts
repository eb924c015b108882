import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { helperStarted } from './helper-started';

test('a helper that ends or is not there is told at once, and not waited for', async () => {
  await expect(helperStarted(spawn(process.execPath, ['-e', 'process.exit(3)']))).rejects.toThrow(
    /process\.exit\(3\) ended with code 3; it needs python3 and pseudo terminals/,
  );
  await expect(helperStarted(spawn('/nope/python3', ['x.py']))).rejects.toThrow(
    /\/nope\/python3 x\.py can't be started/,
  );
});

test('one that speaks has started', async () => {
  const child = spawn(process.execPath, ['-e', 'console.log("ready")']);
  const ended = once(child, 'close');
  await expect(helperStarted(child)).resolves.toBeUndefined();
  await ended;
});

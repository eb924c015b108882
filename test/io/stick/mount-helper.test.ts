import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askHelper } from '../../../src/io/stick/mount-helper';

const folder = mkdtempSync(join(tmpdir(), 'packdial-helper-'));
mkdirSync(join(folder, 'requests'));
const request = join(folder, 'requests', 'request');
afterAll(() => rmSync(folder, { recursive: true }));

/** Answers the next request in the place of deploy/stick, by a whole file as it does. Resolves with the request. */
async function answering(words: string): Promise<string> {
  for (;;) {
    await sleep(5);
    try {
      const asked = readFileSync(request, 'utf8');
      rmSync(request);
      writeFileSync(join(folder, 'answer.new'), `${asked.split(' ')[0]} ${words}\n`);
      renameSync(join(folder, 'answer.new'), join(folder, 'answer'));
      return asked;
    } catch {
      // Not yet.
    }
  }
}

test('a request is one line, and its answer is told', async () => {
  const helper = answering('done');
  expect(await askHelper('mount', 'sda1', folder)).toEqual({ is: 'done' });
  expect(await helper).toMatch(/^[0-9a-f]{16} mount sda1\n$/);
  void answering('failed mount: wrong fs type');
  expect(await askHelper('mount', 'sda1', folder)).toEqual({
    is: 'failed',
    reason: 'mount: wrong fs type',
  });
});

test('the answer to an earlier request is none', async () => {
  writeFileSync(join(folder, 'answer'), '0123456789abcdef done\n');
  expect(await askHelper('mount', 'sda1', folder, 300)).toEqual({ is: 'silent' });
});

test('where packdial is not installed there is nobody to ask', async () => {
  expect(await askHelper('mount', 'sda1', join(folder, 'none'))).toEqual({ is: 'nobody' });
});

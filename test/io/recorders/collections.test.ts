import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../temporary-folder';
import { bundled } from './temporary-history';

const program = bundled('test/soak/history-lives.ts');
const workerFile = bundled('src/io/recorders/history-worker.ts');
const folder = temporaryFolder();

// A thousand times on each Node: `make test-majors`.
test('a history that is started and stopped again and again outlives forced collections, with every sample', async () => {
  const lives = 25;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--expose-gc',
      '--require',
      join(__dirname, '..', '..', 'soak', 'collect.cjs'),
      program,
      join(folder, 'history.sqlite'),
      workerFile,
      String(lives),
    ],
    { env: { COLLECT_MS: '10' } },
  );
  expect(stdout).toBe(`${2 * lives}\n`);
}, 180_000);

import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The folder that packdial shares with deploy/stick, which has the rights to mount. */
export const helperFolder = '/run/packdial-stick';

/** ms between two looks for the answer. */
const lookInterval = 100;
/** ms after which nobody will answer: a slow stick takes some seconds to be mounted, or to take its last bytes. */
const longestWait = 60_000;

/** What became of a request: done, or why not; `nobody` when there is no helper, `silent` when it did not answer. */
export type HelperAnswer =
  { readonly is: 'done' | 'nobody' | 'silent' } | { readonly is: 'failed'; readonly reason: string };

/**
 * Asks deploy/stick, through packdial-stick.path, to mount a volume at `volume` in the shared folder (`look`: only to be
 * read), or to take it from there. A request is a file of one line: an id that comes back with the answer, the word, and the volume's name.
 * Never rejects.
 */
export async function askHelper(
  word: 'mount' | 'look' | 'unmount',
  name: string,
  folder = helperFolder,
  patience = longestWait,
): Promise<HelperAnswer> {
  const id = randomBytes(8).toString('hex');
  const request = join(folder, 'requests', 'request');
  try {
    await writeFile(`${request}.new`, `${id} ${word} ${name}\n`);
    await rename(`${request}.new`, request);
  } catch {
    return { is: 'nobody' };
  }
  for (const end = performance.now() + patience; performance.now() < end; await sleep(lookInterval)) {
    const answer = await readFile(join(folder, 'answer'), 'utf8').catch(() => '');
    const [answered, outcome, ...words] = answer.trimEnd().split(' ');
    if (answered !== id) continue;
    return outcome === 'done' ? { is: 'done' } : { is: 'failed', reason: words.join(' ') };
  }
  return { is: 'silent' };
}

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache, type VirtualMachine } from './virtual-machine';

const folder = join(cache, 'saved');

/** Forgets all saved machines: the next run has another packdial. */
export function forgetSavedMachines(): void {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * The folder of a saved machine, for `VirtualMachine.resume`. The first test that asks for it in a run makes it; tests in other
 * processes wait for that.
 *
 * @param name what tells it from others, any text
 * @param make starts a machine, brings it to where it is to be saved, and calls `whenReady` with it; `disk` is the file, not there
 *   yet, that its disk has to be
 * @throws Error what `make` throws; who waited for it tries next
 */
export async function savedMachine(
  name: string,
  make: (disk: string, whenReady: (machine: VirtualMachine) => Promise<void>) => Promise<void>,
): Promise<string> {
  const saved = join(folder, name.replaceAll(/\W+/g, '-'));
  const making = `${saved}.making`;
  mkdirSync(folder, { recursive: true });
  while (!existsSync(saved)) {
    if (!createdNow(making)) {
      await sleep(200);
      continue;
    }
    try {
      if (existsSync(saved)) break;
      await make(join(making, 'disk.img'), (machine) => machine.save(making));
      renameSync(making, saved);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  return saved;
}

/** Creates a folder. Returns false when it is there already, which means that another process has created it. */
function createdNow(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * True when an adapter is blocked by software or by a switch of the machine. BlueZ does not tell that from other failures: the
 * kernel answers "failed" to both.
 *
 * @param adapter its name, such as `hci0` @param root of the adapters in sysfs
 */
export function isBlocked(adapter: string, root = '/sys/class/bluetooth'): boolean {
  const folder = join(root, adapter);
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith('rfkill'))
      .some((name) => ['soft', 'hard'].some((kind) => isOne(join(folder, name, kind))));
  } catch {
    return false;
  }
}

function isOne(file: string): boolean {
  return readFileSync(file, 'utf8').trim() === '1';
}

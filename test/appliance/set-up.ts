import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { forgetFigures } from './figures';
import { cache } from './machine/virtual-machine';

/** Before all tests: Debian's kernel, and a disk with the packdial that was just built. */
export default function setUp(): void {
  forgetFigures();
  const { status } = spawnSync(resolve(__dirname, 'machine/make-disk'), [cache], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the disk of the virtual machine could not be made');
}

import { execFileSync, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { forgetFigures } from './figures';
import { forgetSavedMachines } from './machine/saved-machine';
import { cache } from './machine/virtual-machine';

/** Before all tests: Debian's kernel, and a disk with the packdial that was just built. */
export default function setUp(): void {
  forgetFigures();
  forgetSavedMachines();
  // Pictures are drawn here too; tests get a copy of the environment, which native code does not see.
  process.env['FONTCONFIG_FILE'] = resolve(__dirname, '../../fonts/fonts.conf');
  const { status } = spawnSync(resolve(__dirname, 'machine/make-disk'), [cache], { stdio: 'inherit' });
  // Programs that run in the guest, out of the checkout that it can mount.
  for (const program of ['can-states', 'socketcan', 'bus-trouble', 'bluetooth-visits']) {
    execFileSync(process.execPath, ['build.mjs', `test/appliance/${program}.ts`, `dist-bench/${program}.js`]);
  }
  if (status !== 0) throw new Error('the disk of the virtual machine could not be made');
}

import { figures } from './figures';
import { forgetSavedMachines } from './machine/saved-machine';

/** After all tests: what was measured. The machine is emulated: its times are no board's, but they can be compared. */
export default function tearDown(): void {
  forgetSavedMachines();
  process.stdout.write(`\nMeasured in the virtual machine:\n${figures()}\n`);
}

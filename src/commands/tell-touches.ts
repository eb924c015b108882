import { hearInputs } from '../io/inputs/all-inputs';
import { untilSignal } from './until-signal';

/**
 * Prints a line for every touch, every click of a mouse, and every Escape on a keyboard, which nobody types into a name or a
 * password, until a signal ends it. What is held down already does not count. Resolves with the exit code.
 */
export async function tellTouches(
  hear = hearInputs,
  print = (line: string): void => void process.stdout.write(line),
): Promise<number> {
  await untilSignal((signal) =>
    // Where it is touched does not matter.
    hear({ width: 1, height: 1, rotate: 0, keyboardLayout: '' }, signal, {
      pointer: ({ type }) => {
        if (type === 'press') print('touch\n');
      },
      key: ({ key, action }) => {
        if (key === 'Escape' && action === 'down') print('key\n');
      },
      status: () => undefined,
    }),
  );
  return 0;
}

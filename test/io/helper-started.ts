import type { ChildProcess } from 'node:child_process';

/**
 * Waits until a program that helps a test has said its first line.
 *
 * @throws Error when it ends or can't be started instead, as where the machine has no pseudo terminals
 */
export function helperStarted(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (how: string): void =>
      reject(
        new Error(`${child.spawnargs.join(' ')} ${how}; it needs python3 and pseudo terminals (/dev/pts)`),
      );
    let said = '';
    const hear = (piece: Buffer): void => {
      said += piece.toString();
      if (!said.includes('\n')) return;
      child.stdout?.off('data', hear);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.once('error', (error) => failed(`can't be started: ${error.message}`));
    child.once('close', (code) => failed(`ended with code ${code}`));
  });
}

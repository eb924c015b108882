import { statSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * Claims a folder for this process, until it ends: whatever ends it, the claim ends too, for it is a socket that the kernel
 * keeps by name and no file. Resolves with false when another process has it.
 *
 * @param folder one that is there
 */
export function claimFolder(folder: string): Promise<boolean> {
  // By what it is and not by its path, which may be another by way of a link.
  const { dev, ino } = statSync(folder);
  return new Promise((resolve) => {
    const server = createServer((caller) => caller.destroy());
    // A kernel that has no such sockets claims nothing, and forbids nothing.
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen(`\0packdial-data-${dev}-${ino}`, () => resolve(true));
    server.unref();
  });
}

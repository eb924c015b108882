import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for whoever knows best when it is needed no more: after a program has ended that writes into it, say. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'packdial-test-'));

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A folder for all tests of a file, or of a `describe`; gone after them. */
export function temporaryFolder(): string {
  const folder = new TemporaryFolder();
  afterAll(() => folder.remove());
  return folder.path;
}

/** A folder of its own for each test; gone after it. Its path can be asked for during a test. */
export function folderOfEachTest(): () => string {
  let folder: TemporaryFolder | undefined;
  beforeEach(() => {
    folder = new TemporaryFolder();
  });
  afterEach(() => folder?.remove());
  return () => {
    if (folder === undefined) throw new Error('there is a folder only during a test');
    return folder.path;
  };
}

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedSample } from '../../../src/io/recorders/recorder';

/** Bundles a program of the tests, or the history's worker, which must be a file of its own; gone at the end of the test file. */
export function bundled(entry: string): string {
  const root = join(__dirname, '..', '..', '..');
  // Beside the packages that it needs.
  const file = join(root, 'dist-bench', `${process.pid}-${Date.now()}`, 'bundle.js');
  execFileSync(process.execPath, ['build.mjs', entry, file], { cwd: root });
  afterAll(() => rmSync(join(file, '..'), { recursive: true, force: true }));
  return file;
}

/** A sample of a battery with these values. */
export function sampleAt(
  at: number,
  values: Readonly<Record<string, number>>,
  device = 'battery',
): RecordedSample {
  return {
    device,
    kind: 'battery',
    at,
    names: Object.keys(values),
    values: Float64Array.from(Object.values(values)),
  };
}

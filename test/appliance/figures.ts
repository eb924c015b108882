import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './machine/virtual-machine';

/** What the tests have measured; test files run in processes of their own, so that they share a file. */
const file = join(cache, 'figures');

/** Keeps a figure for the end of the run. */
export function figure(what: string, value: string): void {
  mkdirSync(cache, { recursive: true });
  appendFileSync(file, `${what}: ${value}\n`);
}

export function forgetFigures(): void {
  rmSync(file, { force: true });
}

/** All figures of this run, one a line. */
export function figures(): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

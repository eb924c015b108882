import { readFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Starts the bundle beside this file with the compiled code that the build kept: compiling it anew would take an eighth of
 * the time to the first picture. Code of another version of Node is refused by V8, and the bundle is compiled as usual.
 */
function start(): void {
  const filename = join(__dirname, 'main.js');
  const script = new Script(wrap(readFileSync(filename, 'utf8')), {
    filename,
    ...readCache(),
  });
  const main = script.runInThisContext() as (...scope: readonly unknown[]) => void;
  const module = { exports: {} };
  main(module.exports, createRequire(filename), module, filename, __dirname);
}

function readCache(): { cachedData: Buffer } | undefined {
  try {
    return { cachedData: readFileSync(join(__dirname, 'main.cache')) };
  } catch {
    return undefined;
  }
}

start();

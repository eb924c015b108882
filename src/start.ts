import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

const oldestNode = 20;

/**
 * Starts the bundle beside this file with the compiled code that the build kept: compiling it anew would take an eighth of
 * the time to the first picture. Code of another version of Node is refused by V8, and the bundle is compiled as usual.
 */
function start(): void {
  const filename = join(__dirname, 'main.js');
  const script = new Script(wrap(readFileSync(filename, 'utf8')), { filename, ...readCache() });
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

/** Where the machine's own Node is too old, the set-up has brought one for the checkout. */
function startWithOwnNode(): void {
  const own = join(__dirname, '..', '.runtime', 'node_modules', '.bin', 'node');
  if (!existsSync(own)) {
    process.stderr.write(
      `packdial: Node ${process.versions.node} is too old, ${oldestNode} is the oldest that will do; make build brings one.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const child = spawn(own, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}

if (Number.parseInt(process.versions.node, 10) < oldestNode) startWithOwnNode();
else start();

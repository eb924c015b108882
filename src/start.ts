import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

// The build lowers this file to what Node 12 understands and loads nothing else before the check, so that an old Node says
// what is wrong and not that it met a syntax error.

/** As in `engines` of package.json. */
const supported = [22, 24, 26];

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

/** Where the machine's own Node does not fit, the set-up has installed one for the checkout. */
function startWithOwnNode(): void {
  const own = join(__dirname, '..', '.runtime', 'node_modules', '.bin', 'node');
  // An old checkout may have an old one, and this may be it.
  if (!existsSync(own) || realpathSync(own) === process.execPath) {
    process.stderr.write(
      `packdial: this is Node ${process.versions.node}, and packdial runs only with Node 22, 24 or 26: install one of these, or run make build in packdial's checkout, which installs one there.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const child = spawn(own, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}

if (supported.includes(Number.parseInt(process.versions.node, 10))) start();
else startWithOwnNode();

// Bundles the program: a single read and one parse is what makes the dial appear quickly.
//
//   node build.mjs               src/main.ts into dist/main.js with its compiled code, dist/packdial.js, which starts it, and
//                                dist/history-worker.js, a thread of its own
//   node build.mjs ENTRY FILE    one entry into one file
//
// Packages with native parts stay outside the bundle, as does winston, which is loaded after the first picture.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';

async function bundle(entry, outfile, options = {}) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    // import() becomes require(): code that was kept compiled can't import.
    supported: { 'dynamic-import': false },
    sourcemap: 'linked',
    external: [
      'better-sqlite3',
      'canvas',
      'koffi',
      'socketcan',
      '@serialport/bindings-cpp',
      'evdev',
      'winston',
    ],
    logLevel: 'warning',
    ...options,
  });
}

const [entry, outfile] = process.argv.slice(2);
if (entry !== undefined && outfile !== undefined) {
  await bundle(entry, outfile);
} else {
  await bundle('src/main.ts', 'dist/main.js');
  await bundle('src/io/recorders/history-worker.ts', 'dist/history-worker.js');
  // One malloc arena for all threads: with one for each, what they have freed comes to 10 MB after a while.
  await bundle('src/start.ts', 'dist/packdial.js', {
    banner: { js: '#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node' },
  });
  chmodSync('dist/packdial.js', 0o755);
  // In a process of its own, for it runs the program.
  execFileSync(process.execPath, ['setup/keep-compiled.cjs', 'dist/main.js', 'dist/main.cache'], {
    stdio: 'inherit',
  });
}

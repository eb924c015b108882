// Bundles the program into one file: a single read and one parse is what makes the dial appear quickly.
// Packages with native parts stay outside the bundle, as does winston, which is loaded after the first frame.
import { build } from 'esbuild';
import { chmod } from 'node:fs/promises';

const [entry = 'src/main.ts', outfile = 'dist/packdial.js'] = process.argv.slice(2);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  keepNames: false,
  sourcemap: 'linked',
  external: ['canvas', 'koffi', 'socketcan', 'evdev', 'winston'],
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
await chmod(outfile, 0o755);

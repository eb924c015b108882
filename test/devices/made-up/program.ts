import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

// In a process of its own: esbuild does not run within jest. `line` goes in front of the first type of the list.
const bundler = `
  import { build } from 'esbuild';
  import { readFileSync } from 'node:fs';
  const [line, outfile] = process.argv.slice(1);
  const oneLineMore = {
    name: 'one-line-more',
    setup: ({ onLoad }) => onLoad({ filter: /src\\/devices\\/all\\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const start = text.indexOf("  'evtv-udp'");
      if (start < 0) throw new Error('the list of types begins in another way');
      return { contents: text.slice(0, start) + line + '\\n' + text.slice(start), loader: 'ts' };
    }),
  };
  await build({ entryPoints: ['src/main.ts'], outfile, bundle: true, platform: 'node', format: 'cjs',
    packages: 'external', plugins: [oneLineMore], logLevel: 'error' });
`;

/**
 * Bundles packdial with the device type of this folder: nothing of src is another but one line of the list of types. What
 * the bundle needs beside itself is the built program's.
 *
 * @param folder where it goes
 * @returns the program's path
 * @throws Error when packdial was not built
 */
export function bundleWithMadeUp(folder: string): string {
  const dist = join(folder, 'dist');
  mkdirSync(dist);
  for (const name of ['node_modules', 'fonts', 'images', 'package.json'])
    symlinkSync(join(root, name), join(folder, name));
  for (const name of ['history-worker.js', 'web']) {
    const built = join(root, 'dist', name);
    if (!existsSync(built)) throw new Error(`${built} is missing: run make build first`);
    cpSync(built, join(dist, name), { recursive: true });
  }
  const type = join(__dirname, 'made-up').replaceAll('\\', '/');
  const line = `  'made-up': async () => (await import(${JSON.stringify(type)})).madeUp,`;
  const file = join(dist, 'main.js');
  execFileSync(process.execPath, ['--input-type=module', '-e', bundler, '--', line, file], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return file;
}

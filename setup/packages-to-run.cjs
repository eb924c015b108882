// Prints the folders of the npm packages that the built program loads, a line each: those of package.json that are not bundled
// into dist, with what they need themselves, but for what only compiles them.
//
//   node packages-to-run.cjs
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const { packages } = read('package-lock.json');
const bundled = [
  '@novnc/novnc',
  'commander',
  'hyparquet-writer',
  'mqtt',
  'mysql2',
  'pg',
  'uplot',
  'valibot',
  'winston',
];
/** They compile native parts, or download them, when a package is installed. */
const compilers = ['nan', 'node-addon-api', 'node-gyp', 'prebuild-install'];
const found = new Set();

/** Takes a package up as it is found from a folder: in that one's node_modules, or in those above it. */
function add(name, from) {
  for (let folder = from; ; folder = folder.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const path = join(folder, 'node_modules', name);
    if (packages[path] !== undefined && existsSync(path)) {
      if (found.has(path)) return;
      found.add(path);
      const { dependencies, optionalDependencies } = packages[path];
      for (const needed of Object.keys({ ...dependencies, ...optionalDependencies }))
        if (!compilers.includes(needed)) add(needed, path);
      return;
    }
    if (folder === '') return;
  }
}

for (const name of Object.keys(read('package.json').dependencies)) if (!bundled.includes(name)) add(name, '');
process.stdout.write(
  [...found]
    .map((path) => `${path}\n`)
    .sort()
    .join(''),
);

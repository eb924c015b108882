// Bundles the program: a single read and one parse is what makes the dial appear quickly.
//
//   node build.mjs               src/main.ts into dist/main.js with its compiled code, dist/packdial.js, which starts it,
//                                dist/history-worker.js, dist/database-worker.js, dist/database-trial.js and dist/parquet-worker.js,
//                                threads of their own, packages that wait in files of their own, and dist/web, the page for
//                                browsers
//   node build.mjs ENTRY FILE    one entry into one file
//
// Packages with native parts stay outside the bundle, as do those that are loaded after the first picture.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

async function bundle(entry, outfile, options = {}) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
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
      'hono',
      '@hono/node-server',
      'ws',
      '@jellybrick/dbus-next',
      'pg-native',
    ],
    plugins: [withFilesOfTheirOwn],
    logLevel: 'warning',
    ...options,
  });
}

/** Packages that only some displays need, or only after the first picture: each is a file beside the bundle, read in one go. */
const filesOfTheirOwn = ['mqtt', 'mysql2', 'pg', 'winston'];

const withFilesOfTheirOwn = {
  name: 'with-files-of-their-own',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(${filesOfTheirOwn.join('|')})$`) }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${path}.js`, external: true },
    );
  },
};

/**
 * noVNC waits at its start, before anything else, for an answer whether the browser decodes H.264, which is never sent here:
 * no bundler can put code that waits and is imported in a circle in order.
 */
const withoutVideo = {
  name: 'without-video',
  setup({ onLoad }) {
    onLoad({ filter: /novnc\/core\/util\/browser\.js$/ }, ({ path }) => {
      const waiting = 'supportsWebCodecsH264Decode = await _checkWebCodecsH264DecodeSupport();';
      const code = readFileSync(path, 'utf8');
      if (!code.includes(waiting)) throw new Error('noVNC has another way to ask for H.264');
      return { contents: code.replace(waiting, '') };
    });
  },
};

/** The page: a script for each of its pages with what they share, the style in the display's colours, and the fonts. */
async function bundlePage(folder) {
  const pages = ['screen', 'status', 'energy', 'history', 'login'];
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: pages.map((name) => `src/web-page/${name}.ts`),
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: 'shared-[hash]',
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'eof',
    banner: {
      js: '/*! With noVNC (MPL-2.0, github.com/novnc/noVNC) and uPlot (MIT, github.com/leeoniya/uPlot). */',
    },
    plugins: [withoutVideo],
    logLevel: 'warning',
  });
  const { outputFiles } = await build({
    entryPoints: ['src/render/theme.ts'],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const theme = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  const colours = Object.entries(theme.dayPalette).map(([name, colour]) => `--${name}:${colour};`);
  const css = [
    `:root{${colours.join('')}}`,
    readFileSync('node_modules/uplot/dist/uPlot.min.css', 'utf8'),
    readFileSync('src/web-page/style.css', 'utf8'),
  ].join('\n');
  await build({
    stdin: { contents: css, loader: 'css' },
    outfile: `${folder}/style.css`,
    minify: true,
    logLevel: 'warning',
  });
  const layout = readFileSync('src/web-page/layout.html', 'utf8');
  const titles = {
    screen: 'packdial',
    status: 'Values · packdial',
    energy: 'Energy · packdial',
    history: 'History · packdial',
    login: 'Log in · packdial',
  };
  for (const name of pages) {
    const page = layout
      .replaceAll('{title}', titles[name])
      .replaceAll('{script}', name)
      .replace('{main}', () => readFileSync(`src/web-page/${name}.html`, 'utf8').trimEnd());
    writeFileSync(`${folder}/${name === 'screen' ? 'index' : name}.html`, page);
  }
  const icons = [
    'icon.svg',
    ...['', 'maskable-'].flatMap((kind) => [192, 512].map((px) => `icon-${kind}${px}.png`)),
  ];
  for (const name of [...icons, 'packdial.webmanifest']) cpSync(`src/web-page/${name}`, `${folder}/${name}`);
  for (const weight of ['Medium', 'SemiBold']) {
    cpSync(`fonts/BarlowSemiCondensed-${weight}.ttf`, `${folder}/BarlowSemiCondensed-${weight}.ttf`);
  }
}

const [entry, outfile] = process.argv.slice(2);
if (entry !== undefined && outfile !== undefined) {
  // Tests and measurements have nothing beside them; packages that few of them load are found where they are installed.
  const apart = {
    name: 'apart',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^(mysql2|pg)$/ }, ({ path }) => ({ path, external: true })),
  };
  await bundle(entry, outfile, { plugins: [apart] });
} else {
  await bundle('src/main.ts', 'dist/main.js');
  await bundle('src/io/recorders/history-worker.ts', 'dist/history-worker.js');
  await bundle('src/io/databases/database-worker.ts', 'dist/database-worker.js');
  await bundle('src/io/web/parquet-worker.ts', 'dist/parquet-worker.js');
  await bundle('src/io/databases/trial-worker.ts', 'dist/database-trial.js');
  for (const name of filesOfTheirOwn) await bundle(name, `dist/${name}.js`);
  await bundlePage('dist/web');
  // One malloc arena for all threads: with one for each, what they have freed comes to 10 MB after a while.
  await bundle('src/start.ts', 'dist/packdial.js', {
    banner: { js: '#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node' },
    // So that a Node that is too old can read the sentence that says so.
    target: 'node12',
  });
  chmodSync('dist/packdial.js', 0o755);
  // In a process of its own, for it runs the program.
  const seeds = ['--hash-seed=1', '--random-seed=1'];
  execFileSync(process.execPath, [...seeds, 'setup/keep-compiled.cjs', 'dist/main.js', 'dist/main.cache'], {
    stdio: 'inherit',
  });
}

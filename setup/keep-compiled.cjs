// Keeps what V8 compiled of the bundle after it has drawn a picture, so that the next start need not compile it again:
//
//   node --hash-seed=1 --random-seed=1 keep-compiled.cjs BUNDLE CACHE
//
// The two seeds make it the same bytes each time, and a name without a folder in every folder.
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { tmpdir } = require('node:os');
const { dirname, join, resolve } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

const [bundle, cache] = process.argv.slice(2).map((path) => resolve(path));
const folder = mkdtempSync(join(tmpdir(), 'packdial-build-'));
const framebuffer = join(folder, 'framebuffer');
writeFileSync(framebuffer, Buffer.alloc(800 * 480 * 2));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
// As the build of anybody, whatever is set up on this machine.
for (const name of Object.keys(process.env)) if (name.startsWith('PACKDIAL_')) delete process.env[name];
const config = join(folder, 'settings.json');
writeFileSync(config, '{}');
process.argv.splice(
  2,
  Infinity,
  'run',
  '--framebuffer',
  framebuffer,
  '--port',
  '65500',
  '--log-level',
  'error',
  '--history',
  'false',
  '--data-dir',
  folder,
  '--config',
  config,
  '--backlight',
  join(folder, 'backlight'),
  '--touch',
  join(folder, 'touch'),
);

const script = new Script(wrap(readFileSync(bundle, 'utf8')), { filename: 'main.js' });
const module_ = { exports: {} };
script.runInThisContext()(module_.exports, createRequire(bundle), module_, bundle, dirname(bundle));
const blank = Buffer.alloc(800 * 480 * 2);
const end = performance.now() + 30_000;
/** Only what the first picture needs: more would be read at each start, and compiled code is soon there when it is needed. */
function keepOncePictured() {
  if (readFileSync(framebuffer).equals(blank)) {
    if (performance.now() < end && process.exitCode === undefined) return void setImmediate(keepOncePictured);
    process.stderr.write('packdial: the program that was built draws no picture\n');
    process.exit(1);
  }
  // V8 takes only code that was compiled with the flags that it has itself: the usual ones.
  for (const flag of ['--hash-seed=0', '--random-seed=0']) setFlagsFromString(flag);
  writeFileSync(cache, script.createCachedData());
  process.kill(process.pid, 'SIGTERM');
}
keepOncePictured();

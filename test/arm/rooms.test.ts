import { execFileSync } from 'node:child_process';
import { aptInstall, emulatedDebian } from './emulated-debian';
import { resultsOfRooms, type JestResults } from './room-results';

const hour = 3_600_000;

/** Folders or files of test/ whose tests are run; ROOMS in the environment names others. */
const rooms = (process.env['ROOMS'] ?? 'protocol model render').split(' ');

/** Tests that an emulator fails, by their names, each with its reason. */
const beyondTheEmulator: Readonly<Record<string, string>> = {
  'what is said of packdial itself parses': 'the emulator tells no resident memory: 0 bytes',
};

/** In the Debian of the pictures in test/golden. */
const suite = 'bookworm';

test(
  `unit tests of ${rooms.join(', ')} pass on arm64, with the native parts of the package`,
  async () => {
    const debian = emulatedDebian(suite);
    try {
      const clone = debian.path('root/packdial');
      // What is compiled comes out of the package; npm, which only unpacks, runs on this machine.
      execFileSync(
        'npm',
        ['ci', '--ignore-scripts', '--os=linux', '--cpu=arm64', '--libc=glibc', '--silent'],
        {
          cwd: clone,
          stdio: 'inherit',
        },
      );
      const prepared = await debian.run(
        `${aptInstall('python3')} &&
         for part in canvas socketcan evdev; do cp -R /opt/packdial/current/node_modules/$part/build node_modules/$part/ || exit; done &&
         cp -R /opt/packdial/current/dist .`,
      );
      expect(prepared).toMatchObject({ code: 0 });
      const begin = performance.now();
      const { said } = await debian.run(
        `PATH=/opt/packdial/current:$PATH node node_modules/.bin/jest --json --outputFile=/root/results.json \\
         --maxWorkers=2 --testTimeout=600000 ${rooms.map((room) => `test/${room}`).join(' ')}`,
      );
      const minutes = (performance.now() - begin) / 60_000;
      const results = JSON.parse(debian.read('root/results.json')) as JestResults;
      const { table, failed } = resultsOfRooms(results, rooms);
      process.stdout.write(`${table}\narm64 ${suite}: ${minutes.toFixed(1)} minutes\n`);
      const unexpected = failed.filter(({ name }) => !(name in beyondTheEmulator));
      if (unexpected.length > 0) process.stdout.write(said.slice(-20_000));
      expect(unexpected).toEqual([]);
    } finally {
      debian.remove();
    }
  },
  3 * hour,
);

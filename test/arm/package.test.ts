import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { version } from '../../package.json';
import { asDatagram, batteryFrames } from '../appliance/installed-display';
import {
  differing,
  fromPng,
  part,
  withoutPowerLog,
  withoutStatus,
  type Picture,
} from '../appliance/machine/picture';
import type { BareDebian, Ended } from '../newcomer/bare-debian';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { aptInstall, emulatedDebian, measured } from './emulated-debian';
import { unlike } from './unlike';

const checkout = resolve(__dirname, '../..');
/** This machine's Debian; the pictures of another one differ by its libraries. */
const ownSuite = /^VERSION_CODENAME=(.*)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
/** Debians that the package is installed on; DEBIANS in the environment names others. */
const suites = (process.env['DEBIANS'] ?? 'bookworm trixie').split(' ');
const hour = 3_600_000;
const folder = temporaryFolder();

/** UDP ports of the displays: one network. */
const ports = { here: 46_500, there: 46_501 };

/** What a main screen says of now: neither the clock and the way it is heard, nor the hours before. */
function present(picture: Picture): Picture {
  return withoutStatus(withoutPowerLog(picture));
}

/** A screen below the height of its head, in which there is a clock. */
function withoutHead(picture: Picture): Picture {
  return part(picture, 0, 64, picture.width, picture.height);
}

/** Where a display keeps its picture. */
class PictureFile {
  constructor(readonly path: string) {}

  exists(): boolean {
    return existsSync(this.path);
  }

  bytes(): Buffer {
    return readFileSync(this.path);
  }
}

/** Waits until both pictures have been other ones than now, and then none has changed for five seconds. Resolves with both. */
async function steady(there: PictureFile, here: PictureFile): Promise<[there: Buffer, here: Buffer]> {
  const now = (): [Buffer, Buffer] => [there.bytes(), here.bytes()];
  const [before, begin] = [now(), performance.now()];
  let [last, since] = [before, begin];
  await until(
    'both pictures have changed and stay as they are',
    async () => {
      await sleep(500);
      const seen = now();
      if (!seen.every((bytes, i) => bytes.equals(last[i] ?? bytes)))
        [last, since] = [seen, performance.now()];
      const changed = seen.every((bytes, i) => !bytes.equals(before[i] ?? bytes));
      return changed && performance.now() - since > 5000;
    },
    120,
  );
  return last;
}

describe.each(suites)('on a bare %s for arm64, emulated', (suite) => {
  const ok = { code: 0, said: expect.any(String) as string };
  let debian: BareDebian;
  /** Runs a command there, and prints how long it took. */
  const run = async (what: string, command: string): Promise<Pick<Ended, 'code' | 'said'>> => {
    const { code, said } = await measured(`${what} on ${suite}`, () =>
      debian.run(`export TZ=UTC && cd /root && ${command}`),
    );
    return { code, said };
  };

  beforeAll(async () => {
    debian = await measured(`making a bare ${suite}`, () => emulatedDebian(suite));
  }, hour);

  afterAll(() => debian.remove());

  test(
    'one apt install lays packdial down, and it runs there',
    async () => {
      const ended = await run('apt install', aptInstall());
      expect(ended).toEqual(ok);
      expect(ended.said).toContain('the dial comes with the next start');
      expect(await run('--version', 'packdial --version')).toEqual({ code: 0, said: `${version}\n` });
      expect(await run('Node', '/opt/packdial/current/node -p process.arch')).toEqual({
        code: 0,
        said: 'arm64\n',
      });
      expect(await run('dpkg --verify', 'dpkg --verify packdial')).toEqual({ code: 0, said: '' });
    },
    hour,
  );

  test.each(['main', 'cells', 'settings'])(
    'the screen %s is drawn as on this machine',
    async (screen) => {
      const words = ['snapshot', '--source', 'simulate', '--screen', screen];
      const here = join(folder, `${screen}.png`);
      execFileSync(process.execPath, [join(checkout, 'dist/packdial.js'), ...words, '--out', here], {
        env: { ...process.env, TZ: 'UTC' },
      });
      const there = `packdial ${words.join(' ')} --out ${screen}.png`;
      expect(await run(`the snapshot ${screen}`, there)).toEqual(ok);
      expect(
        unlike(debian.readBytes(`root/${screen}.png`), readFileSync(here), suite === ownSuite, withoutHead),
      ).toBeUndefined();
    },
    600_000,
  );

  test('a battery that sends over UDP gives the same picture on both', async () => {
    const here = new PictureFile(join(folder, 'here.png'));
    const there = new PictureFile(debian.path('root/there.png'));
    const run = (port: number): string[] =>
      `run --source udp --port ${port} --headless --web off --history false --log false`.split(' ');
    rmSync(here.path, { force: true });
    writeFileSync(join(folder, 'settings.json'), '{}');
    const mine = spawn(
      process.execPath,
      [join(checkout, 'dist/packdial.js'), ...run(ports.here), '--data-dir', folder, '--picture', here.path],
      { env: { ...process.env, TZ: 'UTC', PACKDIAL_CONFIG: join(folder, 'settings.json') }, stdio: 'ignore' },
    );
    const emulated = debian.start(
      `export TZ=UTC && packdial ${run(ports.there).join(' ')} --data-dir /root --picture /root/there.png`,
    );
    const socket = createSocket('udp4');
    let timer: NodeJS.Timeout | undefined;
    try {
      await until('both are there', () => here.exists() && there.exists(), 300);
      const silent = fromPng(here.bytes());
      timer = setInterval(() => {
        for (const port of Object.values(ports))
          for (const frame of batteryFrames) socket.send(asDatagram(frame), port, '127.0.0.1');
      }, 500);
      // Looking at pixels takes long on a busy machine, and nothing is sent meanwhile.
      const [thereBytes, hereBytes] = await steady(there, here);
      expect(differing(fromPng(hereBytes), silent)).toBeGreaterThan(20_000);
      expect(unlike(thereBytes, hereBytes, suite === ownSuite, present)).toBeUndefined();
    } finally {
      clearInterval(timer);
      socket.close();
      emulated.stop();
      mine.kill('SIGKILL');
    }
  }, 600_000);
});

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { version } from '../../package.json';
import { InstalledDisplay } from '../appliance/installed-display';
import { differing, fromPng, part, type Picture } from '../appliance/machine/picture';
import { armCache, VirtualMachine } from '../appliance/machine/virtual-machine';
import { temporaryFolder } from '../temporary-folder';
import { measured, packageFile } from './emulated-debian';

const checkout = resolve(__dirname, '../..');
const hour = 3_600_000;
const size = { width: 800, height: 480 };
const folder = temporaryFolder();

/** Of the welcome the ways in which a battery may be connected, below addresses and ports. */
function choices(picture: Picture): Picture {
  return part(picture, 0, 150, picture.width, picture.height);
}

/** The dial of a main screen, of which nothing is anywhere else. */
function dial(picture: Picture): Picture {
  return part(picture, 345, 80, 780, 400);
}

/** A screen's title, and neither clock nor state of the source. */
function title(picture: Picture): Picture {
  return part(picture, 96, 10, 330, 36);
}

/** A screen as this machine draws it. */
function drawnHere(screen: string): Picture {
  const file = join(folder, `${screen}.png`);
  execFileSync(process.execPath, [
    join(checkout, 'dist/packdial.js'),
    ...['snapshot', '--screen', screen, '--out', file],
  ]);
  return fromPng(readFileSync(file));
}

beforeAll(
  () =>
    measured('making the disk', () => {
      execFileSync(join(__dirname, 'make-disk'), [armCache, packageFile], { stdio: 'inherit' });
    }),
  hour,
);

describe('a machine with the processor of a Pi 4 on which the package is installed', () => {
  let machine: VirtualMachine;
  let display: InstalledDisplay;
  /** Waits until a part of what the framebuffer shows is as this machine draws it. */
  const shows = (screen: string, cut: (picture: Picture) => Picture, seconds = 120): Promise<void> => {
    const expected = cut(drawnHere(screen));
    return display.eventually(
      `the screen ${screen}`,
      async () => differing(cut(await machine.screenshot()), expected) === 0,
      seconds,
    );
  };

  beforeAll(async () => {
    machine = await VirtualMachine.boot({ processor: 'arm64' });
    display = new InstalledDisplay(machine);
  }, hour);

  afterAll(() => machine.cut());

  test(
    'greets its owner by itself, to the pixel as this machine draws it',
    async () => {
      await measured('from power on to the picture', () => shows('welcome', choices, 900));
      await measured('from there to the end of the start', () => display.untilActive(600));
      expect(await machine.run('uname -m; dpkg --print-architecture')).toBe('aarch64\narm64');
      expect(await machine.run('cat /sys/class/graphics/fb0/name')).toContain('virtio_gpu');
      expect(await machine.run('systemctl is-active packdial; packdial --version')).toBe(
        `active\n${version}`,
      );
    },
    hour,
  );

  test(
    'a finger opens the dial, and a screen from there',
    async () => {
      await display.logs('Touch by', 300);
      await machine.tap(38, 32, size);
      await measured('from a touch to the dial', () => shows('main', dial));
      await machine.tap(150, 370, size);
      await measured('from a touch to the cells', () => shows('cells', title));
      await machine.tap(44, 36, size);
      await measured('from a touch back to the dial', () => shows('main', dial));
    },
    hour,
  );

  test.each(['udp', 'can'])(
    'a battery comes in by %s and is on the screen',
    async (source) => {
      await machine.run('rm -f /var/lib/packdial/screen.png');
      await machine.run(
        `packdial configure --source ${source} --picture /var/lib/packdial/screen.png && systemctl restart packdial
         for i in {1..300}; do [ -s /var/lib/packdial/screen.png ] && exit 0; sleep 0.5; done; exit 1`,
        600,
      );
      const silent = await display.ownPicture();
      if (source === 'can') await display.sendOnBus();
      const stop = source === 'udp' ? display.sendDatagrams() : (): void => undefined;
      try {
        await measured(`from the first frame by ${source} to a battery`, () =>
          display.eventually(
            'the battery',
            async () => differing(await display.ownPicture(), silent) > 20_000,
            300,
          ),
        );
        await display.showsOwnPicture();
      } finally {
        stop();
      }
    },
    hour,
  );
});

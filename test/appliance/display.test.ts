import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { PNG } from 'pngjs';
import { VirtualMachine, type Picture } from './machine/virtual-machine';

const root = resolve(__dirname, '../..');
const packdial = `${process.execPath} ${root}/dist/packdial.js`;

/** One battery as a controller tells it: a line of candump's log for each message. */
const frames = [
  '150#2C01E601850A1B16',
  '650#9B',
  '651#BE0F0810E30F',
  '652#000000002A002000',
  '68F#0002C7C8C9C6C7C8',
  '68F#0102C9C8C7C8C9CA',
];

/** Sends the frames on can1 again and again, which reaches can0 over the bus. */
const sendOnBus = `while true; do ${frames.map((frame) => `cansend can1 ${frame}`).join('; ')}; sleep 0.3; done &`;

/** Sends the same as datagrams of 24 bytes. */
const sendDatagrams = `${process.execPath} -e '
const socket = require("dgram").createSocket("udp4");
const datagrams = ${JSON.stringify(frames)}.map((frame) => {
  const [id, data] = frame.split("#");
  const bytes = Buffer.alloc(24);
  Buffer.from(data, "hex").copy(bytes);
  bytes.writeUInt32LE(parseInt(id, 16), 8);
  bytes[23] = data.length / 2;
  return bytes;
});
setInterval(() => datagrams.forEach((bytes) => socket.send(bytes, 6500, "127.0.0.1")), 300)' &`;

function run(args: string): string {
  return `${packdial} run ${args} --picture /run/machine/picture.png 2>/run/machine/packdial.log &
echo $! > /run/machine/packdial.pid`;
}

const untilTold = 'while [ ! -f /run/machine/done ]; do sleep 0.2; done';

function ownPicture(machine: VirtualMachine): Picture {
  const { width, height, data } = PNG.sync.read(readFileSync(join(machine.folder, 'picture.png')));
  const rgb = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) data.copy(rgb, i * 3, i * 4, i * 4 + 3);
  return { width, height, rgb };
}

/** Pixels of two pictures that differ, when only the `bits` highest bits of red, green and blue count. */
function differing(a: Picture, b: Picture, bits: readonly [number, number, number] = [8, 8, 8]): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  const shifts = bits.map((n) => 8 - n);
  let count = 0;
  for (let i = 0; i < a.rgb.length; i += 3) {
    const same = [0, 1, 2].every(
      (c) => (a.rgb[i + c] ?? 0) >> (shifts[c] ?? 0) === (b.rgb[i + c] ?? 0) >> (shifts[c] ?? 0),
    );
    if (!same) count++;
  }
  return count;
}

/** Turns a picture clockwise by quarters. */
function turned(picture: Picture, quarters: number): Picture {
  let { width, height, rgb } = picture;
  for (let turn = 0; turn < quarters; turn++) {
    const next = Buffer.alloc(rgb.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++)
        rgb.copy(next, (x * height + (height - 1 - y)) * 3, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
    [width, height, rgb] = [height, width, next];
  }
  return { width, height, rgb };
}

/** Waits until what the screen shows satisfies a condition; tells the guest's log when it never does. */
async function eventually(
  machine: VirtualMachine,
  what: string,
  check: () => Promise<boolean>,
): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if (await check()) return;
    await sleep(500);
  }
  copyFileSync(join(machine.folder, 'screen.ppm'), join(tmpdir(), 'packdial-last-screen.ppm'));
  throw new Error(
    `${what} did not come true; packdial said:\n${await machine.file('packdial.log')}\n${machine.console()}`,
  );
}

/** True when the screenshot is packdial's own picture; both may be caught while it changes. */
async function showsOwnPicture(
  machine: VirtualMachine,
  quarters = 0,
  bits?: readonly [number, number, number],
): Promise<boolean> {
  const shot = await machine.screenshot();
  return differing(shot, turned(ownPicture(machine), quarters), bits) === 0;
}

/** The part of the picture below the status strip, where there are no clock and no names of sources. */
function withoutStatus({ width, height, rgb }: Picture): Picture {
  const strip = Math.round((height * 36) / 480);
  return { width, height: height - strip, rgb: rgb.subarray(width * strip * 3) };
}

async function withMachine<T>(
  framebuffer: string,
  guest: string,
  use: (machine: VirtualMachine) => Promise<T>,
): Promise<T> {
  const machine = await VirtualMachine.boot({ framebuffer, guest });
  try {
    return await use(machine);
  } finally {
    await machine.close();
  }
}

/** Boots, lets packdial hear the battery in the given way, and returns the picture once the screen shows it. */
async function heardPicture(source: string, sender: string): Promise<Picture> {
  const guest = `${run(`--source ${source}`)}\n${sender}\n${untilTold}`;
  return withMachine('800x480', guest, async (machine) => {
    await machine.file('picture.png');
    let shot = await machine.screenshot();
    await eventually(machine, 'a picture at rest of a live battery', async () => {
      const before = shot;
      await sleep(3000);
      shot = await machine.screenshot();
      return liveLight(shot) && differing(before, shot) === 0 && (await showsOwnPicture(machine));
    });
    return shot;
  });
}

/** True when the light in the status strip is green. */
function liveLight({ width, rgb }: Picture): boolean {
  const at = (18 * width + 75) * 3;
  return (rgb[at + 1] ?? 0) > 180 && (rgb[at] ?? 0) < 100;
}

test("the same battery gives the same picture over a CAN bus and over UDP, and the screen shows packdial's own picture pixel for pixel", async () => {
  const overCan = await heardPicture('can --interface can0', sendOnBus);
  const overUdp = await heardPicture('udp --port 6500', sendDatagrams);
  expect(differing(withoutStatus(overCan), withoutStatus(overUdp))).toBe(0);
});

test('a tap on the gear opens the settings and a tap there leads back, as keys do, and SIGTERM gives the console back', async () => {
  const guest = `${run('--source can')}\n${sendOnBus}\n${untilTold}
kill -TERM $(cat /run/machine/packdial.pid); wait $(cat /run/machine/packdial.pid); echo $? > /run/machine/exit-code
${process.execPath} -e '
const koffi = require("${root}/node_modules/koffi");
const ioctl = koffi.load("libc.so.6").func("int ioctl(int, unsigned long, _Out_ int *)");
const mode = [0];
ioctl(require("fs").openSync("/dev/tty0", "r+"), 0x4b3b, mode);
require("fs").writeFileSync("/run/machine/console-mode", String(mode[0]))'
sleep 20`;
  await withMachine('800x480', guest, async (machine) => {
    const size = { width: 800, height: 480 };
    await machine.file('picture.png');
    await eventually(machine, 'touch', async () => (await machine.file('packdial.log')).includes('Touch'));
    expect(await machine.file('packdial.log')).toContain('Keys by ');
    const snapshot = join(machine.folder, 'settings.png');
    const made = spawnSync(process.execPath, [
      `${root}/dist/packdial.js`,
      'snapshot',
      '--screen',
      'settings',
      '--out',
      snapshot,
    ]);
    expect(made.status).toBe(0);
    const { data, width, height } = PNG.sync.read(readFileSync(snapshot));
    const rgb = Buffer.alloc(width * height * 3);
    for (let i = 0; i < width * height; i++) data.copy(rgb, i * 3, i * 4, i * 4 + 3);
    const bothWays = async (open: () => Promise<void>, back: () => Promise<void>): Promise<void> => {
      await open();
      await eventually(
        machine,
        'the settings screen',
        async () => differing(await machine.screenshot(), { width, height, rgb }) === 0,
      );
      await back();
      await eventually(machine, 'the main screen', async () => liveLight(await machine.screenshot()));
    };
    await bothWays(
      () => machine.tap(770, 28, size),
      () => machine.tap(400, 240, size),
    );
    // The settings are the last screen, which is left of the first.
    await bothWays(
      () => machine.key('left'),
      () => machine.key('esc'),
    );
    rmSync(snapshot);
    spawnSync('touch', [join(machine.folder, 'done')]);
    expect((await machine.file('exit-code')).trim()).toBe('0');
    // KD_TEXT of linux/kd.h.
    expect(await machine.file('console-mode')).toBe('0');
  });
});

test.each([
  [90, 1],
  [180, 2],
  [270, 3],
])(
  'turned by %i degrees the screen shows the turned picture, and a tap hits what is seen',
  async (degrees, quarters) => {
    await withMachine(
      '1024x600',
      `${run(`--source can --rotate ${degrees}`)}\n${sendOnBus}\n${untilTold}`,
      async (machine) => {
        await machine.file('picture.png');
        await eventually(machine, 'the turned picture', () => showsOwnPicture(machine, quarters));
        await eventually(machine, 'touch', async () =>
          (await machine.file('packdial.log')).includes('Touch'),
        );
        const before = ownPicture(machine);
        // The gear stands in the picture's upper right corner, 30 pixels from both edges.
        const corner = { 1: [1024 - 36, 600 - 36], 2: [36, 600 - 36], 3: [36, 36] }[quarters] ?? [0, 0];
        await machine.tap(corner[0] ?? 0, corner[1] ?? 0, { width: 1024, height: 600 });
        await eventually(
          machine,
          'another screen',
          async () =>
            differing(before, ownPicture(machine)) > 50_000 && (await showsOwnPicture(machine, quarters)),
        );
      },
    );
  },
);

test('on a framebuffer of 16 bits the screen shows the picture in 5, 6 and 5 bits', async () => {
  await withMachine('vesa', `${run('--source can')}\n${sendOnBus}\n${untilTold}`, async (machine) => {
    await machine.file('picture.png');
    await eventually(
      machine,
      'the picture',
      async () => (await showsOwnPicture(machine, 0, [5, 6, 5])) && liveLight(await machine.screenshot()),
    );
  });
});

test('a recording has all that was on the bus, and goes to can-utils and back', async () => {
  const guest = `
${packdial} record --source can --out /run/machine/day.log 2>/run/machine/packdial.log & recorder=$!
while ! grep -q Listening /run/machine/packdial.log; do sleep 0.2; done
for frame in ${frames.join(' ')} 123#AABB; do cansend can1 $frame; sleep 0.1; done
sleep 1
kill -TERM $recorder; wait $recorder
candump -L can0 > /run/machine/back.log & listener=$!
sleep 1
canplayer -I /run/machine/day.log can1=can0
sleep 1
kill $listener
${packdial} decode --json --source replay --file /run/machine/back.log --speed 0 > /run/machine/decoded.tmp
mv /run/machine/decoded.tmp /run/machine/decoded`;
  await withMachine('800x480', guest, async (machine) => {
    const decoded = JSON.parse((await machine.file('decoded')).trim().split('\n').at(-1) ?? '') as object;
    expect(decoded).toMatchObject({ soc: 77.5, packCurrent: 300, modules: 2, highCutoff: 4.2 });
    const sent = (log: string): string[] =>
      log
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[2] ?? '');
    expect(sent(await machine.file('day.log'))).toEqual([...frames, '123#AABB']);
    expect(sent(await machine.file('back.log'))).toEqual([...frames, '123#AABB']);
  });
});

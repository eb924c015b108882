import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { freePort, freeTcpPort, Packdial } from '../commands/packdial';
import { announced, Owner } from '../screens/config/config-stories';
import { placeOf } from '../screens/stories';
import { TemporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { bareLink } from './broker-bench';
import { Mosquitto } from './mosquitto';
import { openBrowser, WebVisitor } from './web-visitor';

const folder = new TemporaryFolder();
const password = 'Sesame-open-1';
const programs: Packdial[] = [];
const closing: (() => Promise<unknown>)[] = [];

function start(...args: readonly string[]): Packdial {
  const program = new Packdial(args);
  programs.push(program);
  return program;
}

afterAll(async () => {
  for (const close of closing.reverse()) await close();
  for (const program of programs) program.kill();
  await Promise.all(programs.map((program) => program.end()));
  folder.remove();
});

/** The dial of a display, with its marks of the cut-offs, as it is in the picture that the display keeps. */
function dial(name: string): Buffer | undefined {
  try {
    const png = PNG.sync.read(readFileSync(join(folder.path, name, 'screen.png')));
    const rows = Array.from({ length: 330 }, (_, y) =>
      png.data.subarray(((y + 80) * 800 + 345) * 4, ((y + 81) * 800 - 20) * 4),
    );
    return Buffer.concat(rows);
  } catch {
    // It is being written.
    return undefined;
  }
}

const sameDial = (): boolean => {
  const [one, other] = [dial('sender'), dial('receiver')];
  return one !== undefined && other !== undefined && one.equals(other);
};

/** Where something is on a settings screen with a controller. */
function placed(owner: Owner, name: string): readonly [x: number, y: number] {
  const { x, y } = placeOf(owner.screen.targets, name);
  return [x, y];
}

/** The same, and it is touched there too. */
function touched(owner: Owner, name: string): readonly [x: number, y: number] {
  const place = placed(owner, name);
  owner.touch(name);
  return place;
}

test('S0.56, S0.118: a SAVE by touch at a receiver changes the controller, and comes back to both displays', async () => {
  const [broker, udp, controllerPort, webPort] = [
    await Mosquitto.start({ folder: folder.path }),
    await freePort(),
    await freeTcpPort(),
    await freeTcpPort(),
  ];
  closing.push(() => broker.kill());
  const url = `mqtt://127.0.0.1:${broker.port}`;
  for (const name of ['sender', 'receiver']) mkdirSync(join(folder.path, name));
  // The owner of the sender has said before that this is the controller.
  writeFileSync(join(folder.path, 'sender/controller.json'), `{"confirmed":"127.0.0.1:${controllerPort}"}\n`);
  const settings = join(folder.path, 'receiver.json');
  writeFileSync(settings, JSON.stringify({ webPort, remotePassword: password, vnc: false }));

  const data = (name: string): string[] => ['--data-dir', join(folder.path, name)];
  start(
    ...[
      'simulate',
      '--port',
      String(udp),
      '--bms-id',
      'MorganOak',
      '--controller-port',
      String(controllerPort),
    ],
    ...data('controller'),
  );
  const exchange = ['--bms-id', 'MorganOak', '--mqtt-url', url];
  start('run', '--headless', '--mqtt', 'sender', '--port', String(udp), ...exchange, ...data('sender'));
  const receiver = start(
    ...['run', '--headless', '--config', settings, '--web', 'localhost', '--mqtt', 'receiver'],
    ...exchange,
    ...data('receiver'),
  );
  await receiver.says(/The web page is at/);

  // What goes over the broker, as anybody who subscribes sees it.
  const limits: unknown[] = [];
  const looker = bareLink(
    { url },
    {
      up: (session) => void session.subscribe(['EVTV/MorganOak/CompleteStatus']),
      message: ({ payload }) => {
        const { config } = JSON.parse(Buffer.from(payload).toString()) as {
          config?: { values: Record<string, unknown> };
        };
        if (config !== undefined) limits.push(config.values['HIVOLT']);
      },
    },
  );
  closing.push(() => looker.stop());
  await until('the controller is known', () => limits.at(-1) === 4.2, 60);
  const farCutoff = async (): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${webPort}/api/status`);
    const status = (await answer.json()) as { source: string; highCutoff: number | null };
    expect(status.source).toBe('evtv-mqtt');
    return status.highCutoff;
  };
  await until('the receiver has the cut-off', async () => (await farCutoff()) === 4.2, 30);
  await until('both dials show the same', sameDial, 90);

  const browser = await openBrowser();
  closing.push(() => browser.close());
  const visitor = await WebVisitor.come(browser, `http://127.0.0.1:${webPort}`, {
    viewport: { width: 1280, height: 860 },
  });
  await visitor.go('/login');
  await visitor.page.getByLabel('Password').fill(password);
  await visitor.page.getByRole('button', { name: 'Log in' }).click();
  await visitor.connected();

  const owner = new Owner({ controller: announced() });
  const pixels = async (): Promise<Buffer> => (await visitor.picture()).data;
  const touch = async (what: string, [x, y]: readonly [number, number]): Promise<void> => {
    const before = await pixels();
    await visitor.touch(x, y);
    // Data changes the main screen all the time, and nothing but a touch the settings.
    let last = before;
    const settled = async (): Promise<boolean> => {
      const now = await pixels();
      const still = now.equals(last) && !now.equals(before);
      last = now;
      return still;
    };
    const end = performance.now() + 30_000;
    while (!(await settled())) {
      if (performance.now() > end) throw new Error(`nothing came of a touch on ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  };
  await touch('the gear', [770, 28]);
  // From the index to the first of its pages.
  await touch('the arrow', placed(owner, 'right'));
  await touch('minus', touched(owner, 'minus controller HIVOLT'));
  await touch('SAVE', touched(owner, 'save'));
  await visitor.shot('far-save');

  await until('the controller announces it', () => limits.at(-1) === 4.1, 60);
  await visitor.page.keyboard.press('Escape');
  await visitor.page.keyboard.press('Escape');
  await visitor.page.keyboard.press('Escape');
  await until('the receiver has the new cut-off', async () => (await farCutoff()) === 4.1, 30);
  await until('both dials show the same again', sameDial, 90);
  expect(visitor.complaints).toEqual([]);
}, 400_000);

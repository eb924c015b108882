import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { ownCertificate } from '../../src/io/outputs/rfb/own-certificate';
import { freePort, freeTcpPort, Packdial } from '../commands/packdial';
import { TemporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { RemoteDisplay } from './remote-display';
import { part, XScreen } from './x-screen';

let screen: XScreen;
let shown: RemoteDisplay;
const open = new Set<{ close(): unknown }>();
afterEach(async () => {
  for (const one of open) await one.close();
  open.clear();
});

/** A display that is closed after the test. */
async function display(values: Readonly<Record<string, unknown>> = {}): Promise<RemoteDisplay> {
  const made = await RemoteDisplay.open(values);
  open.add(made);
  return made;
}

/** TigerVNC's viewer on a screen of its own. */
async function tigerVnc(
  ...args: readonly string[]
): Promise<{ log: () => string; shows: () => Promise<void> }> {
  screen = await XScreen.open();
  open.add(screen);
  const viewer = screen.start('vncviewer', [
    '-AutoSelect=0',
    '-NoJPEG=1',
    '-RemoteResize=0',
    '-Log',
    '*:stderr:30',
    '-PasswordFile',
    shown.passwordFile(),
    ...args,
    `localhost::${shown.port}`,
  ]);
  let log = '';
  viewer.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const window = async () => {
    const found = await screen.window('TigerVNC');
    return found?.width === 800 && found.height === 480 ? found : undefined;
  };
  return {
    log: () => log,
    // The viewer's own hint, «Press F8», stands in the picture for a while.
    shows: () =>
      until(
        'the viewer shows the picture',
        async () => {
          if (viewer.exitCode !== null) throw new Error(`vncviewer has ended: ${log}`);
          const area = await window();
          // X draws the mouse into its picture.
          await screen.xdotool('mousemove', '1023', '699');
          return (
            area !== undefined &&
            Buffer.compare(
              Buffer.from(part(screen.pixels(), area).buffer),
              Buffer.from(shown.words().buffer),
            ) === 0
          );
        },
        60,
      ),
  };
}

test.each([
  ['Raw', 'VncAuth', 'VNC authentication'],
  ['ZRLE', 'TLSVnc', 'TLS'],
  ['Tight', 'TLSVnc', 'TLS'],
  ['Tight', 'X509Vnc', 'TLS with a certificate'],
])('S0.126: TigerVNC shows the display’s own pixels by %s, after %s', async (encoding, security, by) => {
  shown = await display({ vncCertificate: security.startsWith('X509') });
  const authority = join(shown.folder, 'remote-identity.pem');
  // Known beforehand, or the viewer would ask its user about it.
  if (security.startsWith('X509')) await ownCertificate(authority, () => undefined);
  const viewer = await tigerVnc(
    `-PreferredEncoding=${encoding}`,
    `-SecurityTypes=${security}`,
    `-X509CA=${authority}`,
  );
  await viewer.shows();
  expect(shown.said).toContain(`VNC viewer at 127.0.0.1 looks on and may touch (${by})`);
  for (const name of ['power-log', 'cells', 'settings', 'main'] as const) {
    shown.navigator.open(name);
    shown.display.draw();
    await viewer.shows();
  }
});

test.each(['-FullColor=0 -LowColorLevel=2', '-FullColor=0 -LowColorLevel=0'])(
  'TigerVNC with few colours (%s) gets a picture too',
  async (flags) => {
    shown = await display();
    await tigerVnc(...flags.split(' '));
    await until('a viewer looks on', () => shown.said.some((text) => text.includes('looks on')));
    await until('a picture of few colours', async () => {
      const area = await screen.window('TigerVNC');
      if (area?.width !== 800) return false;
      await screen.xdotool('mousemove', '1023', '699');
      const words = shown.words();
      const pixels = part(screen.pixels(), area);
      // With 8 or 2 values a colour none is further off than half of the way between two.
      let far = 0;
      pixels.forEach((pixel, i) => {
        for (const shift of [0, 8, 16])
          if (Math.abs(((pixel >> shift) & 255) - ((words[i]! >> shift) & 255)) > 130) far++;
      });
      return far === 0;
    });
  },
);

/** Types the arrow to the left at the viewer's window. */
const pressLeft = (): Promise<unknown> =>
  screen.xdotool(
    ...['search', '--onlyvisible', '--name', 'TigerVNC', 'windowfocus', '--sync', 'key', 'Left'],
  );

test('S0.126, S0.128: taps reach the display, and strings are typed into its settings', async () => {
  shown = await display();
  const viewer = await tigerVnc();
  await viewer.shows();
  const area = (await screen.window('TigerVNC'))!;
  const tap = async (name: string): Promise<void> => {
    const { x, y } = shown.place(name);
    await screen.xdotool('mousemove', String(area.x + x), String(area.y + y), 'click', '1');
  };
  await pressLeft();
  await until('the settings are open', () => shown.navigator.screenName === 'settings');
  const pages = () => shown.navigator.targets.map(({ name }) => name);
  for (let turn = 0; turn < 20 && !pages().includes('edit bmsId'); turn++) {
    const before = shown.pointers.length;
    await tap('right');
    await until(
      'one release',
      () => shown.pointers.filter(({ type }, i) => i >= before && type === 'release').length === 1,
    );
  }
  await tap('edit bmsId');
  await until('the keyboard is open', () => !pages().includes('edit bmsId'));
  await screen.xdotool('type', '--delay', '20', 'Oak-2(Van)');
  await until('the last key', () => shown.keys.filter(({ key }) => key === ')').length === 1);
  await screen.xdotool('key', 'BackSpace', 'Return');
  await until('the keyboard is closed', () => pages().includes('edit bmsId'));
  await viewer.shows();
  await tap('save');
  await until('the question', () => pages().includes('yes'));
  await tap('yes');
  await until('it is saved', () => shown.settings.written.length === 1);
  expect(shown.settings.written[0]).toMatchObject({ bmsId: 'Oak-2(Van' });
}, 120_000);

test('the password to look shows the picture and touches nothing', async () => {
  shown = await display({ remotePassword: 'another-one', remoteViewPassword: 'opensesame' });
  const viewer = await tigerVnc();
  await viewer.shows();
  expect(shown.said).toContain('VNC viewer at 127.0.0.1 looks on (TLS)');
  const area = (await screen.window('TigerVNC'))!;
  await screen.xdotool('mousemove', String(area.x + 400), String(area.y + 300), 'click', '1');
  await pressLeft();
  shown.navigator.open('cells');
  shown.display.draw();
  await viewer.shows();
  expect([shown.pointers, shown.keys, shown.navigator.screenName]).toEqual([[], [], 'cells']);
});

test('a wrong password is refused, and the viewer says why', async () => {
  shown = await display({ remotePassword: 'another-one' });
  const viewer = await tigerVnc();
  await until('the display refuses it', () =>
    shown.said.some((text) => text.includes('The password is wrong.')),
  );
  await until('the viewer is told', () => viewer.log().includes('The password is wrong.'));
});

/** What gvnccapture (gtk-vnc) makes a picture of; it asks for the password on a terminal. */
async function gvncCapture(port: number, file: string): Promise<Uint32Array> {
  rmSync(file, { force: true });
  const capture = spawn('script', ['-qec', `gvnccapture 127.0.0.1:${port - 5900} ${file}`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  capture.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  // Again and again: what is typed before it has hidden the letters is thrown away.
  const typing = setInterval(() => said.includes('assword') && capture.stdin.write('opensesame\n'), 300);
  const [code] = (await once(capture, 'close')) as [number];
  clearInterval(typing);
  if (code !== 0) throw new Error(`gvnccapture: ${said}`);
  return wordsOf(readFileSync(file));
}

function wordsOf(png: Buffer): Uint32Array {
  const { data, width, height } = PNG.sync.read(png);
  return Uint32Array.from(
    { length: width * height },
    (_, i) => (data[4 * i]! << 16) | (data[4 * i + 1]! << 8) | data[4 * i + 2]!,
  );
}

test('S0.126: gvnccapture takes the display’s own pixels, over TLS', async () => {
  shown = await display();
  for (const name of ['main', 'soc-log', 'settings'] as const) {
    shown.navigator.open(name);
    shown.display.draw();
    const pixels = await gvncCapture(shown.port, join(shown.folder, 'captured.png'));
    expect(Buffer.compare(Buffer.from(pixels.buffer), Buffer.from(shown.words().buffer))).toBe(0);
  }
  expect(shown.said).toContain('VNC viewer at 127.0.0.1 looks on and may touch (TLS)');
});

test('S0.126, S0.127: packdial itself lets viewers in once there is a password, and shows them its picture', async () => {
  const folder = new TemporaryFolder();
  const [udp, tcp] = [await freePort(), await freeTcpPort()];
  const config = join(folder.path, 'settings.json');
  const picture = join(folder.path, 'picture.png');
  const start = (values: object): Packdial => {
    writeFileSync(config, JSON.stringify({ port: udp, headless: true, vncPort: tcp, ...values }));
    return new Packdial(['run', '--config', config, '--data-dir', folder.path, '--picture', picture]);
  };
  const without = start({});
  await without.says('Listening');
  without.kill();
  expect((await without.end()).stderr).not.toContain('VNC');
  const packdial = start({ remotePassword: 'opensesame' });
  await packdial.says('VNC viewers can come in on port');
  // The clock goes on: sooner or later both are of the same minute.
  await until('the viewer’s picture is the display’s', async () => {
    const captured = await gvncCapture(tcp, join(folder.path, 'captured.png'));
    return (
      Buffer.compare(Buffer.from(captured.buffer), Buffer.from(wordsOf(readFileSync(picture)).buffer)) === 0
    );
  });
  packdial.kill();
  const { code, stderr } = await packdial.end();
  expect([code, stderr.includes('opensesame')]).toEqual([0, false]);
  folder.remove();
});

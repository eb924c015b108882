import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { BareDebian, type Ended } from './bare-debian';

/** Such as `trixie/owner`; both Debians with both users when nothing is named. */
const chosen = process.env['NEWCOMERS'] ?? 'bookworm/root bookworm/owner trixie/root trixie/owner';
const newcomers = chosen.split(' ').map((name) => name.split('/') as [suite: string, user: 'root' | 'owner']);

const hour = 3_600_000;

/** A port that nobody has: the network is this machine's. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** The end of what a command said, where it failed. */
function green({ code, said }: Ended): string {
  return code === 0 ? 'green' : `exit code ${String(code)}: ${said.slice(-4000)}`;
}

describe.each(newcomers)('%s, as %s', (suite, user) => {
  let debian: BareDebian;
  const sudo = user === 'root' ? '' : 'sudo ';
  const figures: string[] = [];

  /** Notes the minutes and megabytes of what is done. */
  async function measured<T>(name: string, act: () => Promise<T>): Promise<T> {
    const megabytes = debian.megabytes();
    const begin = performance.now();
    const result = await act();
    const minutes = ((performance.now() - begin) / 60_000).toFixed(1);
    figures.push(`${name}: ${minutes} minutes, ${debian.megabytes() - megabytes} MB`);
    return result;
  }

  beforeAll(() => {
    debian = new BareDebian(suite, user);
  }, hour);

  afterAll(() => {
    process.stdout.write(`${suite}, ${user}: ${figures.join('; ')}\n`);
    debian.remove();
  });

  test(
    'make run prints an address with a page, on which values and picture change',
    async () => {
      const port = await freePort();
      const display = debian.start(`PACKDIAL_WEB_PORT=${port} make run`);
      let over: Ended | undefined;
      void display.ended.then((ended) => (over = ended));
      const address = (): string | undefined => /http:\/\/localhost:\d+\S*/.exec(display.said())?.[0];
      await measured('make run from nothing', async () => {
        while (address() === undefined && over === undefined) await sleep(200);
      });
      figures.push(`longest silence ${display.longestSilence().toFixed(1)} s`);
      expect(over).toBeUndefined();
      expect(display.longestSilence()).toBeLessThan(10);
      expect(display.said()).toMatch(
        /^packdial: setting up: system packages, Node, npm packages, .* about \d+ /m,
      );
      for (const step of ['1 of 3', '2 of 3', '3 of 3']) expect(display.said()).toContain(`step ${step}, `);
      // It opens the page and leaves a cookie, which this visitor does not keep: on the machine itself anybody may look.
      const opened = await fetch(address() ?? '', { redirect: 'manual' });
      expect([200, 302]).toContain(opened.status);
      const page = await fetch(`http://localhost:${port}/`);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<title>packdial</title>');
      const status = async (): Promise<string> => (await fetch(`http://localhost:${port}/api/status`)).text();
      const first = await status();
      expect(JSON.parse(first)).toMatchObject({ modules: 16, packPower: expect.any(Number) as number });
      while ((await status()) === first) await sleep(200);
      const [, file = ''] = /the picture is kept in ([^;]+);/.exec(display.said()) ?? [];
      const picture = debian.readBytes(file);
      expect(picture.subarray(1, 4).toString()).toBe('PNG');
      while (debian.readBytes(file).equals(picture)) await sleep(200);
      display.stop();
      await display.ended;
    },
    hour,
  );

  test(
    'make test is green',
    async () => {
      const ended = await measured('make test', () => debian.run('make test'));
      expect(green(ended)).toBe('green');
      expect(ended.said).toMatch(/Tests: +[1-9]\d* passed/);
    },
    2 * hour,
  );

  test.each([
    ['--source udp --port 6500', 'udp'],
    ['--source can', 'can'],
    ['--source simulate', 'simulate'],
  ])(
    'make install with %s sets up a service for the next start',
    async (args, source) => {
      const ended = await measured(`make install with ${source}`, () =>
        debian.run(`${sudo}make install ARGS="${args}"`),
      );
      expect(green(ended)).toBe('green');
      expect(ended.said).toContain('the dial comes with the next start');
      expect(ended.longestSilence).toBeLessThan(10);
      expect(JSON.parse(debian.read('etc/packdial/settings.json'))).toMatchObject({ source });
      expect(await debian.run('systemctl is-enabled packdial.service')).toMatchObject({
        code: 0,
        said: 'enabled\n',
      });
    },
    hour,
  );
});

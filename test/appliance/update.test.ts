import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { figure } from './figures';
import { InstalledDisplay } from './installed-display';
import type { VirtualMachine } from './machine/virtual-machine';
import { guestReleases, ReleaseMaker } from './made-release';

let maker: ReleaseMaker;
let [good, dead, later]: [string, string, string] = ['', '', ''];

beforeAll(() => {
  maker = new ReleaseMaker();
  good = maker.make('0.2.0');
  dead = maker.make('0.3.0', "throw new Error('sabotage');");
  later = maker.make('0.4.0', 'setTimeout(() => process.exit(1), 6000);');
}, 300_000);
afterAll(() => maker.remove());

/** The owner's side of an update. */
class Owner {
  constructor(
    private readonly display: InstalledDisplay,
    private readonly machine: VirtualMachine,
  ) {}

  /** What every machine of these tests has: the maker's key, and less patience. */
  async prepare(): Promise<void> {
    await this.machine.run(`cat >/etc/packdial/release.pub <<'END'\n${maker.publicKey}END
      for unit in packdial-update packdial-confirm; do
        mkdir -p /etc/systemd/system/$unit.service.d
        printf '[Service]\\nEnvironment=PACKDIAL_WATCH_SECONDS=12\\n' >/etc/systemd/system/$unit.service.d/test.conf
      done; systemctl daemon-reload`);
  }

  /** Leaves these archives, and nothing else, on the stick; `change` is done to them there. */
  async fillStick(archives: readonly string[], change = ''): Promise<void> {
    await this.display.mountCheckout();
    await this.machine.run(
      `for i in {1..100}; do [ -e /dev/disk/by-label/BATTERY ] && break; sleep 0.2; done
       mkdir -p /mnt/stick; mount /dev/disk/by-label/BATTERY /mnt/stick; rm -f /mnt/stick/*
       ${archives.map((name) => `cp ${guestReleases}/${name} /mnt/stick/`).join('\n')}
       cd /mnt/stick; ${change}
       cd /; umount /mnt/stick`,
      300,
    );
  }

  /** What a touch on UPDATE SOFTWARE does, with the rights that the display has. */
  async ask(): Promise<void> {
    await this.machine.run(
      `rm -f /run/packdial-update/status.json; setpriv --reuid packdial --regid packdial --clear-groups touch /run/packdial/update-request`,
    );
  }

  async status(): Promise<{ state: string; text: string }> {
    const text = await this.machine.run('cat /run/packdial-update/status.json 2>/dev/null || echo "{}"');
    return JSON.parse(text) as { state: string; text: string };
  }

  /** Waits until it has ended. Resolves with what is told of it. */
  async ended(): Promise<string> {
    let status = await this.status();
    const end = performance.now() + 300_000;
    while (status.state !== 'done' && status.state !== 'failed') {
      if (performance.now() > end) {
        throw new Error(
          `${JSON.stringify(status)}\n${await this.machine.run('journalctl -q --no-pager -o cat -u packdial-update | tail -40')}`,
        );
      }
      await sleep(500);
      status = await this.status();
    }
    await this.atRest();
    return `${status.state}: ${status.text}`;
  }

  /** Waits until nothing is going on, nor left to be cleared up. */
  async atRest(): Promise<void> {
    await this.machine.run(
      `for i in {1..600}; do
         [ "$(systemctl show -P ActiveState packdial-update packdial-settle packdial-confirm | sort -u | xargs)" = inactive ] &&
           [ -z "$(ls /opt/packdial | grep -E 'trial|incoming')" ] && exit
         sleep 0.2
       done; ls /opt/packdial; exit 1`,
      200,
    );
  }

  /** Nothing is left of what was given up, and the picture of this version is on the screen. */
  async shows(version: string, releases: number): Promise<void> {
    await this.display.untilActive();
    expect(await this.machine.run('packdial --version')).toBe(version);
    expect(await this.machine.run('readlink /proc/$(systemctl show -P MainPID packdial)/exe')).toBe(
      await this.machine.run('realpath /opt/packdial/current/node'),
    );
    expect(await this.machine.run('readlink /opt/packdial/current')).toBe(
      await this.machine.run('readlink /opt/packdial/confirmed'),
    );
    expect((await this.machine.run('ls /opt/packdial/releases')).split('\n')).toHaveLength(releases);
    expect(await this.machine.run('ls /opt/packdial')).not.toMatch(/incoming|trial|new/);
    expect(await this.display.foreground()).toBe('tty7');
    await this.display.showsOwnPicture();
  }
}

test('S0.69: from the stick and from the network; what is not well is gone back from, what is tampered with is refused', async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (display, machine) => {
    const owner = new Owner(display, machine);
    const exposure = await machine.run('systemd-analyze security packdial-update --no-pager | tail -1');
    figure('exposure of the update, by systemd-analyze security', exposure.replace(/^.*: /, ''));

    // No key yet.
    await owner.fillStick([good]);
    await owner.ask();
    expect(await owner.ended()).toBe(
      'failed: There is no key to check releases with (/etc/packdial/release.pub): sudo make install KEY=release.pub installs one',
    );
    await owner.prepare();

    const since = performance.now();
    await owner.ask();
    expect(await owner.ended()).toBe('done: Version 0.2.0 is installed and runs');
    figure(
      'update from the stick',
      `${((performance.now() - since) / 1000).toFixed(0)} s, 12 of them watching`,
    );
    await owner.shows('0.2.0', 2);
    expect(await machine.run('ls /run/packdial-update; mount | grep -c vfat || true')).toBe(
      'status.json\nstick\n0',
    );

    await owner.ask();
    expect(await owner.ended()).toBe('done: Version 0.2.0 runs, and there is no newer one');

    // One byte of the payload, and one of the head.
    for (const [at, sentence] of [
      [20_000_000, /^failed: packdial-0\.3\.0-\w+\.pdr is damaged or was changed \(its checksum is wrong\)/],
      [150, /^failed: packdial-0\.3\.0-\w+\.pdr is not signed by the maker/],
    ] as const) {
      await owner.fillStick([dead], `printf X | dd of=${dead} bs=1 seek=${at} conv=notrunc status=none`);
      await owner.ask();
      expect(await owner.ended()).toMatch(sentence);
    }
    await owner.shows('0.2.0', 2);

    // Over the network: one that dies at its start, and one that dies a little later.
    await owner.fillStick([]);
    await machine.run(
      `cat >/run/serve.cjs <<'END'
       require('http').createServer((q, r) => require('fs').createReadStream('${guestReleases}' + q.url).pipe(r)).listen(8000);\nEND
       systemd-run --quiet --unit=serve /opt/packdial/current/node /run/serve.cjs`,
    );
    for (const [archive, sentence] of [
      [dead, 'failed: Version 0.3.0 did not start; version 0.2.0 is back'],
      [later, 'failed: Version 0.4.0 did not keep running; version 0.2.0 is back'],
    ] as const) {
      await display.configure(
        `--source udp --update-url http://127.0.0.1:8000/${archive.replace(process.arch, '{arch}')}`,
      );
      await owner.ask();
      expect(await owner.ended()).toBe(sentence);
      await owner.shows('0.2.0', 2);
    }
  });
}, 1_200_000);

test('S0.70: with nothing to install the machine restarts, and says so before', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    const owner = new Owner(display, machine);
    await owner.prepare();
    await owner.fillStick([]);
    await owner.ask();
    await display.eventually('the sentence', async () =>
      /^There is no release on the stick and no update address is set: the machine restarts without an update$/.test(
        (await owner.status()).text,
      ),
    );
    // This machine ends where another would start again.
    await expect(
      (async () => {
        for (;;) {
          await machine.run('true');
          await sleep(300);
        }
      })(),
    ).rejects.toThrow('the machine is gone');
  });
});

test('the power is cut while it copies, unpacks, starts and watches: there is always a picture, and it comes to rest', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'packdial-disk-'));
  const disk = join(folder, 'disk.img');
  const use = (work: (owner: Owner, display: InstalledDisplay) => Promise<void>): Promise<void> =>
    InstalledDisplay.boot({ disk }, (display, machine) => work(new Owner(display, machine), display));
  try {
    await InstalledDisplay.with({ settings: '--source udp', disk }, async (display, machine) => {
      await new Owner(display, machine).prepare();
      await machine.run('sync');
    });
    const moments = [/^Copying .*: [1-9]\d+ MB/, /^Unpacking/, /^Starting|is watched/] as const;
    for (const moment of moments) {
      await use(async (owner, display) => {
        // As it was before, whatever was cut.
        await owner.atRest();
        await owner.shows('0.1.0', 1);
        await owner.fillStick([later]);
        await owner.ask();
        await display.eventually(String(moment), async () => moment.test((await owner.status()).text), 120);
      });
    }
    // The one that dies a little later was cut off there: this start tries it once more, and gives it up.
    await use(async (owner, display) => {
      await owner.atRest();
      await owner.shows('0.1.0', 1);
      await owner.fillStick([good]);
      await owner.ask();
      await display.eventually('the watch', async () => /is watched/.test((await owner.status()).text), 240);
    });
    await use(async (owner) => {
      expect(await owner.ended()).toBe('done: Version 0.2.0 is installed and runs');
      await owner.shows('0.2.0', 2);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 1_800_000);

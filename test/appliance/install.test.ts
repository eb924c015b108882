import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InstalledDisplay } from './installed-display';
import { brightness } from './machine/picture';
import type { VirtualMachine } from './machine/virtual-machine';

const checkout = resolve(__dirname, '../..');

/** The flags of each `sudo make install ARGS="…"` that an owner is told to type. */
function documentedInstallations(): string[] {
  const texts = ['README.md', 'docs/raspberry-pi.md'].map((name) =>
    readFileSync(join(checkout, name), 'utf8'),
  );
  const found = texts.flatMap((text) => [...text.matchAll(/^ *sudo make install ARGS="([^"]+)"/gm)]);
  return [...new Set(found.map(([, flags = '']) => flags))];
}

/** What `make install` does once packdial is built: neither a compiler nor a network is in the machine. */
function install(machine: VirtualMachine, flags: string): Promise<string> {
  return machine.run(`/mnt/checkout/setup/install '' ${flags}`, 600);
}

/** Installs, and looks whether the machine is a display whose settings are its own. Returns the settings. */
async function becomesDisplay(
  display: InstalledDisplay,
  machine: VirtualMachine,
  flags: string,
): Promise<Record<string, unknown>> {
  expect(await install(machine, flags)).toMatch(/the dial is on the screen, now and after every power on$/);
  await display.untilActive(5);
  expect(await display.foreground()).toBe('tty7');
  expect(brightness(await machine.screenshot())).toBeGreaterThan(1);
  expect(await machine.run('systemctl is-enabled packdial; systemctl --failed --no-legend --plain')).toBe(
    'enabled',
  );
  expect(await machine.run('stat -c %U:%G /etc/packdial /etc/packdial/settings.json')).toBe(
    'packdial:packdial\npackdial:packdial',
  );
  return JSON.parse(await machine.run('cat /etc/packdial/settings.json')) as Record<string, unknown>;
}

/** Files and folders of packdial's, and its user. */
function traces(machine: VirtualMachine): Promise<string> {
  return machine.run(
    `find / -xdev \\( -path /dev -o -path /var/log \\) -prune -o -iname '*packdial*' -print | sort
     find /run -iname '*packdial*' ! -path '/run/udev/*' ! -path '/run/credentials/*' | sort
     getent passwd packdial | cut -d: -f1; getent group packdial | cut -d: -f1`,
    300,
  );
}

test('from nothing, each documented line makes the machine a display; installed again the settings stay; it goes without a trace', async () => {
  const lines = documentedInstallations();
  expect(lines.toSorted()).toEqual(['--source can', '--source simulate', '--source udp --port 6500']);
  await InstalledDisplay.with({}, async (display, machine) => {
    await display.mountCheckout();
    await machine.run('cp /opt/packdial/current/node /usr/local/bin/node');
    const uninstall = (flags = ''): Promise<string> => machine.run(`/mnt/checkout/setup/uninstall ${flags}`);
    await uninstall('--purge');
    expect(await traces(machine)).toBe('');

    let settings: Record<string, unknown> = {};
    for (const [i, flags] of lines.entries()) {
      settings = await becomesDisplay(display, machine, flags);
      expect(`--source ${String(settings['source'])}`).toBe(/--source \w+/.exec(flags)?.[0]);
      if (i === lines.length - 1) break;
      expect(await uninstall('--purge')).toBe('packdial: gone, with its settings and data');
      expect(await traces(machine)).toBe('');
    }

    // A newer version, where root has left the settings its own: earlier installations wrote them before the folder was given away.
    const first = await machine.run('readlink /opt/packdial/current');
    await machine.run(
      `chown root: /etc/packdial/settings.json*
       sed 's/"version": "[^"]*"/"version": "99.0.0"/' /mnt/checkout/package.json >/run/package.json
       mount --bind /run/package.json /mnt/checkout/package.json`,
    );
    const pid = await display.pid();
    expect(await becomesDisplay(display, machine, '--power-scale 25')).toEqual({
      ...settings,
      powerScale: 25,
    });
    expect(await display.pid()).not.toBe(pid);
    expect(await machine.run('readlink /opt/packdial/current')).toMatch(/^releases\/99\.0\.0-/);
    // The one before is kept to go back to, and none besides.
    expect(await machine.run('readlink /opt/packdial/previous')).toBe(first);
    expect((await machine.run('ls /opt/packdial/releases')).split('\n')).toHaveLength(2);

    await machine.run('echo kept >/var/lib/packdial/kept');
    await uninstall();
    expect(await display.foreground()).toBe('tty1');
    await display.eventually('a login', async () => /login:/.test(await machine.run('cat /dev/vcs1')));
    expect(await traces(machine)).toBe('/etc/packdial\n/var/lib/packdial\npackdial\npackdial');
    expect(await machine.run('cat /var/lib/packdial/kept; ls /etc/packdial')).toBe(
      'kept\nsettings.json\nsettings.json.bak',
    );
  });
}, 1_800_000);

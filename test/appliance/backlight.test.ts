import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { InstalledDisplay } from './installed-display';
import type { VirtualMachine } from './machine/virtual-machine';

const size = { width: 800, height: 480 };
/** What the panel is told, a number from 0 to 255 a line. */
const told = '/run/panel-light';

beforeAll(() => {
  execFileSync(
    process.execPath,
    ['build.mjs', 'test/appliance/usb-backlight.ts', 'dist-bench/usb-backlight.js'],
    { cwd: resolve(__dirname, '../..') },
  );
});

/** Plugs a panel with a backlight in. Resolves with its folder in sysfs. */
async function plugIn(display: InstalledDisplay): Promise<string> {
  await display.mountCheckout();
  return display.machine.run(
    `systemd-run --quiet --unit=panel-light /opt/packdial/current/node /mnt/checkout/dist-bench/usb-backlight.js ${told}
     for i in {1..150}; do grep -q . ${told} 2>/dev/null && [ -e /sys/class/backlight/* ] && break; sleep 0.2; done
     udevadm settle; ls -d /sys/class/backlight/* || { systemctl status panel-light --no-pager; dmesg | tail; exit 1; }`,
  );
}

/** How bright the panel itself is. */
async function glow(machine: VirtualMachine): Promise<number> {
  return Number(await machine.run(`tail -n 1 ${told}`));
}

/** What the kernel has of it: its brightness, and its power (0 is on, 4 is off). */
async function kept(machine: VirtualMachine, device: string): Promise<string> {
  return machine.run(`cd '${device}'; echo $(cat brightness) $(cat bl_power)`);
}

function glows(display: InstalledDisplay, value: number, seconds?: number): Promise<void> {
  const { machine } = display;
  return display.eventually(`a brightness of ${value}`, async () => (await glow(machine)) === value, seconds);
}

test('a backlight that comes late is the display’s to set; 60 percent are 60 percent of the panel, whoever else sets it', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await display.configure('--source udp --brightness 60');
    await display.logs('No backlight: the picture itself is dimmed');
    const device = await plugIn(display);
    expect(await machine.run(`cd '${device}'; stat -c '%U:%G %a' brightness bl_power | uniq`)).toBe(
      'root:video 664',
    );
    await display.logs(new RegExp(`^Backlight ${device.split('/').at(-1)}$`, 'm'), 20);
    await glows(display, 153);
    // The pixels are back in full brightness.
    await display.showsOwnPicture();

    // As systemd-backlight does, when it comes after the display.
    await machine.run(`echo 200 >'${device}/brightness'`);
    await glows(display, 153, 20);
    await machine.run('systemctl stop packdial');
    await glows(display, 255, 10);
    expect(await kept(machine, device)).toBe('255 0');
  });
});

test('the panel goes dark and a finger lights it; every end gives it back as it was found, SIGKILL in the dark too', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    const device = await plugIn(display);
    await machine.run(`systemctl stop packdial; echo 180 >'${device}/brightness'
      mkdir -p /run/systemd/system/packdial.service.d
      printf '[Service]\nRestartSec=30\n' >/run/systemd/system/packdial.service.d/slow.conf; systemctl daemon-reload`);
    await display.configure('--source udp --screen-off 0.1');
    await display.logs(/^Backlight /m);
    await display.logs('Touch by');
    await glows(display, 0);
    expect(await kept(machine, device)).toMatch(/ 4$/);
    await machine.tap(400, 240, size);
    await glows(display, 255, 10);
    await display.showsOwnPicture();

    for (const [end, state] of [
      ['systemctl stop packdial', 'inactive'],
      ['kill -KILL $(systemctl show -P MainPID packdial)', 'activating'],
      ['kill -STOP $(systemctl show -P MainPID packdial)', 'activating'],
    ] as const) {
      await machine.run('systemctl reset-failed packdial; systemctl start packdial');
      await glows(display, 0);
      await machine.run(end);
      await glows(display, 180);
      expect([end, await kept(machine, device)]).toEqual([end, '180 0']);
      expect([end, await machine.run('systemctl is-active packdial || true')]).toEqual([end, state]);
      expect(await machine.run('ls /run/packdial/glass 2>/dev/null || true')).toBe('');
    }
  });
});

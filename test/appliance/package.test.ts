import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { version } from '../../package.json';
import { choices, dial, drawnHere, head } from './drawn-here';
import { InstalledDisplay } from './installed-display';
import { differing, withoutStatus } from './machine/picture';
import { cache, VirtualMachine } from './machine/virtual-machine';

const size = { width: 800, height: 480 };
const bareDisk = join(cache, 'bare.img');
/** What `make deb` has made. */
const file = `packdial_${version}_amd64.deb`;
/** The virtual machine is a PC. */
const onPc = process.arch === 'x64' ? test : test.skip;

onPc(
  'one apt install leads from a login to the dial, which can be touched; apt remove gives the login back',
  async () => {
    const { status } = spawnSync(join(__dirname, 'machine/make-disk'), [cache, 'bare'], { stdio: 'inherit' });
    expect(status).toBe(0);
    const machine = await VirtualMachine.boot({ disk: bareDisk });
    try {
      const display = new InstalledDisplay(machine);
      const showsLogin = async (): Promise<boolean> => /login:/.test(await machine.run('cat /dev/vcs1'));
      await machine.run('systemctl is-system-running --wait || true', 600);
      await display.eventually('a login before', showsLogin);
      expect(await machine.run('find / -xdev -name "*packdial*"')).toBe('');
      const before = await machine.screenshot();

      await display.mountCheckout();
      await machine.run(`cp /mnt/checkout/release/${file} /root/`, 300);
      const begin = performance.now();
      // The machine has no network: all that the package depends on is there already.
      const said = await machine.run(
        `cd /root && apt-get --yes --no-install-recommends install ./${file}`,
        1200,
      );
      process.stdout.write(
        `apt install took ${((performance.now() - begin) / 1000).toFixed(0)} s in the virtual machine\n`,
      );
      expect(said).toContain('the dial is on the screen, now and after every power on');
      expect(await machine.run('systemctl is-active packdial; systemctl is-enabled packdial')).toBe(
        'active\nenabled',
      );
      expect(await machine.run('systemctl --failed --no-legend --plain')).toBe('');
      expect(await display.foreground()).toBe('tty7');
      // Where nothing was received for a while there is the welcome.
      const [main, welcome] = [drawnHere('main'), drawnHere('welcome')];
      await display.eventually('the dial', async () => {
        const shown = await machine.screenshot();
        return (
          differing(withoutStatus(shown), withoutStatus(main)) === 0 ||
          differing(choices(shown), choices(welcome)) === 0
        );
      });

      await display.configure('--source udp');
      await display.untilActive();
      await display.showsOwnPicture();
      expect(differing(dial(await machine.screenshot()), dial(main))).toBe(0);
      await display.logs('Touch by');
      await machine.tap(150, 370, size);
      const cells = head(drawnHere('cells'));
      await display.eventually(
        'the cells',
        async () => differing(head(await machine.screenshot()), cells) === 0,
      );
      await display.showsOwnPicture();

      await machine.run('apt-get --yes remove packdial', 600);
      expect(await display.foreground()).toBe('tty1');
      await display.eventually('a login', showsLogin);
      await display.eventually(
        'the screen as before',
        async () => differing(await machine.screenshot(), before) < 2000,
      );
      expect(await machine.run('ls /etc/packdial')).toBe('settings.json\nsettings.json.bak');
      expect(
        await machine.run('find /etc /usr/lib/systemd /opt -name "*packdial*" -not -path /etc/packdial'),
      ).toBe('');
    } finally {
      await machine.cut();
    }
  },
  1_800_000,
);

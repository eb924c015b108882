import { setTimeout as sleep } from 'node:timers/promises';
import { InstalledDisplay } from './installed-display';
import { differing } from './machine/picture';
import type { VirtualMachine } from './machine/virtual-machine';
import { batteryTwin } from './twin';
import { belowHead, settingsTitle, size, Walk } from './walk';

const log = '/var/lib/packdial/PowerSafe100.log';

/** Parts of the picture that a moment does not change, as left, top, right and bottom. */
const title = [96, 10, 330, 36] as const;
const everything = [0, 0, 800, 480] as const;
const dialog = [90, 130, 710, 350] as const;
const dial = [342, 80, 800, 410] as const;

test('a walk through all screens by touch, each as it is drawn here', async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (display, machine) => {
    await display.logs('Touch by');
    const stop = display.sendDatagrams();
    try {
      const walk = new Walk(display, machine, batteryTwin({ source: 'udp' }));
      await walk.touch('soc-log', title);
      for (const name of ['longer', 'longer', 'shorter']) await walk.touch(name, title);
      await walk.touch('plot', dial);
      await walk.touch('cells', belowHead);
      await walk.touch('deviation', belowHead);
      await walk.touch('temperature', belowHead);
      await walk.touch('voltage', belowHead);
      await walk.touch('bars', belowHead);
      await walk.touch('back', dial);
      await walk.touch('power-log', title);
      for (const name of ['zoom', 'zoom', 'long', 'short']) await walk.touch(name, title);
      await walk.touch('back', dial);
      await walk.touch('alarms', title);
      await walk.touch('back', dial);

      // Every page of the settings, until the first one comes again.
      await walk.touch('settings', settingsTitle);
      const first = walk.twin.picture();
      let pages = 0;
      do {
        const [x, y] = walk.twin.touch('right');
        await machine.tap(x, y, size);
        // What stands on the page of information is this machine's own.
        await walk.sees(`page ${pages + 2}`, walk.twin.picture(), settingsTitle);
      } while (++pages < 30 && differing(walk.twin.picture(), first) !== 0);
      expect(pages).toBeGreaterThan(6);
      expect(pages).toBeLessThan(30);

      // What was typed on the screen's keyboard is asked about before it is forgotten.
      const kept = await machine.run('cat /etc/packdial/settings.json');
      await walk.type('edit bmsId', 'mo');
      await walk.touch('close', everything);
      await walk.touch('yes', dial);
      expect(await machine.run('cat /etc/packdial/settings.json')).toBe(kept);

      // And with SAVE it is kept, and the display starts again where that needs it.
      await walk.touch('settings', settingsTitle);
      await walk.type('edit bmsId', 'mo');
      const before = await display.pid();
      await walk.touch('save', everything);
      if (walk.twin.has('yes')) {
        await walk.press('yes');
        await display.eventually('another process', async () => (await display.pid()) !== before);
        await display.untilActive();
      }
      expect(JSON.parse(await machine.run('cat /etc/packdial/settings.json'))).toMatchObject({ bmsId: 'mo' });
    } finally {
      stop();
    }
  });
});

test('S0.8, S0.65, S0.66, S0.67: COPY LOG on the real stick, RESET LOG, EXIT, and back from the login by touch', async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (display, machine) => {
    await display.logs('Touch by');
    const stop = display.sendDatagrams();
    try {
      const lines = async (): Promise<number> => Number(await machine.run(`cat ${log} | wc -l`));
      await display.eventually('lines in the log', async () => (await lines()) >= 20);
      const walk = new Walk(display, machine, batteryTwin({ source: 'udp' }));
      await walk.toService();
      await walk.press('copy-log');
      await display.logs('is on the stick, checked', 120);
      await display.showsOwnPicture();
      expect(
        await machine
          .run(
            `echo 3 >/proc/sys/vm/drop_caches; mkdir -p /mnt/stick; mount -o ro /dev/sd[a-z] /mnt/stick
           cmp -n $(stat -c %s /mnt/stick/PowerSafe100.log) ${log} /mnt/stick/PowerSafe100.log && wc -l </mnt/stick/PowerSafe100.log
           code=$?; umount /mnt/stick; exit $code`,
          )
          .then(Number),
      ).toBeGreaterThanOrEqual(20);

      // Asked first; and nothing happens to who goes back.
      const before = await display.pid();
      await walk.press('reset-log');
      await walk.sees('the question', walk.twin.picture(), dialog);
      await walk.press('no');
      await walk.sees('the page of service', walk.twin.picture(), settingsTitle);
      expect(await lines()).toBeGreaterThanOrEqual(20);

      stop();
      await walk.press('reset-log');
      await walk.sees('the question again', walk.twin.picture(), dialog);
      await walk.press('yes');
      await display.eventually('another process', async () => (await display.pid()) !== before);
      await display.untilActive();
      await display.logs('Touch by');
      expect(await machine.run(`wc -c <${log}`).then(Number)).toBeLessThan(1200);

      // EXIT gives the screen to a login.
      const again = new Walk(display, machine, batteryTwin({ source: 'udp' }, true));
      await again.toService();
      await again.press('exit');
      await again.sees('the question', again.twin.picture(), dialog);
      await again.press('yes');
      await display.eventually(
        'the end',
        async () => (await machine.run('systemctl is-active packdial || true')) !== 'active',
      );
      await display.eventually('a login', async () =>
        /login:/.test(await machine.run('cat /dev/vcs7 || true')),
      );
      expect(await display.foreground()).toBe('tty7');
      await cameBackByTouch(display, machine);
    } finally {
      stop();
    }
  });
});

/** From the login that EXIT has left, while nobody is logged in there. */
async function cameBackByTouch(display: InstalledDisplay, machine: VirtualMachine): Promise<void> {
  const state = (): Promise<string> => machine.run('systemctl is-active packdial || true');
  await display.eventually('somebody who waits for a touch', async () =>
    /input.event/.test(
      await machine.run(
        'ls -l $(sed "s:.*:/proc/&/fd:" /sys/fs/cgroup/system.slice/packdial-touch.service/cgroup.procs) || true',
      ),
    ),
  );
  // The touch on EXIT itself is none.
  await sleep(5000);
  expect(await state()).toBe('failed');

  await machine.run('passwd -q -d root');
  for (const key of ['r', 'o', 'o', 't', 'ret']) await machine.keys(key);
  await display.eventually('somebody logged in', async () => /tty7/.test(await machine.run('who')));
  await machine.tap(400, 240, size);
  await sleep(5000);
  expect(await state()).toBe('failed');
  await machine.keys('ctrl', 'd');
  await display.eventually('nobody logged in', async () => !/tty7/.test(await machine.run('who')));

  await machine.tap(400, 240, size);
  await display.eventually('the display', async () => (await state()) === 'active', 120);
  expect(await display.foreground()).toBe('tty7');
  await display.showsOwnPicture();
  expect(await machine.run('systemctl is-active packdial-fallback packdial-touch || true')).toBe(
    'inactive\ninactive',
  );
}

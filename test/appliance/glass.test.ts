import { setTimeout as sleep } from 'node:timers/promises';
import { batteryFrames, InstalledDisplay } from './installed-display';
import { brightness, differing } from './machine/picture';

const size = { width: 800, height: 480 };
const gear = [770, 28] as const;

test('the screen goes dark, a finger or a key only wakes it, an alarm lights it; dark is no death', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    const isDark = async (): Promise<boolean> => brightness(await machine.screenshot()) === 0;
    await display.configure('--source udp --screen-off 0.15');
    const pid = await display.pid();
    const stop = display.sendDatagrams();
    try {
      await display.logs('No backlight');
      await display.logs('Touch by');
      await display.eventually('the dark', isDark);
      // Longer than the watchdog waits.
      await sleep(18_000);
      expect(await isDark()).toBe(true);
      expect(await display.pid()).toBe(pid);

      await machine.tap(...gear, size);
      await display.eventually('light', async () => !(await isDark()), 5);
      await display.showsOwnPicture();
      const woken = await display.ownPicture();
      // The main screen: the gear's screen has other pixels nearly everywhere.
      await machine.tap(...gear, size);
      await display.eventually(
        'the settings',
        async () => differing(woken, await display.ownPicture()) > 50_000,
      );
      await machine.keys('esc');
      await display.eventually(
        'the main screen',
        async () => differing(woken, await display.ownPicture()) < 20_000,
      );

      await display.eventually('the dark again', isDark);
      await machine.keys('right');
      await display.eventually('light by a key', async () => !(await isDark()), 5);
      expect(differing(woken, await display.ownPicture())).toBeLessThan(20_000);

      await display.eventually('the dark for the third time', isDark);
    } finally {
      stop();
    }
    // The first cell above the high cut-off of 4.2 V.
    const alarm = display.sendDatagrams([
      ...batteryFrames.slice(0, 4),
      '68F#0002DFC8C9C6C7C8',
      '68F#0102C9C8C7C8C9CA',
    ]);
    try {
      await display.eventually('light by an alarm', async () => !(await isDark()), 10);
      await sleep(15_000);
      expect(await isDark()).toBe(false);
      await display.showsOwnPicture();
      // Acknowledged by a finger, it may be dark.
      await machine.tap(400, 450, size);
      await display.eventually('the dark after the alarm', isDark);
    } finally {
      alarm();
    }
  });
});

test('without a backlight the night dims the picture itself, and full brightness is the picture itself', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await display.configure('--source udp --brightness 80 --night 00:00-23:59 --night-brightness 20');
    await display.logs('No backlight');
    await sleep(3000);
    const own = brightness(await display.ownPicture());
    const shown = brightness(await machine.screenshot());
    // A fifth of the light is about half of the pixels' values.
    expect(shown / own).toBeGreaterThan(0.4);
    expect(shown / own).toBeLessThan(0.6);
    await display.configure('--source udp');
    await display.showsOwnPicture();
  });
});

test("a keyboard goes from screen to screen, what is typed is nobody else's, and Ctrl-Alt-F2 leads to a login and back", async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (display, machine) => {
    await display.logs('Keys by');
    const main = await display.ownPicture();
    const pid = await display.pid();
    await machine.keys('right');
    await display.eventually(
      'the next screen',
      async () => differing(main, await display.ownPicture()) > 20_000,
    );
    await machine.keys('esc');
    await display.eventually(
      'the main screen',
      async () => differing(main, await display.ownPicture()) < 20_000,
    );
    await machine.keys('left');
    await display.eventually(
      'the last screen',
      async () => differing(main, await display.ownPicture()) > 20_000,
    );
    // Commands to a terminal: it is the display's own, and hears no keys.
    await machine.keys('ctrl', 'c');
    await machine.keys('ctrl', 'backslash');
    await sleep(2000);
    expect([await display.pid(), await display.foreground()]).toEqual([pid, 'tty7']);
    await display.showsOwnPicture();
    await machine.keys('esc');
    await display.eventually(
      'the main screen again',
      async () => differing(main, await display.ownPicture()) < 20_000,
    );

    // Ctrl-Alt-F2 shows a login. The picture is drawn on meanwhile, for viewers, and not over the login.
    let stop = display.sendDatagrams();
    try {
      await machine.keys('ctrl', 'alt', 'f2');
      await display.eventually('a login', async () =>
        /login:/.test(await machine.run('cat /dev/vcs2 || true')),
      );
      const [login, dial] = [await machine.screenshot(), await display.ownPicture()];
      expect(brightness(login)).toBeGreaterThan(0.1);
      expect(brightness(login)).toBeLessThan(brightness(dial) / 2);
      // Nor is what is touched and typed there meant for the dial.
      await machine.tap(...gear, size);
      // Another state of charge.
      stop();
      stop = display.sendDatagrams(['650#3C', ...batteryFrames.filter((frame) => !frame.startsWith('650'))]);
      await sleep(10_000);
      const after = await display.ownPicture();
      expect(differing(dial, after)).toBeGreaterThan(500);
      expect(differing(dial, after)).toBeLessThan(50_000);
      // A cursor may blink.
      expect(differing(await machine.screenshot(), login)).toBeLessThan(150);
      await machine.keys('right');
      await sleep(1000);
      expect(differing(after, await display.ownPicture())).toBeLessThan(20_000);

      // The way back by the kernel's key, and by a command, as over ssh; the whole picture, and it obeys.
      await machine.keys('ctrl', 'alt', 'f7');
      await display.showsOwnPicture();
      await machine.run('chvt 2');
      expect(await display.foreground()).toBe('tty2');
      await machine.run('chvt 7');
      await display.showsOwnPicture();
      const back = await display.ownPicture();
      await machine.tap(...gear, size);
      await display.eventually(
        'the settings',
        async () => differing(back, await display.ownPicture()) > 50_000,
      );
      await display.showsOwnPicture();
      expect([await display.pid(), await display.foreground()]).toEqual([pid, 'tty7']);
      // Who is at the login stays there when the display ends.
      await machine.run('chvt 2; systemctl stop packdial');
      expect(await display.foreground()).toBe('tty2');
    } finally {
      stop();
    }
  });
});

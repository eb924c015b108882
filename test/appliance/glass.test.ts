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

test("a keyboard goes from screen to screen, and what is typed is nobody else's", async () => {
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
    for (const keys of [
      ['ctrl', 'c'],
      ['ctrl', 'backslash'],
      ['ctrl', 'alt', 'f2'],
    ])
      await machine.keys(...keys);
    await sleep(2000);
    expect([await display.pid(), await display.foreground()]).toEqual([pid, 'tty7']);
    await display.showsOwnPicture();
  });
});

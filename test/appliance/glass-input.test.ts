import { setTimeout as sleep } from 'node:timers/promises';
import { crossPlaces } from '../../src/screens/calibration/calibration-desk';
import { InstalledDisplay } from './installed-display';
import { differing } from './machine/picture';
import { batteryTwin } from './twin';
import { belowHead, settingsTitle, size, Walk } from './walk';

const gear = [770, 28] as const;

test('case 14: a German keyboard types what is printed on it, as soon as the console has its keymap', async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (display, machine) => {
    await display.logs('Keys by');
    const stop = display.sendDatagrams();
    try {
      await display.mountCheckout();
      // As setupcon does with what ckbcomp makes of XKBLAYOUT=de.
      await machine.run('loadkeys -q -u -C /dev/tty1 /mnt/checkout/test/fixtures/keymaps/de.kmap');
      const walk = new Walk(display, machine, batteryTwin({ source: 'udp' }));
      await walk.touch('settings', settingsTitle);
      for (let page = 0; page < 30 && !walk.twin.has('edit bmsId'); page++)
        await walk.touch('right', settingsTitle);
      await walk.touch('edit bmsId', belowHead);
      // On the screen too, so that the twin has something to save.
      await walk.touch('key z', belowHead);
      await machine.keys('y');
      await machine.keys('shift', 'bracket_left');
      await machine.keys('minus');
      await machine.keys('alt_r', 'q');
      // The circumflex waits for its letter.
      await machine.keys('grave_accent');
      await machine.keys('e');
      // The machine takes longer for keys that are pressed together than it is waited for each.
      await sleep(3000);
      await walk.press('key done');
      await walk.press('save');
      if (walk.twin.has('yes')) await walk.press('yes');
      const name = async (): Promise<unknown> =>
        (JSON.parse(await machine.run('cat /etc/packdial/settings.json')) as Record<string, unknown>)[
          'bmsId'
        ];
      await display.eventually('a name in the settings', async () => (await name()) !== undefined);
      expect(await name()).toBe('zzÜß@ê');
    } finally {
      stop();
    }
  });
});

test('case 7: four crosses calibrate a panel that is mirrored, so that no button could be reached', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await display.configure("--source udp --touch-matrix '-1 0 1 0 1 0' --calibrate-touch");
    await display.logs('Touch by');
    const kept = async (): Promise<Record<string, unknown>> =>
      JSON.parse(await machine.run('cat /etc/packdial/settings.json')) as Record<string, unknown>;
    await sleep(2000);
    for (const { x, y } of crossPlaces(size.width, size.height)) {
      await machine.tap(x, y, size);
      await sleep(500);
    }
    await sleep(1000);
    // KEEP, where it is seen.
    await machine.tap(532, 276, size);
    await display.eventually(
      'the end of it in the settings',
      async () => (await kept())['calibrateTouch'] === false,
    );
    const matrix = String((await kept())['touchMatrix'])
      .split(' ')
      .map(Number);
    for (const [i, number] of [1, 0, 0, 0, 1, 0].entries()) expect(matrix[i]).toBeCloseTo(number, 1);
    const main = await display.ownPicture();
    await machine.tap(...gear, size);
    await display.eventually(
      'the settings',
      async () => differing(main, await display.ownPicture()) > 50_000,
    );
  });
});

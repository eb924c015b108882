import { setTimeout as sleep } from 'node:timers/promises';
import { dial, drawnHere, head } from './drawn-here';
import { batteryFrames, InstalledDisplay } from './installed-display';
import { differing, withoutPowerLog, withoutStatus, type Picture } from './machine/picture';
import { panelDescription } from './machine/touch-panel';

const screens = ['settings', 'soc-log', 'cells', 'power-log', 'alarms'] as const;
const size = { width: 800, height: 480 };
/** Where a finger opens each of them on a main screen of 800x480. */
const openedAt: Readonly<Record<(typeof screens)[number], readonly [x: number, y: number]>> = {
  settings: [770, 28],
  'soc-log': [567, 367],
  cells: [150, 370],
  'power-log': [120, 110],
  alarms: [160, 20],
};

/** What a main screen says of now: neither the clock and the way it is heard, nor the hours before. */
function present(picture: Picture): Picture {
  return withoutStatus(withoutPowerLog(picture));
}

/** True when the status strip's light is green: data is fresh. */
async function isLive(display: InstalledDisplay): Promise<boolean> {
  const { width, rgb } = await display.machine.screenshot();
  // The light's middle on the main screen.
  const [x, y] = [75, 18];
  const at = (y * width + x) * 3;
  const found = [...Array(40).keys()].some((dx) => {
    const i = at + (dx - 20) * 3;
    return (rgb[i + 1] ?? 0) > 120 && (rgb[i] ?? 0) < (rgb[i + 1] ?? 0) * 0.8;
  });
  return found;
}

test('frames on a CAN bus and over the network change the picture, and to the same one', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await display.configure('--source can');
    const before = await display.ownPicture();
    await display.sendOnBus();
    await display.eventually('fresh data', () => isLive(display));
    // The first frame makes it live; on a busy machine the others come a while after it.
    await display.eventually('all frames', async () => {
      const earlier = present(await display.ownPicture());
      await sleep(2000);
      return differing(earlier, present(await display.ownPicture())) === 0;
    });
    await display.showsOwnPicture();
    const overCan = await display.ownPicture();
    expect(differing(before, overCan)).toBeGreaterThan(20_000);

    await machine.run('systemctl stop bus');
    await display.configure('--source udp');
    const stop = display.sendDatagrams();
    try {
      await display.eventually(
        'the same picture',
        async () => differing(present(await machine.screenshot()), present(overCan)) === 0,
      );
      expect(await display.journal()).toMatch(/Listening on UDP port 6500/);
    } finally {
      stop();
    }
  });
});

test('a finger opens what it touches and comes back, on a tablet and on a panel for many fingers', async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (display, machine) => {
    await display.logs('Touch by');
    const main = dial(drawnHere('main'));
    for (const screen of screens) {
      const expected = head(drawnHere(screen));
      const [x, y] = openedAt[screen];
      await machine.tap(x, y, size);
      await display.eventually(`the screen ${screen}`, async () =>
        screen === 'settings'
          ? differing(dial(await machine.screenshot()), main) > 200
          : differing(head(await machine.screenshot()), expected) === 0,
      );
      await display.showsOwnPicture();
      if (screen === 'settings') await machine.keys('esc');
      else await machine.tap(44, 36, size);
      await display.eventually(
        'the main screen',
        async () => differing(dial(await machine.screenshot()), main) === 0,
      );
    }

    // A panel as the kernel's drivers have it, made through uinput: of other size than the picture, slots, two fingers.
    await machine.run(`cat >/run/panel <<'END'\n${panelDescription({ width: 1600, height: 960 })}\nEND
      systemd-run --quiet --unit=panel evemu-device /run/panel; sleep 1`);
    await display.eventually('the panel', async () =>
      (await display.journal()).includes('packdial test panel'),
    );
    const device = await machine.run(
      `grep -l 'packdial test panel' /sys/class/input/event*/device/name | sed 's|.*/\\(event[0-9]*\\)/.*|/dev/input/\\1|'`,
    );
    const events = (...list: readonly string[]): Promise<string> =>
      machine.run(
        list
          .map((event) => {
            const [type, code, value] = event.split(' ');
            return `evemu-event ${device} --type ${type} --code ${code} --value ${value}`;
          })
          .join('\n'),
      );
    const report = 'EV_SYN SYN_REPORT 0';
    const [x, y] = openedAt.cells;
    await events(
      ...['EV_ABS ABS_MT_SLOT 0', 'EV_ABS ABS_MT_TRACKING_ID 5', 'EV_KEY BTN_TOUCH 1'],
      ...[`EV_ABS ABS_MT_POSITION_X ${x * 2}`, `EV_ABS ABS_MT_POSITION_Y ${y * 2}`, report],
      // A second finger elsewhere is a palm.
      ...['EV_ABS ABS_MT_SLOT 1', 'EV_ABS ABS_MT_TRACKING_ID 6'],
      ...['EV_ABS ABS_MT_POSITION_X 1540', 'EV_ABS ABS_MT_POSITION_Y 56', report],
      ...['EV_ABS ABS_MT_SLOT 0', 'EV_ABS ABS_MT_TRACKING_ID -1', report],
      ...['EV_ABS ABS_MT_SLOT 1', 'EV_ABS ABS_MT_TRACKING_ID -1', 'EV_KEY BTN_TOUCH 0', report],
    );
    const cells = head(drawnHere('cells'));
    await display.eventually(
      'the cells, by the panel',
      async () => differing(head(await machine.screenshot()), cells) === 0,
    );

    // Case 8: a finger that hovers over the arrow back, and a phantom that comes and goes at once, as the kernel stamps it.
    const back = ['EV_ABS ABS_MT_POSITION_X 88', 'EV_ABS ABS_MT_POSITION_Y 72'];
    await events(
      ...['EV_ABS ABS_MT_SLOT 0', 'EV_ABS ABS_MT_DISTANCE 9', 'EV_ABS ABS_MT_TRACKING_ID 7', ...back, report],
      ...['EV_ABS ABS_MT_POSITION_X 90', report],
      ...['EV_ABS ABS_MT_TRACKING_ID -1', 'EV_ABS ABS_MT_DISTANCE 0', report],
    );
    const record = (type: number, code: number, value: number): string =>
      `E: 0.000001 ${type.toString(16).padStart(4, '0')} ${code.toString(16).padStart(4, '0')} ${value}`;
    const phantom = [
      ...[record(3, 0x2f, 0), record(3, 0x39, 8), record(3, 0x35, 88), record(3, 0x36, 72)],
      ...[record(1, 0x14a, 1), record(0, 0, 0), record(3, 0x39, -1), record(1, 0x14a, 0), record(0, 0, 0)],
    ].join('\n');
    await machine.run(`evemu-play ${device} <<'END'\n${phantom}\nEND`);
    await sleep(2000);
    expect(differing(head(await machine.screenshot()), cells)).toBe(0);
    await events(
      ...['EV_ABS ABS_MT_TRACKING_ID 9', ...back, 'EV_KEY BTN_TOUCH 1', report],
      ...['EV_ABS ABS_MT_TRACKING_ID -1', 'EV_KEY BTN_TOUCH 0', report],
    );
    await display.eventually(
      'the main screen, by the panel',
      async () => differing(dial(await machine.screenshot()), main) === 0,
    );
  });
});

test('at 1024x600 the picture is turned by every quarter, and a finger hits what is seen', async () => {
  await InstalledDisplay.boot({ framebuffer: '1024x600' }, async (display, machine) => {
    await display.sendOnBus();
    // Where the gear is on the glass: it stands 36 pixels from the picture's upper right edges.
    const gear = [
      [1024 - 36, 36],
      [1024 - 36, 600 - 36],
      [36, 600 - 36],
      [36, 36],
    ] as const;
    for (const [quarters, [x, y]] of gear.entries()) {
      await display.configure(`--source can --rotate ${quarters * 90}`);
      await display.showsOwnPicture(quarters);
      await display.eventually('touch', async () => (await display.journal()).includes('Touch by'));
      const before = await display.ownPicture();
      expect([before.width, before.height]).toEqual(quarters % 2 === 0 ? [1024, 600] : [600, 1024]);
      await machine.tap(x, y, { width: 1024, height: 600 });
      await display.eventually(
        'another screen',
        async () => differing(before, await display.ownPicture()) > 50_000,
      );
      await display.showsOwnPicture(quarters);
    }
  });
});

test.each([['800x480x16'], ['1024x600x16']])(
  'on %s the screen shows the picture in 5, 6 and 5 bits, turned too',
  async (framebuffer) => {
    await InstalledDisplay.boot({ framebuffer }, async (display, machine) => {
      expect(await machine.run('cat /sys/class/graphics/fb0/bits_per_pixel')).toBe('16');
      await display.sendOnBus([...batteryFrames]);
      for (const quarters of [0, 3]) {
        await display.configure(`--source can --rotate ${quarters * 90}`);
        await display.eventually('frames', async () => (await display.journal()).includes('Listening'));
        await display.showsOwnPicture(quarters, [5, 6, 5]);
      }
    });
  },
);

import { setTimeout as sleep } from 'node:timers/promises';
import { figure } from './figures';
import { InstalledDisplay } from './installed-display';
import { differing, differingArea, type Picture } from './machine/picture';
import type { VirtualMachine } from './machine/virtual-machine';

/**
 * A module that is loaded into the service's Node before packdial, to do to it from inside what bugs would: it looks for
 * files in /run/packdial.
 */
const saboteur = `
const fs = require('node:fs');
// The thread of the history is given the module too.
const { isMainThread } = require('node:worker_threads');
const asked = (name) => isMainThread && fs.existsSync('/run/packdial/' + name) && (fs.rmSync('/run/packdial/' + name), true);
setInterval(() => {
  if (asked('block')) for (;;);
  if (asked('throw')) throw new Error('sabotage');
  if (asked('reject')) Promise.reject(new Error('sabotage'));
  if (asked('hoard')) { const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1)); }
}, 200).unref();
`;

/** Prints KD_TEXT (0) or KD_GRAPHICS (1) of the terminal that is shown, and its keyboard mode (4 is off). */
const consoleMode = `/opt/packdial/current/node -e '
const koffi = require("/opt/packdial/current/node_modules/koffi");
const ioctl = koffi.load(null).func("int ioctl(int, unsigned long, _Out_ int *)");
const fd = require("fs").openSync("/dev/tty0", "r+");
const mode = [0], keyboard = [0];
ioctl(fd, 0x4b3a + 1, mode);
ioctl(fd, 0x4b44, keyboard);
console.log(mode[0], keyboard[0])'`;

async function install(machine: VirtualMachine): Promise<void> {
  await machine.run(`cat >/run/saboteur.cjs <<'END'\n${saboteur}\nEND
    mkdir -p /run/systemd/system/packdial.service.d
    printf '[Service]\\nEnvironment=NODE_OPTIONS=--require=/run/saboteur.cjs\\n' >/run/systemd/system/packdial.service.d/saboteur.conf
    systemctl daemon-reload`);
}

/** What it shows once everything has been heard: a battery that has just begun to speak fills the screen bit by bit. */
async function settledPicture(display: InstalledDisplay): Promise<Picture> {
  let picture = await display.ownPicture();
  await display.eventually('a picture that stays', async () => {
    const before = picture;
    await sleep(2000);
    picture = await display.ownPicture();
    return differing(before, picture) < 2000;
  });
  return picture;
}

/** Waits until the service is there again as another process. Resolves with the seconds that it took. */
async function comesBack(display: InstalledDisplay, before: string): Promise<number> {
  const since = performance.now();
  await display.machine.run(
    `for i in {1..160}; do
       [ -e /proc/${before} ] || { systemctl is-active --quiet packdial && [ "$(systemctl show -P MainPID packdial)" != ${before} ] && exit 0; }
       sleep 0.25
     done; systemctl status packdial --no-pager; ls -la /run/packdial; exit 1`,
  );
  return (performance.now() - since) / 1000;
}

test('killed by any signal, hung, thrown out or out of memory, it comes back by itself', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await install(machine);
    await display.configure('--source udp');
    const times: number[] = [];
    // Those that do not end a process, as well as those that do; but for SIGSTOP and its like, which come below.
    const signals = await machine.run(
      `kill -l | tr -s '\\t ' '\\n' | sed -n 's/^SIG//p' | grep -v -E 'STOP|TSTP|TTIN|TTOU|RT'`,
    );
    for (const signal of signals.split('\n')) {
      const before = await display.pid();
      const since = performance.now();
      // A busy machine takes a while to end a process; the few signals that don't are waited for in vain.
      const then = await machine.run(
        `systemctl reset-failed packdial; kill -${signal} ${before}
         for i in {1..60}; do [ -e /proc/${before} ] || break; sleep 0.1; done
         [ -e /proc/${before} ] && echo alive || echo dead`,
      );
      if (then === 'alive') continue;
      await comesBack(display, before);
      times.push((performance.now() - since) / 1000);
    }
    expect(times.length).toBeGreaterThan(15);
    figure(
      'killed by a signal, back after',
      `${(times.reduce((a, b) => a + b) / times.length).toFixed(1)} s (mean of ${times.length})`,
    );
    await display.showsOwnPicture();

    for (const [mishap, words] of [
      ['throw', /sabotage/],
      ['reject', /sabotage/],
      ['hoard', undefined],
    ] as const) {
      const before = await display.pid();
      await machine.run(`systemctl reset-failed packdial; touch /run/packdial/${mishap}`);
      await comesBack(display, before);
      const told = await machine.run(`journalctl -q --no-pager -o cat _PID=${before}`);
      if (words !== undefined) expect(told).toMatch(words);
    }
    await display.showsOwnPicture();

    // Hung: stopped from outside, and blocked from inside.
    for (const [what, how] of [
      ['stopped (SIGSTOP)', 'kill -STOP $(systemctl show -P MainPID packdial)'],
      ['event loop blocked', 'touch /run/packdial/block'],
    ] as const) {
      const before = await display.pid();
      await machine.run(`systemctl reset-failed packdial; ${how}`);
      figure(`${what}, back after`, `${(await comesBack(display, before)).toFixed(1)} s`);
      expect(
        await machine.run(
          'journalctl -q --no-pager -o cat _PID=1 | grep -c "packdial.service: Watchdog timeout"',
        ),
      ).not.toBe('0');
    }
    await display.showsOwnPicture();
  });
}, 900_000);

test('the console is given back at every end, and taken again', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    expect(await machine.run(consoleMode)).toBe('1 4');
    await machine.run(`mkdir -p /run/systemd/system/packdial.service.d
      printf '[Service]\\nRestartSec=15\\n' >/run/systemd/system/packdial.service.d/slow.conf; systemctl daemon-reload`);
    for (const signal of ['TERM', 'INT', 'HUP', 'KILL']) {
      const before = await display.pid();
      await machine.run(`systemctl reset-failed packdial; kill -${signal} ${before}; sleep 4`);
      expect([signal, await machine.run(consoleMode)]).toEqual([signal, '0 3']);
      // The kernel does not wait for a process that is gone.
      expect(await machine.run('timeout 10 chvt 2; cat /sys/class/tty/tty0/active; chvt 1')).toBe('tty2');
      await machine.run('systemctl start packdial');
      expect([signal, await machine.run(consoleMode), await display.foreground()]).toEqual([
        signal,
        '1 4',
        'tty7',
      ]);
    }
    await machine.run('systemctl stop packdial');
    expect(await display.foreground()).toBe('tty1');
    await display.eventually('a login', async () => /login:/.test(await machine.run('cat /dev/vcs1')));
  });
});

test('with settings that are wrong there is a login, with the reason; corrected, the dial comes back', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await machine.run(
      `echo '{"source": "kan"}' >/etc/packdial/settings.json; systemctl restart packdial || true`,
    );
    await display.eventually('a login with the reason', async () => {
      const text = (await machine.run('cat /dev/vcs7')).replaceAll(/\s+/g, ' ');
      return /"source" is "kan", but must be one of.* login:/.test(text);
    });
    expect(await display.foreground()).toBe('tty7');
    expect(await machine.run(consoleMode)).toMatch(/^0 [13]$/);
    expect(await machine.run('systemctl is-active packdial-retry.timer')).toBe('active');
    await machine.run(
      'packdial configure --source udp --config /run/fresh.json; mv /run/fresh.json /etc/packdial/settings.json',
    );
    // What the timer starts after five minutes.
    await machine.run('systemctl start packdial-retry.service');
    await display.untilActive();
    expect(await display.foreground()).toBe('tty7');
    expect(await machine.run(consoleMode)).toBe('1 4');
    expect(await machine.run('systemctl is-active packdial-fallback || true')).toBe('inactive');
  });
});

test('devices go and come back: the stick, the CAN interface, the framebuffer', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await display.sendOnBus();
    await display.configure('--source can');
    await display.eventually('frames', async () => (await display.journal()).includes('Listening'));
    const before = await display.pid();

    await machine.run('for i in {1..100}; do [ -e /dev/sda ] && exit; sleep 0.2; done; exit 1');
    await machine.pullStick();
    await machine.run('for i in {1..100}; do [ ! -e /dev/sda ] && exit; sleep 0.2; done; exit 1');
    await machine.plugStick();
    await machine.run('for i in {1..100}; do [ -e /dev/sd[a-z] ] && exit; sleep 0.2; done; exit 1');

    await machine.run('ip link set can0 down');
    await display.eventually('word of it', async () =>
      (await display.journal()).includes('CAN can0 is down'),
    );
    await machine.run('ip link set can0 up type can bitrate 500000');
    await display.eventually(
      'the bus again',
      async () => (await display.journal()).split('Listening').length > 2,
    );

    await machine.run(
      'for d in /sys/bus/pci/drivers/bochs-drm/0000:*; do echo ${d##*/} >/run/bochs; echo ${d##*/} >/sys/bus/pci/drivers/bochs-drm/unbind; done',
    );
    await display.eventually('word of it', async () =>
      (await display.journal()).includes('takes no more pixels'),
    );
    await machine.run('cat /run/bochs >/sys/bus/pci/drivers/bochs-drm/bind');
    await display.eventually('pixels', async () => (await display.journal()).includes('takes pixels again'));
    await display.showsOwnPicture();
    expect(await display.pid()).toBe(before);
  });
});

test('without a clock the first synchronisation is waited for; the clock may jump by years: ages stay right, the watchdog is content', async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (display, machine) => {
    const stop = display.sendDatagrams();
    try {
      // It starts with the time of its switch-off, nine days ago, as one without a clock that runs on.
      const really = Number(await machine.run('date +%s'));
      const lines = (): Promise<string> =>
        machine.run('cat /var/lib/packdial/PowerSafe100.log 2>/dev/null || true');
      await machine.run(
        `for d in /sys/bus/*/drivers/rtc_cmos/*:*; do echo \${d##*/} >\${d%/*}/unbind; done
         systemctl stop packdial; rm -f /var/lib/packdial/PowerSafe100.log; date -u -s @${really - 9 * 86_400}; systemctl start packdial`,
      );
      await display.logs('first synchronisation is waited for');
      await sleep(15_000);
      expect(await lines()).toBe('');
      await machine.run(`date -u -s @${really + 30}`);
      await display.logs('The clock of this machine was set');
      await display.eventually(
        'what was held in the log',
        async () => (await lines()).split('\n').length > 10,
      );
      const [first = ''] = (await lines()).split(' ,');
      const age = really + 30 - Date.parse(`${first} UTC`) / 1000;
      expect(age).toBeGreaterThan(3);
      expect(age).toBeLessThan(60);
      await display.eventually('frames', async () => (await display.journal()).includes('Listening'));
      const fresh = await settledPicture(display);
      const before = await display.pid();
      for (const moment of ['2032-03-28 00:59:50', '1999-12-31 23:59:55', '2026-10-25 00:59:50']) {
        await machine.run(`date -u -s '${moment}'`);
        // Longer than the watchdog waits, by its own clock.
        await sleep(17_000);
        // Still the same numbers, in the colours of fresh ones: but for the clock on the picture and the log of power.
        const now = await display.ownPicture();
        if (differing(fresh, now) >= 12_000)
          throw new Error(`After ${moment} the picture differs at ${differingArea(fresh, now)}`);
        expect(await display.pid()).toBe(before);
      }
      await display.showsOwnPicture();
    } finally {
      stop();
    }
  });
});

test('of four thousand frames on the bus none is lost', async () => {
  await InstalledDisplay.with({}, async (display, machine) => {
    await display.sendOnBus();
    await machine.run('systemctl stop bus');
    await display.configure('--source can');
    await display.eventually('the bus', async () => (await display.journal()).includes('Listening'));
    await sleep(1000);
    // -x: a full queue of the sender is waited for.
    await machine.run('cangen can1 -p 100 -I 150 -L 8 -D i -g 4 -n 4000', 300);
    await sleep(2000);
    const id = await machine.run('systemctl show -P InvocationID packdial');
    await machine.run('systemctl stop packdial');
    const told = await machine.run(`journalctl -q --no-pager -o cat _SYSTEMD_INVOCATION_ID=${id}`);
    const heard = /Stopped: (\d+) frames heard, (\d+) ignored, (\d+) malformed/
      .exec(told)
      ?.slice(1)
      .map(Number);
    expect(heard).toEqual([4000, 0, 0]);
    figure('frames lost of 4000 on the bus', String(4000 - (heard?.[0] ?? 0)));
  });
});

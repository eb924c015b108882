import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { figure } from './figures';
import { InstalledDisplay } from './installed-display';
import type { VirtualMachine } from './machine/virtual-machine';

const log = '/var/lib/packdial/PowerSafe100.log';
const rowPattern = String.raw`^[0-9]{2}/[0-9]{2}/2[0-9]{3} ([0-9]{2}:){2}[0-9]{2} ,[0-9.]*,[0-9.]*,[-0-9]*,[-0-9]*,[-0-9.]*,[-0-9]*$`;

/** packdial among the files as the running service sees them, and as its user, who has no rights. */
const asService =
  'nsenter -t $(systemctl show -P MainPID packdial) -m -- setpriv --reuid packdial --regid packdial --clear-groups ' +
  '--inh-caps=-all --bounding-set=-all /opt/packdial/current/node /opt/packdial/current/dist/packdial.js';

/** Copies the log. Resolves with the exit code and what was said last. */
async function copyLog(machine: VirtualMachine): Promise<readonly [code: number, sentence: string]> {
  const output = await machine.run(`${asService} copy-log 2>&1; echo $?`, 300);
  const lines = output.split('\n');
  return [Number(lines.at(-1)), lines.at(-2) ?? ''];
}

/** Begins to copy the log, and comes back when the copy has begun. The result waits for its end. */
async function beginCopy(machine: VirtualMachine): Promise<() => Promise<string>> {
  await machine.run(
    `rm -f /run/copy.*; (${asService} copy-log >/run/copy.log 2>&1; echo $? >/run/copy.code) >/dev/null 2>&1 &
     for i in {1..300}; do grep -q Copying /run/copy.log && exit; sleep 0.1; done; cat /run/copy.log; exit 1`,
  );
  return () =>
    machine.run(
      `for i in {1..900}; do [ -s /run/copy.code ] && break; sleep 0.1; done; tail -n 1 /run/copy.log; cat /run/copy.code`,
    );
}

/** Waits until there are so many disks that are not the machine's own, and udev knows them. */
async function sticks(machine: VirtualMachine, count: number): Promise<void> {
  await machine.run(
    `for i in {1..150}; do set -- /sys/class/block/sd?; [ -e $1 ] || shift; [ $# = ${count} ] && udevadm settle && exit; sleep 0.2; done; exit 1`,
  );
}

/** Fills the log with whole lines, this many bytes of them. */
async function fillLog(machine: VirtualMachine, megabytes: number): Promise<void> {
  await machine.run(
    `yes '06/12/2026 10:00:00 ,11.5,41.1,-34,-1397,-1415.70,036' | head -c ${Math.floor((megabytes << 20) / 54) * 54} >>${log}`,
    300,
  );
}

/** Looks at the stick as another machine would. */
async function onStick(machine: VirtualMachine, command: string): Promise<string> {
  return machine.run(
    `echo 3 >/proc/sys/vm/drop_caches; mkdir -p /mnt/stick; mount -o ro /dev/sd[a-z] /mnt/stick; cd /mnt/stick
     ${command}; code=$?; cd /; umount /mnt/stick; exit $code`,
  );
}

/**
 * Leaves an unfinished copy whose chain of clusters ends in nothing, and the mark of a stick that was not unmounted, as a pull at a
 * bad moment does. mkfs.vfat makes 64 MB FAT16: the mark is in byte 37, and the first table begins after 4 sectors.
 */
async function damageStick(machine: VirtualMachine): Promise<void> {
  expect(
    await machine.run('blkid -p -s VERSION -o value /dev/sda; od -An -tu2 -j14 -N2 /dev/sda | xargs'),
  ).toBe('FAT16\n4');
  await machine.run(
    `mkdir -p /mnt/stick; mount /dev/sda /mnt/stick; rm -f /mnt/stick/*
     head -c 20M /dev/zero >/mnt/stick/PowerSafe100.log.unfinished; umount /mnt/stick
     dd if=/dev/zero of=/dev/sda bs=1 seek=$((4 * 512 + 2000)) count=2000 conv=notrunc status=none
     printf '\\001' | dd of=/dev/sda bs=1 seek=37 conv=notrunc status=none; sync`,
  );
}

const isMounted = (machine: VirtualMachine): Promise<string> =>
  machine.run('grep -c " /run/packdial-stick/volume " /proc/self/mountinfo || true');

test('S0.67, S0.68: COPY LOG, in every kind of trouble that a stick can make', async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (display, machine) => {
    await sticks(machine, 1);
    const stop = display.sendDatagrams();
    await display.eventually(
      'lines in the log',
      async () => Number(await machine.run(`cat ${log} | wc -l`)) >= 20,
    );
    stop();
    // Ten seconds of silence, and all of it is written.
    await sleep(15_000);
    expect(await machine.run(`grep -v -c -E '${rowPattern}' ${log} || true`)).toBe('0');
    expect(await machine.run(`tail -n 1 ${log}`)).toMatch(/ ,77\.5,48\.6,300,14580,269\.30,027$/);

    // As it should be.
    expect(await copyLog(machine)).toEqual([
      0,
      expect.stringMatching(/PowerSafe100\.log \(\d+ kB\) is on the stick, checked; it is safe to pull\.$/),
    ]);
    expect(await isMounted(machine)).toBe('0');
    expect(await onStick(machine, `cmp PowerSafe100.log ${log} && ls`)).toBe('PowerSafe100.log');

    // Again, with more in it: the copy from before stays.
    await fillLog(machine, 33);
    const since = performance.now();
    const [code, sentence] = await copyLog(machine);
    figure('COPY LOG, 33 MiB', `${((performance.now() - since) / 1000).toFixed(1)} s`);
    expect([code, sentence]).toEqual([
      0,
      expect.stringMatching(
        /MB\) is on the stick, checked; the copy from before is kept as PowerSafe100-.*\.log; it is safe to pull\.$/,
      ),
    ]);
    expect(await onStick(machine, `cmp PowerSafe100.log ${log} && ls | wc -l`)).toBe('2');

    // No room for a third one.
    expect(await copyLog(machine)).toEqual([
      1,
      expect.stringMatching(
        /The stick BATTERY has [\d.]+ [kM]B free and the log has 34\.\d MB: delete something/,
      ),
    ]);

    // Pulled midway.
    await machine.pullStick();
    await sticks(machine, 0);
    machine.makeStick('stick', 64, 'mkfs.vfat', '-n', 'BATTERY');
    await machine.plugStick();
    await sticks(machine, 1);
    let end = await beginCopy(machine);
    await machine.pullStick();
    expect(await end()).toBe(
      'packdial: The stick was pulled out before the copy was complete: plug it in and copy again.\n1',
    );
    await sticks(machine, 0);
    expect(await isMounted(machine)).toBe('0');
    expect(await copyLog(machine)).toEqual([
      1,
      'packdial: No USB stick is plugged in: plug in one that is named BATTERY.',
    ]);
    await machine.plugStick();
    await sticks(machine, 1);
    // What the pull has left of the first copy is in nobody's way.
    expect((await copyLog(machine))[0]).toBe(0);
    await damageStick(machine);
    expect((await copyLog(machine))[0]).toBe(0);
    expect(await onStick(machine, `cmp PowerSafe100.log ${log}`)).toBe('');
    await machine.pullStick();
    await sticks(machine, 0);
    machine.makeStick('stick', 64, 'mkfs.vfat', '-n', 'BATTERY');
    await machine.plugStick();
    await sticks(machine, 1);

    // Stopped midway.
    end = await beginCopy(machine);
    await machine.run("kill -INT $(pgrep -f '^/opt/packdial/current/node .* copy-log$')");
    expect(await end()).toBe('packdial: Copying was stopped: nothing of this copy is left on the stick.\n1');
    expect(await isMounted(machine)).toBe('0');
    expect(await onStick(machine, 'ls')).toBe('');

    // Killed midway: what it had mounted is gone with the service.
    end = await beginCopy(machine);
    await machine.run("kill -KILL $(pgrep -f '^/opt/packdial/current/node .* copy-log$')");
    expect(await isMounted(machine)).toBe('1');
    await machine.run('systemctl restart packdial');
    await display.eventually('no stick', async () => (await isMounted(machine)) === '0');
    expect((await copyLog(machine))[0]).toBe(0);
    expect(await onStick(machine, `cmp PowerSafe100.log ${log} && ls`)).toBe('PowerSafe100.log');

    // The log is larger than the stick.
    await fillLog(machine, 40);
    expect(await copyLog(machine)).toEqual([
      1,
      expect.stringMatching(/The stick BATTERY has 3\d\.\d MB free and the log has 7\d\.\d MB: delete/),
    ]);

    // Two with the name.
    machine.makeStick('other', 16, 'mkfs.vfat', '-n', 'battery');
    await machine.plugStick('other');
    await sticks(machine, 2);
    expect((await copyLog(machine))[1]).toBe(
      'packdial: Two sticks named BATTERY are plugged in: leave only one.',
    );
    await machine.pullStick();
    await machine.pullStick('other');
    await sticks(machine, 0);

    for (const [flags, words] of [
      [
        ['mkfs.vfat', '-n', 'FOTOS'],
        'The stick is named "FOTOS": it must be named BATTERY; rename it on a PC',
      ],
      [['mkfs.vfat'], 'The stick has no name: it must be named BATTERY;'],
      [['mkfs.ext4', '-q', '-L', 'BATTERY'], 'The stick BATTERY is formatted as ext4: it must be FAT;'],
      [['true'], 'The stick is not formatted: format it on a PC as FAT with the name BATTERY.'],
    ] as const) {
      machine.makeStick('other', 16, ...(flags as readonly [string, ...string[]]));
      await machine.plugStick('other');
      await sticks(machine, 1);
      expect((await copyLog(machine))[1]).toContain(words);
      await machine.pullStick('other');
      await sticks(machine, 0);
    }

    await machine.plugStick('stick', { readOnly: true });
    await sticks(machine, 1);
    expect((await copyLog(machine))[1]).toContain('The stick BATTERY is write protected: move its switch');

    // Nothing but a stick named BATTERY is ever mounted for packdial, whatever it asks for.
    await machine.run(
      `for request in '0123 mount ../vda' '0123 mount sd*' '0123 mount nothing' '0124 mount vda'; do
         echo "$request" >/run/packdial-stick/requests/request.new
         mv /run/packdial-stick/requests/request.new /run/packdial-stick/requests/request; sleep 1
       done
       for i in {1..150}; do grep -q '^0124' /run/packdial-stick/answer && break; sleep 0.2; done`,
    );
    expect(await isMounted(machine)).toBe('0');
    expect(await machine.run('cat /run/packdial-stick/answer')).toBe(
      '0124 failed it is not a FAT volume named BATTERY',
    );
  });
}, 900_000);

test('S0.66: RESET LOG erases the log and starts the display anew', async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (display, machine) => {
    await fillLog(machine, 1);
    const stop = display.sendDatagrams();
    try {
      await display.eventually('a line', async () => /PowerSafe/.test(await machine.run(`ls -l ${log}`)));
      const before = await display.pid();
      expect(await machine.run('packdial reset-log 2>&1')).toBe(
        `packdial: ${log} is erased; the display starts anew.`,
      );
      await display.untilActive();
      expect(await display.pid()).not.toBe(before);
      await display.eventually(
        'lines of a new log',
        async () => Number(await machine.run(`cat ${log} | wc -l`)) >= 10,
      );
      expect(await machine.run(`wc -c <${log}`).then(Number)).toBeLessThan(5000);
      expect(await machine.run(`stat -c %U ${log}`)).toBe('packdial');
    } finally {
      stop();
    }
  });
});

test('a power cut costs at most ten lines of the log, and the next one begins behind a whole one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'packdial-disk-'));
  const disk = join(folder, 'disk.img');
  const lost: number[] = [];
  let last = 0;
  const logAWhile = async (display: InstalledDisplay, machine: VirtualMachine): Promise<void> => {
    await machine.run('sync');
    const stop = display.sendDatagrams();
    await sleep(25_000 + Math.random() * 10_000);
    last = Number(await machine.run('date +%s'));
    stop();
  };
  try {
    await InstalledDisplay.with({ settings: '--source udp', disk }, logAWhile);
    for (let cut = 1; cut <= 3; cut++) {
      await InstalledDisplay.boot({ disk }, async (display, machine) => {
        // Nothing was sent since.
        expect(await machine.run(`grep -v -c -E '${rowPattern}' ${log} || true`)).toBe('0');
        const stamp = (await machine.run(`tail -n 1 ${log}`)).slice(0, 19);
        lost.push(last - Number(await machine.run(`date +%s -d '${stamp}'`)));
        if (cut < 3) await logAWhile(display, machine);
      });
    }
    figure('log lost by a power cut', `${lost.join(', ')} s`);
    // One for the second that had just begun.
    expect(Math.max(...lost)).toBeLessThanOrEqual(11);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 900_000);

test('case 1: a volume on the whole disk beside a partition that is the same volume is one stick', async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (_, machine) => {
    await fillLog(machine, 1);
    await machine.pullStick();
    await sticks(machine, 0);
    // dosfstools#161: mkfs.fat 4.2 puts a partition table of one partition there.
    machine.makeStick('other', 16, 'mkfs.vfat', '-I', '--mbr=y', '-n', 'BATTERY');
    await machine.plugStick('other');
    await sticks(machine, 1);
    expect(await machine.run('blkid -o value -s LABEL /dev/sd[a-z] /dev/sd[a-z]1')).toBe('BATTERY\nBATTERY');
    expect(await copyLog(machine)).toEqual([0, expect.any(String)]);
    expect(await onStick(machine, `cmp PowerSafe100.log ${log}`)).toBe('');
  });
});

test('case 16: in a data folder on 9p, which can not share memory, log and history are kept', async () => {
  await InstalledDisplay.with({ settings: '--source udp' }, async (display, machine) => {
    await machine.run(
      `systemctl stop packdial
       mount -t 9p -o trans=virtio,version=9p2000.L data /var/lib/packdial && chown packdial: /var/lib/packdial
       systemctl start packdial`,
    );
    const stop = display.sendDatagrams();
    try {
      await display.eventually(
        'lines in the log',
        async () => Number(await machine.run(`cat ${log} | wc -l`)) > 10,
      );
      const written = 'stat -c %s /var/lib/packdial/history.sqlite-wal 2>/dev/null || echo 0';
      await display.eventually('history', async () => Number(await machine.run(written)) > 0);
    } finally {
      stop();
    }
    expect(await display.journal()).not.toMatch(/No history|disk has an error/);
  });
});

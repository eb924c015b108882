import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { differing, fromPng, toPng, turned, type Bits, type Picture } from './machine/picture';
import { savedMachine } from './machine/saved-machine';
import { newDisk, VirtualMachine, type MachineOptions } from './machine/virtual-machine';

/** Where the display keeps its own picture in these tests. */
const pictureFile = '/var/lib/packdial/screen.png';

/** One battery as a controller tells it, in candump's short form. */
export const batteryFrames = [
  '150#2C01E601850A1B16',
  '650#9B',
  '651#BE0F0810E30F',
  '652#000000002A002000',
  '68F#0002C7C8C9C6C7C8',
  '68F#0102C9C8C7C8C9CA',
] as const;

/** A frame in candump's short form as a datagram of 24 bytes. */
export function asDatagram(frame: string): Buffer {
  const [id = '', data = ''] = frame.split('#');
  const bytes = Buffer.alloc(24);
  Buffer.from(data, 'hex').copy(bytes);
  bytes.writeUInt32LE(parseInt(id, 16), 8);
  bytes[23] = data.length / 2;
  return bytes;
}

type Use<T> = (display: InstalledDisplay, machine: VirtualMachine) => Promise<T>;

/** Which saved machine a test needs. */
export interface DisplayOptions extends Pick<MachineOptions, 'disk' | 'brokerPort'> {
  /** Flags of `packdial configure` that the display runs with already, such as `--source udp`. */
  readonly settings?: string;
}

/** The packdial that is installed in a virtual machine, as its service. */
export class InstalledDisplay {
  constructor(readonly machine: VirtualMachine) {}

  /**
   * Uses a machine of its own that was booted once in this run and saved with the dial on the screen (framebuffer 800x480).
   * It is switched off whatever happens. With `disk`, a new file, it has its disk there, and changes to that stay.
   */
  static async with<T>({ settings = '', ...options }: DisplayOptions, use: Use<T>): Promise<T> {
    const machine = await VirtualMachine.resume({ ...options, saved: await savedDisplay(settings) });
    return useAndCut(machine, use);
  }

  /** Boots a machine, waits for the dial, uses it, and switches it off whatever happens. */
  static async boot<T>(options: MachineOptions, use: Use<T>): Promise<T> {
    return useAndCut(await VirtualMachine.boot(options), use);
  }

  /** Waits until the service says that the first picture is on the glass. */
  untilActive(seconds = 60): Promise<string> {
    return this.machine.run(
      // A machine that still starts is not slowed down by questions.
      `timeout ${seconds} systemctl is-system-running --wait >/dev/null
       for i in {1..${seconds * 2}}; do systemctl is-active --quiet packdial && exit 0; sleep 0.5; done
       systemctl status packdial --no-pager -l; exit 1`,
      3 * seconds + 300,
    );
  }

  /** Writes settings and starts the display with them, beside those that these tests need. */
  async configure(flags: string): Promise<void> {
    await this.machine.run(
      `rm -f /etc/packdial/settings.json ${pictureFile}
       packdial configure --picture ${pictureFile} ${flags}
       systemctl reset-failed packdial; systemctl restart packdial
       for i in {1..100}; do [ -s ${pictureFile} ] && exit 0; sleep 0.2; done; journalctl -u packdial -n 20 --no-pager; exit 1`,
    );
  }

  /** The picture that the display has drawn; the clock on it may go on meanwhile. */
  async ownPicture(): Promise<Picture> {
    return fromPng(Buffer.from(await this.machine.run(`base64 -w0 ${pictureFile}`), 'base64'));
  }

  /** What the service has logged since it was started last. */
  journal(): Promise<string> {
    return this.machine.run(
      // systemd keeps the id in a link, which is read faster than it is asked for.
      `journalctl -q --no-pager -o cat _SYSTEMD_INVOCATION_ID=$(
         readlink /run/systemd/units/invocation:packdial.service || systemctl show -P InvocationID packdial)`,
    );
  }

  /**
   * Makes the checkout readable in the guest, at /mnt/checkout. Its own Node is hidden, so that the installed one is used: each
   * start of a program of 120 MB would be read through the emulated machine again.
   */
  async mountCheckout(): Promise<void> {
    await this.machine.run(
      `mkdir -p /mnt/checkout; mountpoint -q /mnt/checkout && exit 0
       mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=524288 checkout /mnt/checkout
       [ ! -d /mnt/checkout/.runtime ] || mount -t tmpfs none /mnt/checkout/.runtime`,
    );
  }

  /** Waits until the log has a text. */
  async logs(text: string | RegExp, seconds?: number): Promise<void> {
    await this.eventually(
      `in the log: ${String(text)}`,
      async () => new RegExp(text).test(await this.journal()),
      seconds,
    );
  }

  /** The service's process; waits for one while it is started again, for 0 would stand for the guest's own. */
  pid(): Promise<string> {
    return this.machine.run(
      'for i in {1..300}; do pid=$(systemctl show -P MainPID packdial); [ "$pid" != 0 ] && echo $pid && exit; sleep 0.2; done; exit 1',
    );
  }

  /** Which virtual terminal the screen shows, such as `tty7`. */
  foreground(): Promise<string> {
    return this.machine.run('cat /sys/class/tty/tty0/active');
  }

  /** Waits until what is seen satisfies a condition. Keeps the screen's picture where it never does. */
  async eventually(what: string, check: () => Promise<boolean>, seconds = 60): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
      if (await check()) return;
      await sleep(300);
    }
    const kept = join(tmpdir(), 'packdial-last-screen.png');
    writeFileSync(kept, toPng(await this.machine.screenshot()));
    throw new Error(`${what} did not come true (see ${kept}); packdial said:\n${await this.journal()}`);
  }

  /** Waits until the screen shows exactly the display's own picture; both may be caught while it changes. */
  showsOwnPicture(quarters = 0, bits?: Bits): Promise<void> {
    return this.eventually('the own picture on the screen', async () => {
      const shot = await this.machine.screenshot();
      return differing(shot, turned(await this.ownPicture(), quarters), bits) === 0;
    });
  }

  /** Sends the battery's frames on can1 again and again, which reach can0 over the bus. udev has brought both up. */
  async sendOnBus(frames: readonly string[] = batteryFrames): Promise<void> {
    const log = frames.map((frame, i) => `(${(1 + i * 0.01).toFixed(6)}) can1 ${frame}`).join('\n');
    await this.machine.run(
      `for i in {1..100}; do [ "$(cat /sys/class/net/can[01]/operstate | tr '\\n' ' ')" = "up up " ] && break; sleep 0.2; done
       systemctl stop bus 2>/dev/null; systemctl reset-failed bus 2>/dev/null
       printf '%s\\n' '${log}' >/run/bus.log
       systemd-run --quiet --unit=bus canplayer -l i -g 20 -I /run/bus.log`,
    );
  }

  /** Sends them from outside, over the network, until the returned function is called. */
  sendDatagrams(frames: readonly string[] = batteryFrames): () => void {
    const timer = setInterval(() => {
      for (const frame of frames) this.machine.datagram(asDatagram(frame));
    }, 500);
    return () => clearInterval(timer);
  }
}

async function useAndCut<T>(machine: VirtualMachine, use: Use<T>): Promise<T> {
  try {
    const display = new InstalledDisplay(machine);
    await display.untilActive();
    return await use(display, machine);
  } finally {
    await machine.cut();
  }
}

/** The saved machine on which the display runs as it was installed, or with other settings. */
function savedDisplay(settings: string): Promise<string> {
  return savedMachine(settings === '' ? 'installed' : settings, async (disk, whenReady) => {
    const prepare = async (display: InstalledDisplay, machine: VirtualMachine): Promise<void> => {
      if (settings !== '') await display.configure(settings);
      await display.logs('Touch by');
      // The start is over then; a unit that failed is a matter of the tests.
      await machine.run('systemctl is-system-running --wait || true');
      await whenReady(machine);
    };
    if (settings !== '') return InstalledDisplay.with({ disk }, prepare);
    newDisk(disk);
    return InstalledDisplay.boot({ disk }, prepare);
  });
}

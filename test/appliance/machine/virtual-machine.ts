import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from './agent';
import { fromPpm, type Picture } from './picture';
import { Qmp } from './qmp';

/** Where make-disk has put kernel and disk. */
export const cache = process.env['KERNEL_CACHE'] ?? join(tmpdir(), 'packdial-machine');

/** Where test/arm/make-disk has put those of the machine with another processor. */
export const armCache = `${cache}-arm64`;

/** What to switch on. */
export interface MachineOptions {
  /** `WxH` for 32 bits a pixel, `WxHx16` for 16. */
  readonly framebuffer?: string;
  /** The file of its disk. Changes stay, except to the disks that make-disk made: they are the same for every machine. */
  readonly disk?: string;
  /** A port of this machine's loopback, which the guest finds at 10.0.2.100, port 8883. */
  readonly brokerPort?: number;
  /** Another processor than this machine's; it is emulated all the same. */
  readonly processor?: 'arm64';
}

/** Which saved machine to resume. */
export interface ResumeOptions extends Pick<MachineOptions, 'disk' | 'brokerPort'> {
  /** The folder that `save` has filled. With `disk`, that file becomes a copy of the saved disk, and changes to it stay. */
  readonly saved: string;
}

/** Makes a disk of its own for a machine: Debian with packdial installed, never started. */
export function newDisk(file: string): void {
  copyImage(join(cache, 'disk.img'), file);
}

/** Of the screen that a place is meant on, pixels. */
interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** Copies a disk or a stick; its holes stay holes. */
function copyImage(from: string, to: string): void {
  execFileSync('cp', ['--sparse=always', '--reflink=auto', from, to]);
}

/** A virtual machine on which packdial is installed. */
export class VirtualMachine {
  /** What QEMU calls the drives of sticks that were plugged in. */
  private readonly plugged = new Map<string, string>();

  private constructor(
    private readonly process: ChildProcess,
    private readonly qmp: Qmp,
    private readonly agent: Agent,
    private readonly folder: string,
    private readonly udpPort: number,
    /** The port of this machine's loopback that leads to the guest's SSH, where that runs. */
    readonly sshPort: number,
    private readonly socket: Socket,
  ) {}

  /** Switches the machine on. It is at the very beginning of its start then. */
  static boot(options: MachineOptions = {}): Promise<VirtualMachine> {
    return VirtualMachine.start(newFolder(), options);
  }

  /** Starts a copy of a machine that was saved while it ran: it goes on from there, with its clock set to the present. */
  static async resume({ saved, disk, brokerPort }: ResumeOptions): Promise<VirtualMachine> {
    const folder = newFolder();
    const { image, stick, state } = savedFiles(saved);
    // The guest knows what is on the stick, so it gets the same one.
    copyImage(stick, join(folder, 'stick.img'));
    if (disk !== undefined) copyImage(image, disk);
    const machine = await VirtualMachine.start(folder, {
      ...(brokerPort !== undefined && { brokerPort }),
      disk: disk ?? image,
      throwAway: disk === undefined,
      state,
    });
    try {
      await machine.goOn();
      await machine.run(`date -u -s @${(Date.now() / 1000).toFixed(3)}`);
      return machine;
    } catch (error) {
      await machine.cut();
      throw error;
    }
  }

  private static async start(
    folder: string,
    {
      framebuffer = '800x480',
      processor,
      disk = join(cacheFor(processor), 'disk.img'),
      throwAway = dirname(disk) === cacheFor(processor),
      brokerPort,
      state,
    }: MachineOptions & { readonly throwAway?: boolean; readonly state?: string },
  ): Promise<VirtualMachine> {
    const socket = createSocket('udp4');
    await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound));
    const udpPort = await freePort();
    const sshPort = await freePort();
    const errors: string[] = [];
    const child = spawn(resolve(__dirname, 'boot'), [cacheFor(processor), folder, disk], {
      env: {
        ...process.env,
        PROCESSOR: processor ?? '',
        FRAMEBUFFER: framebuffer,
        THROW_AWAY: throwAway ? 'yes' : '',
        STATE: state ?? '',
        UDP_PORT: String(udpPort),
        SSH_PORT: String(sshPort),
        BROKER_PORT: brokerPort === undefined ? '' : String(brokerPort),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the machine did not start: ${errors.join('')}`);
      // The sockets are there a moment before anybody listens on them.
      const qmp = await whenThere(join(folder, 'qmp.sock'), (path) => Qmp.connect(path));
      const agent = qmp && (await whenThere(join(folder, 'agent.sock'), (path) => Agent.connect(path)));
      if (agent !== undefined)
        return new VirtualMachine(child, qmp!, agent, folder, udpPort, sshPort, socket);
      await sleep(50);
    }
  }

  /**
   * Runs a command of bash as root in the guest. Resolves with what it printed.
   *
   * @throws Error with that text when it fails or takes too long
   */
  async run(command: string, seconds = 120): Promise<string> {
    const late = sleep(seconds * 1000, undefined, { ref: false }).then(() => {
      throw new Error(`the guest did not come to the end of: ${command}\n${this.console()}`);
    });
    const { code, output } = await Promise.race([this.agent.run(command), late]);
    if (code === 0) return output.trim();
    throw new Error(`${command}\nended with ${code} in the guest: ${output}`);
  }

  /** What the guest's kernel wrote to its console. */
  console(): string {
    return readFileSync(join(this.folder, 'console.log'), 'utf8').slice(-4000);
  }

  /** What the screen shows. */
  async screenshot(): Promise<Picture> {
    const filename = join(this.folder, 'screen.ppm');
    await this.qmp.command('screendump', { filename });
    return fromPpm(readFileSync(filename));
  }

  /** Puts a finger on the panel and lifts it: `x` and `y` in pixels of a screen of this size. */
  async tap(x: number, y: number, size: PanelSize): Promise<void> {
    await this.finger(x, y, size, true);
    await sleep(150);
    await this.finger(x, y, size, false);
  }

  /** @param down that the finger is put down or lifted; default: it stays as it is */
  private async finger(x: number, y: number, { width, height }: PanelSize, down?: boolean): Promise<void> {
    const axis = (name: string, part: number): object => ({
      type: 'abs',
      data: { axis: name, value: Math.round(part * 32767) },
    });
    const events = [axis('x', (x + 0.5) / width), axis('y', (y + 0.5) / height)];
    if (down !== undefined) events.push({ type: 'btn', data: { button: 'left', down } });
    await this.qmp.command('input-send-event', { events });
  }

  /** Puts a finger on the panel, moves it up or down, and lifts it there. */
  async drag(x: number, fromY: number, toY: number, size: PanelSize): Promise<void> {
    const steps = 8;
    await this.finger(x, fromY, size, true);
    for (let step = 1; step <= steps; step++) {
      await sleep(40);
      await this.finger(x, fromY + ((toY - fromY) * step) / steps, size);
    }
    await sleep(100);
    await this.finger(x, toY, size, false);
  }

  /** Presses keys together and lets them go; names as QEMU has them, such as `esc` or `ctrl`. */
  async keys(...names: readonly string[]): Promise<void> {
    const keys = names.map((data) => ({ type: 'qcode', data }));
    await this.qmp.command('send-key', { keys, 'hold-time': 150 });
    await sleep(200);
  }

  /** Pulls a USB stick out: the one that was in from the beginning, or another that was plugged in. */
  async pullStick(name = 'stick'): Promise<void> {
    await this.qmp.command('device_del', { id: name });
    const node = this.plugged.get(name);
    this.plugged.delete(name);
    if (node !== undefined) await this.onceFree('blockdev-del', { 'node-name': node });
  }

  /** Plugs a USB serial adapter in (FTDI's), whose other side is a serial port or pseudo terminal of this machine. */
  async plugSerial(name: string, device: string): Promise<void> {
    await this.qmp.command('chardev-add', {
      id: `${name}-line`,
      backend: { type: 'serial', data: { device } },
    });
    await this.qmp.command('device_add', { driver: 'usb-serial', id: name, chardev: `${name}-line` });
  }

  /** Pulls it out. */
  async pullSerial(name: string): Promise<void> {
    await this.qmp.command('device_del', { id: name });
    await this.onceFree('chardev-remove', { id: `${name}-line` });
  }

  /** Does something with what stood behind a device that was pulled out: it is held until the guest has noticed. */
  private async onceFree(command: string, args: Readonly<Record<string, unknown>>): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await this.qmp.command(command, args);
        return;
      } catch (error) {
        if (tries > 100) throw error;
        await sleep(100);
      }
    }
  }

  /** Plugs it in again, or another one that was made with `makeStick`. */
  async plugStick(name = 'stick', { readOnly = false } = {}): Promise<void> {
    // The drive outlives the device only until it is told to go; QEMU wants a new one.
    const node = `${name}${Date.now()}`;
    const file = { driver: 'file', filename: join(this.folder, `${name}.img`) };
    await this.onceFree('blockdev-add', {
      driver: 'raw',
      'node-name': node,
      'read-only': readOnly,
      file,
    });
    await this.onceFree('device_add', { driver: 'usb-storage', id: name, drive: node });
    this.plugged.set(name, node);
  }

  /** Makes a stick, or makes one anew that is not plugged in, with a program such as mkfs.vfat that takes its file last. */
  makeStick(name: string, megabytes: number, program: string, ...flags: readonly string[]): void {
    const file = join(this.folder, `${name}.img`);
    rmSync(file, { force: true });
    writeFileSync(file, '');
    truncateSync(file, megabytes << 20);
    execFileSync(program, [...flags, file]);
  }

  /** Sends a datagram over the network to port 6500 of the guest. */
  datagram(bytes: Buffer): void {
    this.socket.send(bytes, this.udpPort, '127.0.0.1');
  }

  /**
   * Saves the running machine in a folder, from which any number of copies can be resumed. It stands still from then on.
   *
   * @param saved where `disk.img` is the machine's own disk already
   * @throws Error when QEMU can not save it, as with a folder of this machine mounted in the guest
   */
  async save(saved: string): Promise<void> {
    const { stick, state } = savedFiles(saved);
    await this.run('sync');
    // What runs on while its memory is written would write it again and again.
    await this.qmp.command('stop');
    await this.qmp.command('migrate', { uri: `exec:cat >'${state}'` });
    for (;;) {
      const { status, 'error-desc': reason } = (await this.qmp.command('query-migrate')) as {
        status: string;
        'error-desc'?: string;
      };
      if (status === 'completed') break;
      if (status === 'failed')
        throw new Error(`the machine could not be saved: ${reason ?? 'no reason given'}`);
      await sleep(50);
    }
    copyImage(join(this.folder, 'stick.img'), stick);
  }

  /** Waits until the saved state is loaded, and lets the machine go on: it stood still when it was saved. */
  private async goOn(): Promise<void> {
    while (((await this.qmp.command('query-status')) as { status: string }).status === 'inmigrate')
      await sleep(20);
    await this.qmp.command('cont');
  }

  /** Cuts the power: what the guest has not written to its disk yet is lost. */
  async cut(): Promise<void> {
    const gone = this.process.exitCode === null ? once(this.process, 'exit') : undefined;
    this.process.kill('SIGKILL');
    await gone;
    this.qmp.close();
    this.agent.close();
    this.socket.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function cacheFor(processor: MachineOptions['processor']): string {
  return processor === 'arm64' ? armCache : cache;
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'packdial-guest-'));
}

/** What is kept of a saved machine: its disk, its stick, and the state of memory, processors and devices. */
function savedFiles(saved: string): {
  readonly image: string;
  readonly stick: string;
  readonly state: string;
} {
  return { image: join(saved, 'disk.img'), stick: join(saved, 'stick.img'), state: join(saved, 'state') };
}

async function whenThere<T>(path: string, connect: (path: string) => Promise<T>): Promise<T | undefined> {
  return existsSync(path) ? await connect(path).catch(() => undefined) : undefined;
}

async function freePort(): Promise<number> {
  const probe = createSocket('udp4');
  await new Promise<void>((bound) => probe.bind(0, '127.0.0.1', bound));
  const { port } = probe.address();
  await new Promise<void>((closed) => probe.close(closed));
  return port;
}

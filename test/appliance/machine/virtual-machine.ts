import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Qmp } from './qmp';

/** A picture of three bytes a pixel: red, green, blue. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

/** What to start. */
export interface MachineOptions {
  /** `WxH` for 32 bits, or `vesa` for 800x600 at 16 bits. */
  readonly framebuffer: string;
  /** Commands of bash that the guest runs as root; what it writes into /run/machine is in `folder` here. */
  readonly guest: string;
}

/** A virtual machine with a framebuffer, a touch panel, a keyboard and two CAN controllers. */
export class VirtualMachine {
  private constructor(
    private readonly process: ChildProcess,
    private readonly qmp: Qmp,
    /** Shared with the guest as /run/machine. */
    readonly folder: string,
  ) {}

  static async boot({ framebuffer, guest }: MachineOptions): Promise<VirtualMachine> {
    const folder = mkdtempSync(join(tmpdir(), 'packdial-guest-'));
    writeFileSync(join(folder, 'guest.sh'), guest);
    const errors: string[] = [];
    const child = spawn(resolve(__dirname, 'boot'), [folder], {
      env: { ...process.env, FRAMEBUFFER: framebuffer },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
    const socket = join(folder, 'qmp.sock');
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the machine did not start: ${errors.join('')}`);
      // The socket is there a moment before anybody listens on it.
      const qmp = existsSync(socket) ? await Qmp.connect(socket).catch(() => undefined) : undefined;
      if (qmp !== undefined) return new VirtualMachine(child, qmp, folder);
      await sleep(100);
    }
  }

  /** Waits for a file that the guest writes; the error tells what the guest said. */
  async file(name: string, seconds = 120): Promise<string> {
    const path = join(this.folder, name);
    for (let waited = 0; waited < seconds * 5; waited++) {
      if (existsSync(path)) return readFileSync(path, 'utf8');
      if (this.process.exitCode !== null) break;
      await sleep(200);
    }
    throw new Error(`the guest did not write ${name}; it said:\n${this.console()}`);
  }

  /** What the guest wrote to its console. */
  console(): string {
    return readFileSync(join(this.folder, 'console.log'), 'utf8').slice(-4000);
  }

  /** What the screen shows. */
  async screenshot(): Promise<Picture> {
    const filename = join(this.folder, 'screen.ppm');
    await this.qmp.command('screendump', { filename });
    const ppm = readFileSync(filename);
    const header = /^P6\s(\d+) (\d+)\s255\s/.exec(ppm.toString('latin1', 0, 40));
    if (header === null) throw new Error('the screenshot is no picture');
    return { width: Number(header[1]), height: Number(header[2]), rgb: ppm.subarray(header[0].length) };
  }

  /** Puts a finger on the panel and lifts it: `x` and `y` in pixels of a screen of this size. */
  async tap(
    x: number,
    y: number,
    { width, height }: { readonly width: number; readonly height: number },
  ): Promise<void> {
    const axis = (name: string, part: number): object => ({
      type: 'abs',
      data: { axis: name, value: Math.round(part * 32767) },
    });
    const button = (down: boolean): object => ({ type: 'btn', data: { button: 'left', down } });
    const at = [axis('x', (x + 0.5) / width), axis('y', (y + 0.5) / height)];
    await this.qmp.command('input-send-event', { events: [...at, button(true)] });
    await sleep(150);
    await this.qmp.command('input-send-event', { events: [button(false)] });
  }

  /** Presses a key of the keyboard and lets it go; `code` as QEMU calls it: `left`, `esc`, `a`. */
  async key(code: string): Promise<void> {
    await this.qmp.command('send-key', { keys: [{ type: 'qcode', data: code }] });
  }

  /** Switches it off and forgets it. */
  async close(): Promise<void> {
    const gone = this.process.exitCode === null ? once(this.process, 'exit') : undefined;
    void this.qmp.command('quit').catch(() => undefined);
    await gone;
    this.qmp.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A picture as words of 0x00RRGGBB. */
export interface PixelWords {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/** A screen of X that nobody sees (Xvfb), on which viewers run. */
export class XScreen {
  private readonly folder = mkdtempSync(join(tmpdir(), 'packdial-x-'));
  private readonly children: ChildProcess[] = [];
  private display = '';

  /** Larger than any picture, so that viewers need no scroll bars. */
  static async open(width = 1024, height = 700): Promise<XScreen> {
    const screen = new XScreen();
    const server = screen.run(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-fbdir', screen.folder],
      ['ignore', 'ignore', 'ignore', 'pipe'],
    );
    const [number] = (await once(server.stdio[3]!, 'data')) as [Buffer];
    screen.display = `:${number.toString().trim()}`;
    return screen;
  }

  /** Starts a program on it. */
  start(program: string, args: readonly string[]): ChildProcess {
    return this.run(program, args, ['ignore', 'ignore', 'pipe']);
  }

  /** Moves the mouse and types, as xdotool understands it. */
  async xdotool(...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('xdotool', args, { env: this.environment() });
    return stdout;
  }

  /** Where a window is whose name holds a text; `undefined` while there is none. */
  async window(name: string): Promise<{ x: number; y: number; width: number; height: number } | undefined> {
    try {
      const text = await this.xdotool(
        'search',
        '--onlyvisible',
        '--name',
        name,
        'getwindowgeometry',
        '--shell',
      );
      const value = (key: string): number => Number(new RegExp(`^${key}=(\\d+)$`, 'm').exec(text)?.[1]);
      return { x: value('X'), y: value('Y'), width: value('WIDTH'), height: value('HEIGHT') };
    } catch {
      return undefined;
    }
  }

  /** What is on it, from the file that Xvfb keeps in the format of xwd (XWDFile.h). */
  pixels(): PixelWords {
    const file = readFileSync(join(this.folder, 'Xvfb_screen0'));
    const field = (number: number): number => file.readUInt32BE(4 * number);
    const [header, width, height] = [field(0), field(4), field(5)];
    const [line, colours] = [field(12), field(19)];
    const pixels = new Uint32Array(width * height);
    const from = header + 12 * colours;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++)
        pixels[y * width + x] = file.readUInt32LE(from + y * line + 4 * x) & 0xff_ffff;
    }
    return { width: width, height: height, pixels };
  }

  async close(): Promise<void> {
    const [server, ...viewers] = this.children;
    for (const child of [...viewers.reverse(), ...(server === undefined ? [] : [server])]) {
      // A server that is killed leaves its lock and its socket, about which the next two that start may quarrel.
      child.kill(child === server ? 'SIGTERM' : 'SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(program: string, args: readonly string[], stdio: ('ignore' | 'pipe')[]): ChildProcess {
    const child = spawn(program, args, { env: this.environment(), stdio });
    this.children.push(child);
    return child;
  }

  private environment(): NodeJS.ProcessEnv {
    return { PATH: process.env['PATH'], HOME: this.folder, DISPLAY: this.display };
  }
}

/** A part of a picture. */
export function part(
  { pixels, width }: PixelWords,
  area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Uint32Array {
  const out = new Uint32Array(area.width * area.height);
  for (let row = 0; row < area.height; row++) {
    const from = (area.y + row) * width + area.x;
    out.set(pixels.subarray(from, from + area.width), row * area.width);
  }
  return out;
}

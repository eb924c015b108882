import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { Display } from '../../src/display';
import { FramebufferOutput } from '../../src/io/outputs/framebuffer-output';
import { fileGeometry } from '../../src/io/outputs/framebuffer-geometry';
import { Surface } from '../../src/render/surface';
import { TextStyles } from '../../src/render/text';
import { dayPalette } from '../../src/render/theme';
import { MainScreen } from '../../src/screens/main/main-screen';
import { Navigator } from '../../src/screens/navigator';
import type { Surroundings } from '../../src/screens/screen';
import { NaiveDisplay, PlainTextStyles } from './naive';
import { ChangingPack } from './pack';

export const size = { width: 800, height: 480 } as const;

/** packdial and the naive program over the same battery, each with its own framebuffer file. */
export class Contestants {
  /** Time is told: every call of `tick` lets enough of it pass that the numbers may change. */
  now = 0;
  readonly pack: ChangingPack;
  readonly display: Display;
  private readonly output: FramebufferOutput;
  private readonly naive: NaiveDisplay;
  private readonly naiveScreen: MainScreen;

  constructor(
    root: string,
    framebuffer: string,
    naiveFramebuffer: string,
    modules: number,
    clock?: () => number,
  ) {
    this.pack = new ChangingPack(modules);
    const screen = (styles: TextStyles): MainScreen =>
      new MainScreen(this.pack.monitored, {
        ...size,
        root,
        palette: dayPalette,
        styles,
        powerScale: 10,
        animate: clock !== undefined,
      });
    const main = screen(new TextStyles());
    const time = clock ?? ((): number => this.now);
    this.output = FramebufferOutput.open({
      path: framebuffer,
      rotate: 0,
      geometry: fileGeometry(size.width, size.height),
    });
    this.display = new Display({
      clock: { monotonic: time },
      surface: new Surface(size.width, size.height, 'rgb565'),
      navigator: new Navigator(() => main),
      outputs: [this.output],
      surroundings: () => this.surroundings(time()),
    });
    this.naive = new NaiveDisplay(size.width, size.height, naiveFramebuffer);
    this.naiveScreen = screen(new PlainTextStyles());
    this.pack.changeEverything(time());
    this.display.draw();
    this.drawNaive(time());
  }

  tick(): number {
    return (this.now += 300);
  }

  drawNaive(now: number): void {
    this.naiveScreen.update(this.surroundings(now));
    this.naive.draw(this.naiveScreen.scene);
  }

  close(): void {
    this.display.stop();
    this.output.close();
    this.naive.close();
  }

  private surroundings(now: number): Surroundings {
    return {
      now,
      wall: new Date(2026, 5, 12, 12, 41),
      address: '192.168.1.72',
      source: {
        label: 'UDP 6500',
        text: '',
        up: true,
        frames: 1,
        ignored: 0,
        malformed: 0,
        sender: undefined,
      },
    };
  }
}

/** A hash of nothing but whether the file's bytes were written since: its modification time in ns. */
export function writtenAt(path: string): bigint {
  return statSync(path, { bigint: true }).mtimeNs;
}

/** Two bytes of a file. */
export function pixelAt(path: string, offset: number): number {
  const fd = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(2);
    readSync(fd, bytes, 0, 2, offset);
    return bytes.readUInt16LE(0);
  } finally {
    closeSync(fd);
  }
}

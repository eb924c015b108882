import { truncateSync, writeFileSync, writeSync } from 'node:fs';
import type { Clock } from '../../src/base/clock';
import { Display } from '../../src/display';
import type { Timers } from '../../src/io/timers';
import { fileGeometry } from '../../src/io/outputs/framebuffer-geometry';
import { FramebufferOutput } from '../../src/io/outputs/framebuffer-output';
import type { Rotation } from '../../src/io/rotation';
import type { Log } from '../../src/logging/log';
import type { MonitoredBattery } from '../../src/model/site';
import { Surface } from '../../src/render/surface';
import { dayPalette } from '../../src/render/theme';
import { createNavigator } from '../../src/screens/all-screens';
import type { Navigator } from '../../src/screens/navigator';
import type { Surroundings } from '../../src/screens/screen';

/** What a panel is made for. */
export interface PanelOptions {
  readonly root: string;
  /** A file that stands in for the framebuffer, of 16 bits a pixel. */
  readonly framebuffer: string;
  readonly width: number;
  readonly height: number;
  readonly rotate: Rotation;
  readonly battery: MonitoredBattery;
  readonly clock: Clock;
  /** For the framebuffer's next try. */
  readonly timers: Timers;
  /** For the next picture. */
  readonly pace: Timers;
  readonly log: Log;
  readonly surroundings: () => Surroundings;
}

/** All that draws on one panel, put together as the program does it. */
export class Panel {
  readonly display: Display;
  readonly navigator: Navigator;
  readonly width: number;
  readonly height: number;
  /** The framebuffer takes no pixels. */
  broken = false;
  private readonly output: FramebufferOutput;

  constructor(options: PanelOptions) {
    const { framebuffer: path, root, log } = options;
    writeFileSync(path, '');
    truncateSync(path, options.width * options.height * 2);
    this.output = FramebufferOutput.open({
      path,
      rotate: options.rotate,
      geometry: fileGeometry(options.width, options.height),
      onError: (error) => log.error(`${path} takes no more pixels: ${error.message}`),
      onRecovered: () => log.info(`${path} takes pixels again`),
      timers: options.timers,
      write: ((...args: Parameters<typeof writeSync>) => {
        if (this.broken) throw Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' });
        return writeSync(...args);
      }) as typeof writeSync,
    });
    const { width, height } = this.output;
    this.width = width;
    this.height = height;
    this.navigator = createNavigator(options.battery, {
      width,
      height,
      root,
      palette: dayPalette,
      powerScale: 10,
      animate: true,
    });
    this.display = new Display({
      clock: options.clock,
      surface: new Surface(width, height, this.output.depth),
      navigator: this.navigator,
      outputs: [this.output],
      surroundings: options.surroundings,
      timers: options.pace,
    });
    this.display.draw();
  }

  close(): void {
    this.display.stop();
    this.output.close();
  }
}

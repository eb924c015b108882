import { closeSync, writeSync } from 'node:fs';
import type { Canvas } from 'canvas';
import { RetryDelay } from '../retry-delay';
import { areaOnPanel, turnedSize, type Rotation } from '../rotation';
import { systemTimers, type Timers } from '../timers';
import { bandsOf, type Band } from './bands';
import { dimmer, type Dimmer } from './dimmer';
import { openFramebuffer, type FramebufferDevice } from './framebuffer-device';
import { type FramebufferGeometry } from './framebuffer-geometry';
import { clipped, type DamageRect, type Output } from './output';
import { PictureTurner } from './picture-turner';
import { pixelConverter, type PixelConverter } from './pixel-converter';

/** Where the picture goes, and who hears of trouble with it. */
export interface FramebufferOptions {
  /** `/dev/fb0`, or a regular file that stands in for a framebuffer. */
  readonly path: string;
  /** How far the picture is turned on the panel, clockwise. */
  readonly rotate: Rotation;
  /** What a regular file is taken for (a device is asked instead): 800x480 RGB565 by default. */
  readonly geometry?: FramebufferGeometry;
  /** Called once when the device stops taking pixels; reopening is tried until it works. */
  readonly onError?: (error: Error) => void;
  /** Called when the device takes pixels again; all of the picture has been shown. */
  readonly onRecovered?: () => void;
  /** Called when another panel has come in the device's place: the picture does not fit it, and has to be laid out anew. */
  readonly onOtherSize?: (width: number, height: number) => void;
  readonly timers?: Timers;
  /** For tests: how the device is opened and written. */
  readonly open?: typeof openFramebuffer;
  readonly write?: typeof writeSync;
}

/**
 * A framebuffer that shows the picture. Only damaged pixels are converted, into a copy of the framebuffer's visible
 * lines; whole lines of that copy are then written, each band of lines at once (see `bandsOf`).
 */
export class FramebufferOutput implements Output {
  readonly width: number;
  readonly height: number;
  /** `rgb565` when colours have fewer than 8 bits on the panel, so that the picture is better dithered. */
  readonly depth: 'full' | 'rgb565';
  private device: FramebufferDevice | undefined;
  private shadow: Buffer = Buffer.alloc(0);
  private turner: PictureTurner | undefined;
  private convert: PixelConverter = () => undefined;
  private dim: Dimmer | undefined;
  /** Percent of the light that the pixels are to give. */
  private light = 100;
  /** The next present shows everything: nothing has been shown yet. */
  private fresh = true;
  private picture: Canvas | undefined;
  private readonly delay = new RetryDelay();
  private cancelRetry: (() => void) | undefined;
  private reported = false;
  private closed = false;
  private hidden = false;

  /** Opens the framebuffer. Throws a UserError when it is missing, read-only or of an unsupported format. */
  static open(options: FramebufferOptions): FramebufferOutput {
    return new FramebufferOutput(options);
  }

  private constructor(private readonly options: FramebufferOptions) {
    const device = this.openDevice();
    const { geometry } = device;
    const { width, height } = turnedSize(geometry, options.rotate);
    this.width = width;
    this.height = height;
    this.depth = geometry.format.bitsPerPixel === 16 ? 'rgb565' : 'full';
    this.use(device);
  }

  /** What the framebuffer is; undefined while the device is gone. */
  get geometry(): FramebufferGeometry | undefined {
    return this.device?.geometry;
  }

  /** False while the device is gone, or has not taken the last picture; undefined while it is somebody else's. */
  get reached(): boolean | undefined {
    return this.hidden ? undefined : this.device !== undefined && !this.fresh;
  }

  /** True while all pixels are black; a picture that is presented is only kept for later. */
  get dark(): boolean {
    return this.light === 0;
  }

  /**
   * Lets the pixels give less light, and shows the whole picture so at once. At 100 nothing is done to a pixel.
   *
   * @param percent 0 (black) to 100
   */
  dimTo(percent: number): void {
    if (percent === this.light) return;
    this.light = percent;
    this.dim = this.device && dimmer(this.device.geometry, this.shadow, percent);
    this.fresh = true;
    if (this.picture !== undefined) this.present(this.picture, []);
  }

  /** Leaves the panel to somebody else, at once: until `show` nothing is written, a picture that is presented is only kept. */
  hide(): void {
    this.hidden = true;
    this.cancelRetry?.();
    this.release();
  }

  /** Shows the whole picture again, on what the device is now: whoever had it meanwhile may have changed its mode. */
  show(): void {
    if (!this.hidden || this.closed) return;
    this.hidden = false;
    this.reopen();
  }

  /** Throws a RangeError only for a picture of another size than this output's. */
  present(picture: Canvas, damage: readonly DamageRect[]): void {
    if (picture.width !== this.width || picture.height !== this.height) {
      throw new RangeError(
        `a picture of ${picture.width}x${picture.height} for a display of ${this.width}x${this.height}`,
      );
    }
    this.picture = picture;
    if (this.device === undefined || (this.dark && !this.fresh)) return;
    const { fd, geometry } = this.device;
    const changed = this.fresh ? [{ x: 0, y: 0, width: this.width, height: this.height }] : damage;
    const areas: DamageRect[] = [];
    for (const rect of changed) {
      const area = clipped(rect, this.width, this.height);
      if (area !== undefined) areas.push(this.bringOver(picture, area, geometry));
    }
    try {
      for (const band of bandsOf(areas, geometry.height)) this.write(fd, geometry, band);
      this.fresh = false;
    } catch (error) {
      this.lost(error as Error);
    }
  }

  close(): void {
    this.closed = true;
    this.cancelRetry?.();
    this.release();
    this.picture = undefined;
  }

  /** Converts an area of the picture into the shadow. Returns where it lies on the panel. */
  private bringOver(picture: Canvas, area: DamageRect, geometry: FramebufferGeometry): DamageRect {
    const onPanel = areaOnPanel(area, geometry, this.options.rotate);
    this.turner?.turn(picture, area);
    this.convert(this.turner?.canvas ?? picture, onPanel);
    this.dim?.(onPanel);
    return onPanel;
  }

  private write(fd: number, { stride, offsetY }: FramebufferGeometry, { top, bottom }: Band): void {
    const write = this.options.write ?? writeSync;
    const end = bottom * stride;
    for (let from = top * stride; from < end;) {
      const written = write(fd, this.shadow, from, end - from, offsetY * stride + from);
      if (written <= 0) throw new Error(`${this.options.path} took none of ${end - from} bytes`);
      from += written;
    }
  }

  private openDevice(): FramebufferDevice {
    return (this.options.open ?? openFramebuffer)(this.options.path, this.options.geometry);
  }

  private use(device: FramebufferDevice): void {
    const { geometry } = device;
    this.device = device;
    this.shadow = Buffer.alloc(geometry.stride * geometry.height);
    this.convert = pixelConverter(geometry, this.shadow);
    this.dim = dimmer(geometry, this.shadow, this.light);
    this.turner = this.options.rotate === 0 ? undefined : new PictureTurner(geometry, this.options.rotate);
    this.fresh = true;
  }

  private release(): void {
    const { device } = this;
    this.device = undefined;
    this.turner = undefined;
    this.convert = () => undefined;
    this.dim = undefined;
    this.shadow = Buffer.alloc(0);
    if (device === undefined) return;
    try {
      closeSync(device.fd);
    } catch {
      // A device that is gone may say so again here.
    }
  }

  private lost(error: Error): void {
    this.release();
    if (!this.reported) this.options.onError?.(error);
    this.reported = true;
    this.retryLater();
  }

  private retryLater(): void {
    if (this.closed) return;
    const timers = this.options.timers ?? systemTimers;
    this.cancelRetry = timers.after(this.delay.next() * 1000, () => this.reopen());
  }

  private reopen(): void {
    const device = this.tryOpen();
    if (device === undefined) {
      this.retryLater();
      return;
    }
    this.use(device);
    if (this.picture !== undefined) this.present(this.picture, []);
    // Lost again at the first write: that has set the next try.
    if (this.geometry === undefined) return;
    this.delay.reset();
    if (this.reported) this.options.onRecovered?.();
    this.reported = false;
  }

  private tryOpen(): FramebufferDevice | undefined {
    let device;
    try {
      device = this.openDevice();
    } catch {
      // Reported once when it was lost.
      return undefined;
    }
    const { width, height } = turnedSize(device.geometry, this.options.rotate);
    if (width === this.width && height === this.height) return device;
    // What draws here knows only the first panel's size.
    closeSync(device.fd);
    this.options.onOtherSize?.(width, height);
    return undefined;
  }
}

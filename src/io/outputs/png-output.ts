import { accessSync, constants, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createCanvas, type Canvas, type CanvasRenderingContext2D } from 'canvas';
import { UserError } from '../../base/user-error';
import { systemTimers, type Timers } from '../timers';
import { clipped, type DamageRect, type Output } from './output';

/** Where the picture goes, and who hears of trouble with it. */
export interface PngOptions {
  /** The file to keep up to date. Readers always find a whole picture: it is replaced, never rewritten. */
  readonly path: string;
  /** Size of the picture in pixels. */
  readonly width: number;
  readonly height: number;
  /** Told once when the file can't be written any more; it is tried again with every change. */
  readonly onError?: (error: Error) => void;
  readonly timers?: Timers;
}

/** Milliseconds from one picture to the next. */
const interval = 1000;
/** Quick rather than small: the picture is on disk for a second. */
const quick = { compressionLevel: 1, filters: 0 } as const;

/** Keeps a PNG file of the picture, written at most once a second and only after a change. */
export class PngOutput implements Output {
  readonly width: number;
  readonly height: number;
  /** What is encoded: a copy, so that the encoding thread never sees a picture that is half painted. */
  private readonly copy: Canvas;
  private readonly context: CanvasRenderingContext2D;
  private picture: Canvas | undefined;
  /** There is something in `picture` that no file shows. */
  private changed = false;
  private state: 'idle' | 'writing' | 'waiting' | 'closed' = 'idle';
  private cancelWait: (() => void) | undefined;
  private reported = false;

  /** Throws a UserError when the folder is missing or may not be written to. */
  static open(options: PngOptions): PngOutput {
    const folder = dirname(options.path);
    try {
      accessSync(folder, constants.W_OK | constants.X_OK);
    } catch (cause) {
      throw new UserError(
        `${options.path} can't be written: make the folder ${folder}, give this user the right to write to it, or name another file.`,
        { cause },
      );
    }
    return new PngOutput(options);
  }

  private constructor(private readonly options: PngOptions) {
    this.width = options.width;
    this.height = options.height;
    this.copy = createCanvas(options.width, options.height);
    this.context = this.copy.getContext('2d', { pixelFormat: 'RGB24' });
  }

  present(picture: Canvas, damage: readonly DamageRect[]): void {
    if (this.state === 'closed') return;
    const visible = damage.some((rect) => clipped(rect, this.width, this.height) !== undefined);
    this.changed ||= visible || this.picture === undefined;
    this.picture = picture;
    if (this.state === 'idle') this.save();
  }

  /** Writes what the file does not show yet, and waits for that. */
  close(): void {
    if (this.state === 'closed') return;
    const unsaved = this.changed || this.state === 'writing';
    this.state = 'closed';
    this.cancelWait?.();
    if (!unsaved || this.picture === undefined) return;
    // Another name than the one that may be being written at this moment.
    const temporary = `${this.options.path}.last`;
    try {
      writeFileSync(temporary, this.picture.toBuffer('image/png', quick));
      renameSync(temporary, this.options.path);
    } catch (error) {
      rmSync(temporary, { force: true });
      this.report(error as Error);
    }
  }

  private save(): void {
    if (!this.changed || this.picture === undefined) return;
    this.changed = false;
    this.state = 'writing';
    this.context.drawImage(this.picture, 0, 0);
    void this.replaceFile()
      .then(
        () => (this.reported = false),
        (error: unknown) => this.report(error as Error),
      )
      .then(() => this.waitForNext());
  }

  private async replaceFile(): Promise<void> {
    const temporary = `${this.options.path}.new`;
    try {
      const png = await this.encode();
      // The last picture was written by `close` meanwhile, and is newer.
      if (this.isClosed()) return;
      await writeFile(temporary, png);
      if (this.isClosed()) await rm(temporary);
      else await rename(temporary, this.options.path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  private encode(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.copy.toBuffer(
        (error, png) => {
          if (error === null) resolve(png);
          else reject(error);
        },
        'image/png',
        quick,
      );
    });
  }

  private waitForNext(): void {
    if (this.isClosed()) return;
    this.state = 'waiting';
    this.cancelWait = (this.options.timers ?? systemTimers).after(interval, () => {
      this.state = 'idle';
      this.save();
    });
  }

  private isClosed(): boolean {
    return this.state === 'closed';
  }

  private report(error: Error): void {
    if (!this.reported) this.options.onError?.(error);
    this.reported = true;
  }
}

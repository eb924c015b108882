import { constants, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../../base/attempt';
import { failureWords } from '../../base/failure-words';
import { GlassRecord } from './glass-record';

/** Which backlight, and where it is noted. */
export interface BacklightOptions {
  /** The folder of the one to use, such as `/sys/class/backlight/10-0045`; empty for the first that works. */
  readonly device: string;
  /** Where what was found is noted for whoever has to restore it after a kill; `undefined` for nowhere. */
  readonly record?: string | undefined;
  /** For tests: the folder with all backlights. */
  readonly folder?: string;
}

const usualFolder = '/sys/class/backlight';
// FB_BLANK_UNBLANK and FB_BLANK_POWERDOWN of linux/fb.h
const powerOn = 0;
const powerOff = 4;
/** The least of full brightness that can still be read: lower steps are not used. */
const legible = 0.05;
/** With fewer steps than these brightness can't be chosen, only light or none. */
const fewestSteps = 5;

/**
 * The light behind the panel. Writes are a few bytes and happen only where the device has another value, for others may write
 * to it too; nothing here throws. `close` puts back what was found, but never a dark screen: that would leave the console
 * unreadable.
 */
export class Backlight {
  private state: { brightness: number; power: number | undefined };
  private closed = false;

  /** A backlight that takes what is written to it, or why there is none, to be said after «No backlight». */
  static open(options: BacklightOptions): Backlight | string {
    const folders = options.device === '' ? backlights(options.folder ?? usualFolder) : [options.device];
    let problem = '';
    for (const folder of folders) {
      const opened = tryOpen(folder, options.record);
      if (typeof opened !== 'string') return opened;
      problem = opened;
    }
    return problem;
  }

  /** @param found what to restore */
  constructor(
    private readonly folder: string,
    private readonly most: number,
    private readonly found: { readonly brightness: number; readonly power: number | undefined },
    now: { readonly brightness: number; readonly power: number | undefined },
    private readonly record: GlassRecord,
  ) {
    this.state = { ...now };
  }

  /** Such as `10-0045`. */
  get name(): string {
    return this.folder.split('/').at(-1) ?? this.folder;
  }

  /** True when it can be on or off but hardly anything between. */
  get switchOnly(): boolean {
    return this.most < fewestSteps;
  }

  /**
   * Lights the panel. Returns false when the device refuses.
   *
   * @param percent 0 is off; anything else is at least legible
   */
  show(percent: number): boolean {
    if (this.closed) return true;
    try {
      this.look();
      if (percent > 0) {
        const floor = Math.max(1, Math.ceil(this.most * legible));
        this.setBrightness(Math.max(floor, Math.min(this.most, Math.round((percent / 100) * this.most))));
        this.setPower(powerOn);
      } else if (!this.tryPower(powerOff)) {
        this.setBrightness(0);
      }
      return true;
    } catch {
      return false;
    }
  }

  /** Puts back what was found, at once and only the first time. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    attempt(() => this.look());
    const { brightness, power } = this.found;
    // Each by itself: the other must still be tried.
    const restored = [
      attempt(() => this.setBrightness(brightness)),
      attempt(() => power === undefined || this.setPower(power)),
    ];
    if (restored.every(Boolean)) this.record.remove();
  }

  /** Takes in what others may have written meanwhile. */
  private look(): void {
    this.state.brightness = read(join(this.folder, 'brightness'));
    if (this.state.power === undefined) return;
    // Without it there is still the brightness.
    attempt(() => (this.state.power = read(join(this.folder, 'bl_power'))));
  }

  private setBrightness(value: number): void {
    if (value === this.state.brightness) return;
    write(join(this.folder, 'brightness'), value);
    this.state.brightness = value;
  }

  private setPower(value: number): void {
    if (this.state.power === undefined || value === this.state.power) return;
    write(join(this.folder, 'bl_power'), value);
    this.state.power = value;
  }

  private tryPower(value: number): boolean {
    return this.state.power !== undefined && attempt(() => this.setPower(value));
  }
}

function backlights(folder: string): string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function tryOpen(folder: string, recordPath: string | undefined): Backlight | string {
  const record = new GlassRecord(recordPath);
  const earlier = record.found(folder);
  let noted = false;
  try {
    const most = read(join(folder, 'max_brightness'));
    const brightness = read(join(folder, 'brightness'));
    if (most < 1) return `${folder} has no brightness`;
    let power: number | undefined;
    attempt(() => (power = read(join(folder, 'bl_power'))));
    const found = litState(earlier ?? { brightness, power }, most);
    noted = true;
    record.write([
      [join(folder, 'brightness'), found.brightness],
      ...(found.power === undefined ? [] : [[join(folder, 'bl_power'), found.power] as const]),
    ]);
    // What may be written shows only by writing: the value it has, so that nothing is seen of it.
    write(join(folder, 'brightness'), brightness);
    return new Backlight(folder, most, found, { brightness, power }, record);
  } catch (error) {
    // Nothing was changed; only what an earlier run has left stays to be restored.
    if (noted && earlier === undefined) record.remove();
    return `${folder} refuses: ${failureWords(error)}`;
  }
}

function litState(
  { brightness, power }: { brightness: number; power: number | undefined },
  most: number,
): { brightness: number; power: number | undefined } {
  const lit = brightness > 0 && (power === undefined || power === powerOn);
  return lit ? { brightness, power } : { brightness: most, power: power === undefined ? undefined : powerOn };
}

function read(path: string): number {
  const text = readFileSync(path, 'utf8').trim();
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${path} holds ${JSON.stringify(text.slice(0, 40))}`);
  return Number(text);
}

/** Writes to what is there, and never makes a file where a device has vanished. */
function write(path: string, value: number): void {
  writeFileSync(path, `${value}\n`, { flag: (constants.O_WRONLY | constants.O_TRUNC) as unknown as string });
}

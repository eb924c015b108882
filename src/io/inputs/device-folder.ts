import { readdirSync, statSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { systemTimers, type Timers } from '../timers';

/** Milliseconds after which the folder is looked at without a sign of change: the sign can be missed. */
const rescanInterval = 10_000;
/** Milliseconds from a sign of change to the look: devices come in groups, and get their permissions a little later. */
const settleInterval = 200;

/** The folder in which input devices appear and vanish, watched once for all who look for some in it. */
export class DeviceFolder {
  private readonly lookers = new Set<() => void>();
  private watcher: FSWatcher | undefined;
  private cancelLook: (() => void) | undefined;

  /** @param path it may be missing as long as there is no device */
  constructor(
    readonly path = '/dev/input',
    private readonly timers: Timers = systemTimers,
  ) {}

  /** Calls `look` now, shortly after any change, and from time to time; until what is returned is called. */
  follow(look: () => void): () => void {
    this.lookers.add(look);
    // Before the look, so that nothing slips in between.
    this.watch();
    look();
    if (this.cancelLook === undefined) this.lookAfter(rescanInterval);
    return () => {
      this.lookers.delete(look);
      if (this.lookers.size > 0) return;
      this.cancelLook?.();
      this.cancelLook = undefined;
      this.forget();
    };
  }

  /** Something has changed that the folder may not tell of. */
  lookSoon(): void {
    if (this.lookers.size > 0) this.lookAfter(settleInterval);
  }

  /** Paths of the input devices that are there. */
  paths(): string[] {
    try {
      const names = readdirSync(this.path).filter((name) => /^event\d+$/.test(name));
      return names.map((name) => join(this.path, name));
    } catch {
      return [];
    }
  }

  private lookAfter(ms: number): void {
    this.cancelLook?.();
    this.cancelLook = this.timers.after(ms, () => {
      this.watch();
      for (const look of [...this.lookers]) look();
      if (this.lookers.size > 0) this.lookAfter(rescanInterval);
    });
  }

  private watch(): void {
    if (this.watcher !== undefined) return;
    try {
      const { ino } = statSync(this.path);
      this.watcher = watch(this.path, () => {
        // The folder itself goes with its last device, and another takes its place.
        if (statSync(this.path, { throwIfNoEntry: false })?.ino !== ino) this.forget();
        this.lookSoon();
      });
      this.watcher.on('error', () => this.forget());
    } catch {
      // No such folder as long as there is no device: the next look may find it.
    }
  }

  private forget(): void {
    this.watcher?.close();
    this.watcher = undefined;
  }
}

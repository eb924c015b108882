import { once } from 'node:events';
import { readdirSync, statSync, watch, type FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../user-error';
import type { Rotation } from '../rotation';
import { systemTimers, type Timers } from '../timers';
import type { PointingDevice } from './input-devices';
import { OpenPointer } from './open-pointer';
import type { PointerEvent } from './pointer-event';

export interface TouchOptions {
  /** The one device to use, such as `/dev/input/event0`; without it, all that point. */
  readonly device?: string;
  /** Size of the picture in pixels, as it is seen. */
  readonly width: number;
  readonly height: number;
  /** How far the picture is turned on the panel, clockwise. */
  readonly rotate: Rotation;
  /** For tests: where devices appear, how one is asked what it is, and time. */
  readonly folder?: string;
  readonly probe?: (fd: number) => PointingDevice | undefined;
  readonly timers?: Timers;
}

/** Where touches go. Implementations never throw. */
export interface TouchSink {
  pointer(event: PointerEvent): void;
  /** One sentence for people, on every change: what is used, or what is missing. */
  status(text: string): void;
}

/** Milliseconds after which the folder is looked at without a sign of change: the sign can be missed. */
const rescanInterval = 10_000;
/** Milliseconds from a sign of change to the look: devices come in groups, and get their permissions a little later. */
const settleInterval = 200;

interface Known {
  /** Identifies this device among those that had its path. */
  readonly inode: number;
  /** Changes with the permissions: worth another try. */
  readonly changedMs: number;
  readonly pointer?: OpenPointer;
  /** Why it can't be used, when that is worth telling. */
  readonly problem?: string;
  /** It will never do: it is not a thing that points. */
  readonly unfit?: boolean;
}

/** Fingers and mice, as they come and go. The first device that is touched has the picture until it is let go. */
export class TouchInput {
  private readonly known = new Map<string, Known>();
  private readonly timers: Timers;
  private readonly folder: string;
  private watcher: FSWatcher | undefined;
  private cancelRescan: (() => void) | undefined;
  private touching: string | undefined;
  private lastStatus = '';

  constructor(private readonly options: TouchOptions) {
    this.timers = options.timers ?? systemTimers;
    this.folder = options.device === undefined ? (options.folder ?? '/dev/input') : dirname(options.device);
  }

  /**
   * Hears touches until the signal is aborted; then every device is closed. A device that is missing is waited for.
   * Rejects with a UserError when the device named in the options is something that can't point.
   */
  async run(signal: AbortSignal, sink: TouchSink): Promise<void> {
    if (signal.aborted) return;
    try {
      this.scan(sink);
      const unfit = [...this.known.values()].find((device) => device.unfit);
      if (unfit !== undefined) throw new UserError(`${unfit.problem ?? ''}.`);
      await once(signal, 'abort');
    } finally {
      this.cancelRescan?.();
      this.watcher?.close();
      this.watcher = undefined;
      for (const { pointer } of this.known.values()) pointer?.close();
      this.known.clear();
    }
  }

  private scan(sink: TouchSink): void {
    // Before the look, so that nothing slips in between.
    this.watch(sink);
    const paths = this.paths();
    for (const [path, { pointer }] of this.known) {
      if (paths.includes(path)) continue;
      pointer?.close();
      this.known.delete(path);
    }
    for (const path of paths) this.look(path, sink);
    this.tell(sink);
    this.scanAfter(rescanInterval, sink);
  }

  private scanAfter(ms: number, sink: TouchSink): void {
    this.cancelRescan?.();
    this.cancelRescan = this.timers.after(ms, () => this.scan(sink));
  }

  private watch(sink: TouchSink): void {
    if (this.watcher !== undefined) return;
    const forget = (): void => {
      this.watcher?.close();
      this.watcher = undefined;
    };
    try {
      const { ino } = statSync(this.folder);
      this.watcher = watch(this.folder, () => {
        // The folder itself goes with its last device, and another takes its place.
        if (statSync(this.folder, { throwIfNoEntry: false })?.ino !== ino) forget();
        this.scanAfter(settleInterval, sink);
      });
      this.watcher.on('error', forget);
    } catch {
      // No such folder as long as there is no device: the next look may find it.
    }
  }

  private paths(): string[] {
    if (this.options.device !== undefined) return [this.options.device];
    try {
      const names = readdirSync(this.folder).filter((name) => /^event\d+$/.test(name));
      return names.map((name) => join(this.folder, name));
    } catch {
      return [];
    }
  }

  private look(path: string, sink: TouchSink): void {
    const stats = statSync(path, { throwIfNoEntry: false });
    const before = this.known.get(path);
    if (before !== undefined && before.inode === stats?.ino) {
      if (before.pointer !== undefined || before.changedMs === stats.ctimeMs) return;
    }
    before?.pointer?.close();
    this.known.delete(path);
    if (stats === undefined) return;
    this.known.set(path, { inode: stats.ino, changedMs: stats.ctimeMs, ...this.tryOpen(path, sink) });
  }

  private tryOpen(path: string, sink: TouchSink): Pick<Known, 'pointer' | 'problem' | 'unfit'> {
    const { width, height, rotate, device, probe } = this.options;
    const listener = {
      pointer: (event: PointerEvent) => this.deliver(path, event, sink),
      gone: () => {
        this.known.delete(path);
        this.tell(sink);
        // It may be back under the same name before anything tells.
        this.scanAfter(settleInterval, sink);
      },
    };
    try {
      const pointer = OpenPointer.open(path, { width, height }, rotate, listener, probe);
      if (pointer !== undefined) return { pointer };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      if (code === 'EACCES' || code === 'EPERM') {
        return {
          problem: `${path} may not be read by this user: add the user to the group input, or run as root`,
        };
      }
      const vanished = code === 'ENODEV' || code === 'ENXIO' || code === 'ENOENT';
      if (vanished || device === undefined) return {};
    }
    if (device === undefined) return {};
    const problem = `${path} is no touch panel, tablet or mouse: name another with --touch, or leave --touch out`;
    return { problem, unfit: true };
  }

  /** Two devices touched at once would be one wild finger. */
  private deliver(path: string, event: PointerEvent, sink: TouchSink): void {
    if (event.type === 'press') this.touching ??= path;
    if (this.touching !== path) return;
    if (event.type === 'release') this.touching = undefined;
    sink.pointer(event);
  }

  private tell(sink: TouchSink): void {
    const text = this.status();
    if (text === this.lastStatus) return;
    this.lastStatus = text;
    sink.status(text);
  }

  private status(): string {
    const known = [...this.known.values()];
    const names = known.flatMap(({ pointer }) => (pointer === undefined ? [] : [pointer.name]));
    if (names.length > 0) return `Touch by ${names.join(', ')}`;
    const problem = known.find((device) => device.problem !== undefined)?.problem;
    if (problem !== undefined) return `No touch: ${problem}`;
    return `No touch: waiting for ${this.options.device ?? `a panel or mouse in ${this.folder}`}`;
  }
}

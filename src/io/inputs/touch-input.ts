import { once } from 'node:events';
import { UserError } from '../../base/user-error';
import type { Rotation } from '../rotation';
import type { DeviceFolder } from './device-folder';
import { DeviceSet } from './device-set';
import type { PointingDevice } from './input-devices';
import { OpenPointer } from './open-pointer';
import type { PointerEvent } from './pointer-event';
import type { TouchTuning } from './touch-tuning';

/** What TouchInput needs. */
export interface TouchOptions {
  /** The one device to use, such as `/dev/input/event0`; without it, all in the folder that point. */
  readonly device?: string;
  /** Where devices appear; for a named one, the folder that holds it. */
  readonly folder: DeviceFolder;
  /** Size of the picture in pixels, as it is seen. */
  readonly width: number;
  readonly height: number;
  /** How far the picture is turned on the panel, clockwise. */
  readonly rotate: Rotation;
  /** Where touches land, instead of what udev says; it may change meanwhile. Absent: as udev says. */
  readonly tuning?: TouchTuning;
  /** For tests: how a device is asked what it is. */
  readonly probe?: (fd: number) => PointingDevice | undefined;
}

/** Where touches go. Implementations never throw. */
export interface TouchSink {
  pointer(event: PointerEvent): void;
  /** One sentence for people, on every change: what is used, or what is missing. */
  status(text: string): void;
}

/** Errors that say nothing but that the device has gone again. */
const vanished: readonly string[] = ['ENODEV', 'ENXIO', 'ENOENT'];
const forbidden: readonly string[] = ['EACCES', 'EPERM'];

/** Fingers and mice, as they come and go. The first device that is touched has the picture until it is let go. */
export class TouchInput {
  private readonly pointers: DeviceSet<OpenPointer>;
  private sink: TouchSink | undefined;
  private touching: string | undefined;
  private lastStatus = '';

  constructor(private readonly options: TouchOptions) {
    const { width, height, rotate, device, folder } = options;
    const { probe, tuning } = options;
    this.pointers = new DeviceSet({
      paths: () => (device === undefined ? folder.paths() : [device]),
      open: (path, gone) => {
        const listener = { pointer: (event: PointerEvent) => this.deliver(path, event), gone };
        return OpenPointer.open(path, { width, height }, rotate, listener, probe, tuning);
      },
      gone: () => {
        this.tell();
        // It may be back under the same name before anything tells.
        folder.lookSoon();
      },
    });
  }

  /**
   * Hears touches until the signal is aborted; then every device is closed. A device that is missing is waited for.
   * Rejects with a UserError when the device named in the options is something that can't point.
   */
  async run(signal: AbortSignal, sink: TouchSink): Promise<void> {
    if (signal.aborted) return;
    this.sink = sink;
    const leave = this.options.folder.follow(() => {
      this.pointers.look();
      this.tell();
    });
    try {
      const mistake = this.problem();
      if (mistake?.unfit === true) throw new UserError(`${mistake.text}.`);
      await once(signal, 'abort');
    } finally {
      leave();
      this.pointers.close();
    }
  }

  /** Two devices touched at once would be one wild finger. */
  private deliver(path: string, event: PointerEvent): void {
    if (event.type === 'press') this.touching ??= path;
    if (this.touching !== path) return;
    if (event.type === 'release') this.touching = undefined;
    this.sink?.pointer(event);
  }

  private tell(): void {
    const text = this.status();
    if (text === this.lastStatus) return;
    this.lastStatus = text;
    this.sink?.status(text);
  }

  private status(): string {
    const names = this.pointers.devices.map(({ name }) => name);
    if (names.length > 0) return `Touch by ${names.join(', ')}`;
    const problem = this.problem();
    if (problem !== undefined) return `No touch: ${problem.text}`;
    const { device, folder } = this.options;
    return `No touch: waiting for ${device ?? `a panel or mouse in ${folder.path}`}`;
  }

  /** Why something that is there can't be used, when that is worth telling; unfit when it will never do. */
  private problem(): { readonly text: string; readonly unfit: boolean } | undefined {
    for (const { path, refusal } of this.pointers.refusals) {
      if (forbidden.includes(refusal)) {
        const text = `${path} may not be read by this user: add the user to the group input, or run as root`;
        return { text, unfit: false };
      }
      if (this.options.device === undefined || vanished.includes(refusal)) continue;
      const text = `${path} is no touch panel, tablet or mouse: name another with --touch, or leave --touch out`;
      return { text, unfit: true };
    }
    return undefined;
  }
}

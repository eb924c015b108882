import { statSync } from 'node:fs';
import { errorCode } from '../../base/error-code';

/** A device that is read until it is closed. */
export interface OpenDevice {
  /** The driver's name for it. */
  readonly name: string;
  /** Lets go of it. */
  close(): void;
}

/** How devices of one kind are found and opened. */
export interface DeviceKind<D extends OpenDevice> {
  /** Where such devices may be now. */
  readonly paths: () => string[];
  /**
   * Opens one; undefined when it is of another kind. May throw an Error with a `code`.
   * @param gone to be called when it is gone and closed
   */
  readonly open: (path: string, gone: () => void) => D | undefined;
  /** What there is has changed by itself: a device is gone. */
  readonly gone: () => void;
}

/** Why a path is not in use: an error's code (`EACCES`), or `unfit` for a device of another kind. */
export type Refusal = string;

interface Known<D> {
  /** Identifies this device among those that had its path. */
  readonly inode: number;
  /** Changes with the permissions: worth another try. */
  readonly changedMs: number;
  readonly device?: D;
  readonly refusal?: Refusal;
}

/** The open devices of one kind, as they come and go. */
export class DeviceSet<D extends OpenDevice> {
  private readonly known = new Map<string, Known<D>>();

  constructor(private readonly kind: DeviceKind<D>) {}

  /** Those that are open. */
  get devices(): D[] {
    return [...this.known.values()].flatMap(({ device }) => (device === undefined ? [] : [device]));
  }

  /** Those that are there and not open, with why. */
  get refusals(): { readonly path: string; readonly refusal: Refusal }[] {
    return [...this.known].flatMap(([path, { refusal }]) =>
      refusal === undefined ? [] : [{ path, refusal }],
    );
  }

  /** Opens what has come, and closes what has gone. */
  look(): void {
    const paths = this.kind.paths();
    for (const [path, { device }] of this.known) {
      if (paths.includes(path)) continue;
      device?.close();
      this.known.delete(path);
    }
    for (const path of paths) this.lookAt(path);
  }

  /** Closes all devices. */
  close(): void {
    for (const { device } of this.known.values()) device?.close();
    this.known.clear();
  }

  private lookAt(path: string): void {
    const stats = statSync(path, { throwIfNoEntry: false });
    const before = this.known.get(path);
    if (before !== undefined && before.inode === stats?.ino) {
      if (before.device !== undefined || before.changedMs === stats.ctimeMs) return;
    }
    before?.device?.close();
    this.known.delete(path);
    if (stats === undefined) return;
    this.known.set(path, { inode: stats.ino, changedMs: stats.ctimeMs, ...this.tryOpen(path) });
  }

  private tryOpen(path: string): Pick<Known<D>, 'device' | 'refusal'> {
    try {
      const device = this.kind.open(path, () => {
        this.known.delete(path);
        this.kind.gone();
      });
      return device === undefined ? { refusal: 'unfit' } : { device };
    } catch (error) {
      return { refusal: errorCode(error) };
    }
  }
}

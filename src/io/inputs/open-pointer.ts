import type { Rotation, Size } from '../rotation';
import { ContactFilter } from './contact-filter';
import { EvdevReader, openDevice } from './evdev-reader';
import { probePointer, type PointingDevice } from './input-devices';
import { PointerDecoder } from './pointer-decoder';
import type { PointerEvent } from './pointer-event';
import type { TouchTuning } from './touch-tuning';

/** What happens with an open device. */
export interface PointerListener {
  /** It was touched. */
  pointer(event: PointerEvent): void;
  /** It is gone, and closed already. */
  gone(): void;
}

/** A pointing device that is being read. */
export class OpenPointer {
  /**
   * Opens an input device. Returns undefined when it does not point at the picture.
   * Throws an Error with a `code` when it can't be opened (ENOENT, EACCES) or is no input device (ENOTTY).
   * @param probe asks the open device what it is; replaced in tests
   */
  static open(
    path: string,
    picture: Size,
    rotate: Rotation,
    listener: PointerListener,
    probe: (fd: number) => PointingDevice | undefined = probePointer,
    tuning?: TouchTuning,
  ): OpenPointer | undefined {
    const opened = openDevice(path, probe);
    return opened && new OpenPointer(opened.fd, opened.found, picture, rotate, listener, tuning);
  }

  /** The driver's name for it. */
  readonly name: string;
  private readonly decoder: PointerDecoder;
  private readonly filter: ContactFilter;
  private readonly reader: EvdevReader;

  private constructor(
    fd: number,
    found: PointingDevice,
    picture: Size,
    rotate: Rotation,
    private readonly listener: PointerListener,
    tuning?: TouchTuning,
  ) {
    this.name = found.name;
    this.decoder = new PointerDecoder(found.device, picture, rotate, found.readState, tuning);
    this.filter = new ContactFilter((event) => listener.pointer(event));
    // A mouse has a button, and not a finger that it may have made up.
    const filtered = found.device.kind !== 'mouse';
    this.reader = new EvdevReader(fd, {
      record: (record) => {
        for (const event of this.decoder.decode(record)) {
          // What stands in for a loss has no time, and is no contact of one frame.
          if (filtered) this.filter.take(event, record.time ?? Infinity);
          else listener.pointer(event);
        }
      },
      gone: () => {
        this.lift();
        listener.gone();
      },
    });
  }

  /** Stops reading. A finger that is down is lifted first. */
  close(): void {
    if (this.reader.close()) this.lift();
  }

  private lift(): void {
    if (this.filter.drop()) {
      this.decoder.lift();
      return;
    }
    for (const event of this.decoder.lift()) this.listener.pointer(event);
  }
}

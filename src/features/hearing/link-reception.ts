import type { FrameCounters } from '../../io/sources/frame-intake';
import type { MakesOpener } from './demo-links';
import { createDeviceSource, describedDevice, type LinkedDevice } from './device-sources';
import { LoggedReception, type ReceptionParts } from './reception';

/** A device that is read over a link of its own. */
export class LinkReception extends LoggedReception {
  private readings = 0;
  private unused = 0;
  private readonly causes = new Map<string, number>();

  constructor(
    private readonly device: LinkedDevice,
    parts: ReceptionParts,
    /** Another way to it than over its own kind of link. */
    private readonly opener?: MakesOpener,
  ) {
    super(describedDevice(device.name, device.type), device.type.type, parts);
  }

  get counters(): FrameCounters {
    return {
      frames: this.readings,
      ignored: 0,
      malformed: this.unused,
      causes: Object.fromEntries(this.causes),
      sender: undefined,
    };
  }

  protected async receive(signal: AbortSignal): Promise<void> {
    const source = await createDeviceSource(this.device, undefined, await this.opener?.(this.device));
    await source.run(signal, {
      reading: (reading) => {
        this.readings++;
        this.parts.listener.reading(reading);
      },
      rejected: (cause, detail) => {
        this.unused++;
        this.causes.set(cause, (this.causes.get(cause) ?? 0) + 1);
        this.rejected(cause, detail);
      },
      status: (status) => this.report(status),
    });
  }
}

import type { DeviceSource } from '../../io/links/device-source';
import type { FrameCounters } from '../../io/sources/frame-intake';
import type { LoadResult } from '../../model/load-switch';
import type { OwnBroker } from '../../settings/own-broker';
import type { MakesOpener } from './demo-links';
import { createDeviceSource, describedDevice, type LinkedDevice } from './device-sources';
import { LoggedReception, type ReceptionParts } from './reception';

/** A device that is read over a link of its own. */
export class LinkReception extends LoggedReception {
  private source: DeviceSource | undefined;
  private readings = 0;
  private unused = 0;
  private readonly causes = new Map<string, number>();

  constructor(
    private readonly device: LinkedDevice,
    parts: ReceptionParts,
    private readonly broker: OwnBroker,
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

  /** True for a device whose load output can be switched. */
  get hasLoadSwitch(): boolean {
    return this.device.type.switchLoad !== undefined;
  }

  /** Switches its load output. Never rejects. @returns `not-connected` when nothing was sent */
  async switchLoad(on: boolean): Promise<LoadResult> {
    this.parts.log.info(`${this.name}: switching the load ${on ? 'on' : 'off'}`);
    const result = (await this.source?.switchLoad(on)) ?? 'not-connected';
    this.parts.log.info(`${this.name}: switching the load ${on ? 'on' : 'off'}: ${result}`);
    return result;
  }

  protected async receive(signal: AbortSignal): Promise<void> {
    const { device, broker } = this;
    this.source = await createDeviceSource(device, broker, undefined, await this.opener?.(device));
    await this.source.run(signal, {
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

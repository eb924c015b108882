import type { Clock } from '../../base/clock';
import type { Log } from '../../logging/log';
import type { Device } from '../../model/device';
import type { InformationLine } from '../../screens/config/service';
import { formatAge } from '../../screens/format';

/** Polls that say the same before a device is noted. */
const sameRounds = 10;

interface Watched {
  readonly device: Device;
  /** `changes` when it was looked at last. */
  changes: number;
  /** Monotonic ms since when it has not changed. */
  since: number;
  /** Changes of all others at that time. */
  others: number;
  noted: boolean;
}

/**
 * Notes devices that say the same at each of ten polls while others of their site change. That may be right, as for a solar
 * charger at night, so that it is no alarm: the information page says it, and the log for whoever looks for a fault.
 */
export class FrozenWatch {
  private readonly watched: readonly Watched[];

  constructor(
    private readonly parts: {
      /** All of the site, without their bank. */
      readonly devices: readonly Device[];
      readonly clock: Pick<Clock, 'monotonic'>;
      readonly log: Pick<Log, 'debug'>;
    },
  ) {
    const since = parts.clock.monotonic();
    this.watched = parts.devices.map((device) => ({
      device,
      changes: device.changes,
      since,
      others: this.changesBeside(device),
      noted: false,
    }));
  }

  /** One for each device that is noted now. */
  lines(): readonly InformationLine[] {
    return this.watched
      .filter(({ noted }) => noted)
      .map((watched) => ({ label: watched.device.name, text: this.text(watched) }));
  }

  /** To be called about once a second. */
  everySecond(): void {
    const { clock, log } = this.parts;
    const now = clock.monotonic();
    for (const watched of this.watched) {
      const { device } = watched;
      if (device.changes !== watched.changes) {
        watched.changes = device.changes;
        watched.since = now;
        watched.others = this.changesBeside(device);
      }
      const frozen =
        device.unchangedRounds >= sameRounds &&
        device.freshness(now) !== 'lost' &&
        this.changesBeside(device) !== watched.others;
      if (frozen && !watched.noted) log.debug(`${device.name}: ${this.text(watched)}`);
      watched.noted = frozen;
    }
  }

  private text({ since }: Watched): string {
    return `same values for ${formatAge(this.parts.clock.monotonic() - since)} while other devices change`;
  }

  private changesBeside(device: Device): number {
    return this.parts.devices.reduce((sum, other) => (other === device ? sum : sum + other.changes), 0);
  }
}

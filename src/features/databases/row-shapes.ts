import type { Device } from '../../model/device';
import type { Site } from '../../model/site';
import { batteryPackText } from '../../protocol/battery-pack-table';
import type { DatabaseShape } from '../../protocol/database-address';
import { rowText } from '../../protocol/database-rows';
import { databaseSample } from './database-sample';
import { MeanMinMaxRows } from './mean-min-max-rows';
import { TelegrafRows } from './telegraf-rows';

/** A row on its way to the databases of a shape. */
export interface TakenRow {
  /** Name of the device. */
  readonly device: string;
  /** As it is kept until the database has it. */
  readonly text: string;
  /** Monotonic ms. */
  readonly at: number;
}

/** Makes the rows of one shape. */
export interface RowShape {
  /** Its rows have no time: they go at once, or not at all. */
  readonly isLive?: boolean;
  /** What is new; to be called about once a second. @param now monotonic ms @param due a row of each interval is due */
  take(now: number, due: boolean): readonly TakenRow[];
}

/** What is simulated or replayed must never be taken for the battery's own past. */
const notReal = ' (not real)';

/** What rows are made of. */
export interface RowParts {
  readonly site: Site;
  /** What is shown is simulated or replayed. */
  readonly isMadeUp: boolean;
  /** Addresses of devices that are read by Bluetooth, by name. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** The way to make rows of a shape. */
export function rowShape(shape: DatabaseShape, { site, isMadeUp, addresses }: RowParts): RowShape {
  switch (shape) {
    case 'packdial':
      return new QuantityRows(site, isMadeUp ? notReal : '');
    case 'mean_min_max':
      return new MeanMinMaxRows(site, addresses, isMadeUp ? notReal : '');
    case 'telegraf':
      return new TelegrafRows(site, isMadeUp ? notReal : '');
    case 'battery_pack':
      // A row has no name that could tell it from a real one.
      return isMadeUp ? { take: () => [] } : new RecordRows(site);
  }
}

/** Every quantity of every device, when a row is due. */
class QuantityRows implements RowShape {
  constructor(
    private readonly site: Site,
    private readonly suffix: string,
  ) {}

  take(at: number, due: boolean): readonly TakenRow[] {
    if (!due) return [];
    return Array.from(this.site.devices()).flatMap((device): readonly TakenRow[] => {
      const sample = databaseSample(device, device.name + this.suffix, at);
      return sample === undefined ? [] : [{ device: sample.device, text: rowText(sample), at }];
    });
  }
}

/** The rows that devices tell themselves, when they do. */
class RecordRows implements RowShape {
  private readonly taken = new WeakMap<Device, unknown>();

  constructor(private readonly site: Site) {}

  take(): readonly TakenRow[] {
    return Array.from(this.site.devices()).flatMap((device): readonly TakenRow[] => {
      const { latestRecord: latest } = device;
      if (latest === undefined || latest === this.taken.get(device)) return [];
      this.taken.set(device, latest);
      return [{ device: device.name, text: batteryPackText(latest.record.values), at: latest.at }];
    });
  }
}

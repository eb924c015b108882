import { join } from 'node:path';
import { isPlausible, type Clock } from '../../base/clock';
import { diskTrouble } from '../../io/recorders/disk-trouble';
import { textStore, type TextStore } from '../../io/text-store';
import { within } from '../../io/within';
import type { Log } from '../../logging/log';
import { Battery } from '../../model/battery';
import { sameCoded } from '../../model/coded';
import type { Device } from '../../model/device';
import { DeviceEnergy } from '../../model/energy/device-energy';
import type { EnergyDay } from '../../model/energy/energy-days';
import { localDay } from '../../model/energy/local-day';
import { unknown, type Quantity } from '../../model/freshness';
import type { DiskTrouble } from '../../model/recorder-reports';
import type { Site } from '../../model/site';
import { TimeLeft } from '../../model/time-left';
import { decodeEnergy, encodeEnergy, type KeptEnergy } from '../../protocol/energy-file';
import { energyJson, type EnergyJson } from '../../protocol/energy-json';
import type { InformationLine } from '../../screens/config/service';
import { dataDir } from '../../settings/data-dir';
import { madeUp } from '../../settings/made-up';
import type { Settings } from '../../settings/settings';
import { diskText } from '../../words/en';

/** ms between two writes: what a power cut can take of a sum, and what the sums may cost the card. */
const writeInterval = 300_000;
/** ms that the end of the program waits for the disk. */
const patience = 2000;

/**
 * Adds up what goes in and out of every device of a site, by local day, and how long its batteries last. The days are kept
 * over restarts in a small file. Without a store the sums are those since the start.
 */
export class EnergyKeeper {
  private readonly sums = new Map<Device, DeviceEnergy>();
  private readonly times: readonly TimeLeft[];
  private state: 'new' | 'reading' | 'ready' = 'new';
  private written = '';
  private writing: Promise<void> | undefined;
  private wroteAt = -Infinity;
  private failed: DiskTrouble | undefined;
  /** What the file has of devices that are not there now: they may come back. */
  private absent: readonly KeptEnergy[] = [];

  constructor(
    private readonly parts: {
      readonly site: Site;
      readonly clock: Clock;
      readonly log: Pick<Log, 'warn'>;
      readonly store?: TextStore | undefined;
    },
  ) {
    for (const device of parts.site.devices()) {
      this.sums.set(device, new DeviceEnergy(device));
      this.offer(device);
    }
    const batteries = [...this.sums.keys()].filter((device) => device instanceof Battery);
    this.times = batteries.map((battery) => {
      const left = new TimeLeft(battery);
      battery.compute('timeToEmpty', (now) => left.empty(now));
      battery.compute('timeToFull', (now) => left.full(now));
      return left;
    });
  }

  /** To be called about once a second. */
  everySecond(): void {
    const { clock } = this.parts;
    const now = clock.monotonic();
    for (const left of this.times) left.look(now);
    for (const sums of this.sums.values()) sums.look(now);
    if (!isPlausible(clock.wall())) return;
    if (this.state === 'new') {
      this.state = 'reading';
      void this.restore();
    }
    if (this.state !== 'ready') return;
    this.settle();
    if (now - this.wroteAt >= writeInterval) this.write();
  }

  /** Today's sums, for the information page. */
  lines(): readonly InformationLine[] {
    const now = this.parts.clock.monotonic();
    const texts = [...this.sums.keys()].flatMap((device) => {
      const [into, out] = ['energyInToday', 'energyOutToday'].map((name) => device.quantity(name, now).value);
      if (into === undefined || out === undefined) return [];
      return [`${device.name} ${kilowattHours(into)} kWh in, ${kilowattHours(out)} kWh out`];
    });
    return texts.length === 0 ? [] : [{ label: 'Energy today', text: texts.join('; ') }];
  }

  /** Every device's sums, the bank's first where there is one. */
  json(): readonly EnergyJson[] {
    const now = this.parts.clock.monotonic();
    return Array.from(this.sums, ([device, { days }]) => energyJson(device, days.list, now));
  }

  /** Writes what is new, as far as the disk takes it within two seconds. */
  async close(): Promise<void> {
    const rest = async (): Promise<void> => {
      await this.writing;
      if (this.state !== 'ready') return;
      this.settle();
      this.write();
      await this.writing;
    };
    await within(patience, rest());
  }

  private offer(device: Device): void {
    const amount = (what: 'energy' | 'charge', way: 'in' | 'out') => (): Quantity => {
      const day = this.today(device)?.[what];
      return day === undefined || day.covered === 0 ? unknown : fresh(day[way]);
    };
    device.compute('energyInToday', amount('energy', 'in'));
    device.compute('energyOutToday', amount('energy', 'out'));
    device.compute('chargeInToday', amount('charge', 'in'));
    device.compute('chargeOutToday', amount('charge', 'out'));
    device.compute('countedToday', () => {
      const day = this.today(device);
      const covered = day === undefined ? 0 : day.energy.covered || day.charge.covered;
      return covered === 0 ? unknown : fresh(covered / 3_600_000);
    });
  }

  private today(device: Device): EnergyDay | undefined {
    const wall = this.parts.clock.wall();
    if (!isPlausible(wall)) return undefined;
    return this.sums.get(device)?.days.day(localDay(wall.getTime()).date);
  }

  private settle(): void {
    const { clock } = this.parts;
    const [now, wall] = [clock.monotonic(), clock.wall()];
    if (isPlausible(wall)) for (const sums of this.sums.values()) sums.settle(now, wall.getTime());
  }

  private async restore(): Promise<void> {
    const { store, log } = this.parts;
    try {
      const text = (await store?.read()) ?? '';
      const kept = store === undefined ? [] : decodeEnergy(text);
      if (kept === undefined)
        log.warn(
          `The energies were damaged: they are kept as ${await store?.setAside()}, and new ones begun`,
        );
      else {
        this.written = text;
        this.putBack(kept);
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') log.warn(`The energies can't be read: ${diskText(diskTrouble(error))}`);
    }
    this.wroteAt = this.parts.clock.monotonic();
    this.state = 'ready';
  }

  private putBack(kept: readonly KeptEnergy[]): void {
    const { clock } = this.parts;
    const [now, wall] = [clock.monotonic(), clock.wall().getTime()];
    const byName = new Map(Array.from(this.sums, ([{ name }, sums]) => [name, sums]));
    for (const { device, latest, days } of kept) {
      const sums = byName.get(device);
      if (sums === undefined) continue;
      sums.days.restore(days);
      // Of a value that is still to come nobody knows how long ago it was: the clock was set back.
      const past = Object.entries(latest).filter(([, { at }]) => at <= wall);
      sums.resume(
        Object.fromEntries(past.map(([name, { at, value }]) => [name, { at: now - (wall - at), value }])),
      );
    }
    this.absent = kept.filter(({ device }) => !byName.has(device));
  }

  private write(): void {
    const { store, clock, log } = this.parts;
    if (store === undefined || this.writing !== undefined) return;
    const content = encodeEnergy([...this.kept(), ...this.absent]);
    this.wroteAt = clock.monotonic();
    if (content === this.written || (this.written === '' && this.isEmpty)) return;
    this.writing = store
      .write(content)
      .then(
        () => {
          this.written = content;
          this.failed = undefined;
        },
        (error: unknown) => {
          const trouble = diskTrouble(error);
          if (!sameCoded(trouble, this.failed))
            log.warn(`The energies can't be written: ${diskText(trouble)}`);
          this.failed = trouble;
        },
      )
      .then(() => {
        this.writing = undefined;
      });
  }

  private get isEmpty(): boolean {
    return [...this.sums.values()].every(
      ({ days, latest }) => days.list.length + Object.keys(latest).length === 0,
    );
  }

  private kept(): KeptEnergy[] {
    const { clock } = this.parts;
    const origin = clock.wall().getTime() - clock.monotonic();
    return Array.from(this.sums, ([{ name }, { days, latest }]) => ({
      device: name,
      latest: Object.fromEntries(
        Object.entries(latest).map(([quantity, { at, value }]) => [quantity, { at: origin + at, value }]),
      ),
      days: days.list,
    }));
  }
}

const fresh = (value: number): Quantity => ({ value, age: 0, freshness: 'fresh' });

const kilowattHours = (wattHours: number): string => (wattHours / 1000).toFixed(wattHours < 99_995 ? 2 : 1);

/**
 * Starts to add up the energies of a site, and to keep them in the data folder; those of a simulation or of a replay in a file
 * of their own. Without a folder that can be written they are not kept: the log and the history tell of that.
 */
export function keepEnergies(settings: Settings, site: Site, log: Log, clock: Clock): EnergyKeeper {
  const way = madeUp(settings);
  let store: TextStore | undefined;
  try {
    store = textStore(join(dataDir(settings), way === undefined ? 'energy.json' : `energy-${way}.json`));
  } catch {
    // Kept nowhere.
  }
  return new EnergyKeeper({ site, clock, log, store });
}

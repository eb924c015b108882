import { isPlausible, type Clock } from '../../base/clock';
import { KeptText, type KeptTextReader } from '../../io/kept-text';
import { textStore, type TextStore } from '../../io/text-store';
import type { Log } from '../../logging/log';
import { Battery } from '../../model/battery';
import type { Device } from '../../model/device';
import { DeviceEnergy } from '../../model/energy/device-energy';
import type { EnergyDay } from '../../model/energy/energy-days';
import { localDay } from '../../model/energy/local-day';
import { unknown, type Quantity } from '../../model/freshness';
import type { Site } from '../../model/site';
import { offerTimeLeft, type TimeLeft } from '../../model/time-left';
import { decodeEnergy, encodeEnergy, type KeptEnergy } from '../../protocol/energy-file';
import { energyJson, type EnergyJson } from '../../protocol/energy-json';
import type { InformationLine } from '../../screens/config/service';
import { formatEnergy } from '../../screens/format';
import { keptPath } from '../../settings/kept-path';
import type { Settings } from '../../settings/settings';
import { keptText } from '../../words/en';

/** ms between two writes: what a power cut can take of a sum, and what the sums may cost the card. */
const writeInterval = 300_000;

/**
 * Adds up what goes in and out of every device of a site, by local day, and how long its batteries last. The days are kept
 * over restarts in a small file. Without a store the sums are those since the start.
 */
export class EnergyKeeper {
  private readonly sums = new Map<Device, DeviceEnergy>();
  private readonly times: readonly TimeLeft[];
  private readonly text: KeptText;
  private readonly reader: KeptTextReader;
  private wroteAt = -Infinity;
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
    const { store, log, clock } = parts;
    this.text = new KeptText(store, (report) => log.warn(keptText('energies', report)));
    this.reader = {
      take: (text) => this.restore(text),
      done: () => (this.wroteAt = clock.monotonic()),
    };
    for (const device of parts.site.devices()) {
      const sums = new DeviceEnergy(device);
      this.sums.set(device, sums);
      device.addUp(sums.days);
      this.offer(device);
    }
    const batteries = [...this.sums.keys()].filter((device) => device instanceof Battery);
    this.times = batteries.map((battery) => offerTimeLeft(battery));
  }

  /** To be called about once a second. */
  everySecond(): void {
    const { clock } = this.parts;
    const now = clock.monotonic();
    for (const left of this.times) left.look(now);
    for (const sums of this.sums.values()) sums.look(now);
    if (!isPlausible(clock.wall()) || !this.text.isReady(this.reader)) return;
    this.settle();
    if (now - this.wroteAt >= writeInterval) this.write();
  }

  /** Today's sums, for the information page. */
  lines(): readonly InformationLine[] {
    const now = this.parts.clock.monotonic();
    const texts = [...this.sums.keys()].flatMap((device) => {
      const [into, out] = ['energyInToday', 'energyOutToday'].map((name) => device.quantity(name, now).value);
      if (into === undefined || out === undefined) return [];
      return [`${device.name} ${formatEnergy(into / 1000)} kWh in, ${formatEnergy(out / 1000)} kWh out`];
    });
    return texts.length === 0 ? [] : [{ label: 'Energy today', text: texts.join('; ') }];
  }

  /** Every device's sums, the bank's first where there is one. */
  json(): readonly EnergyJson[] {
    const now = this.parts.clock.monotonic();
    return Array.from(this.sums, ([device, { days }]) => energyJson(device, days.list, now));
  }

  /** Writes what is new, as far as the disk takes it within two seconds. */
  close(): Promise<void> {
    return this.text.close(() => {
      this.settle();
      this.write();
    });
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

  private restore(text: string): boolean {
    const kept = decodeEnergy(text);
    if (kept !== undefined) this.putBack(kept);
    return kept !== undefined;
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
    if (this.text.isWriting) return;
    this.wroteAt = this.parts.clock.monotonic();
    if (!this.text.isNew || !this.isEmpty) this.text.write(encodeEnergy([...this.kept(), ...this.absent]));
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

/**
 * Starts to add up the energies of a site, and to keep them in the data folder; those of a simulation or of a replay in a file
 * of their own. Without a folder that can be written they are not kept: the log and the history tell of that.
 *
 * @param elsewhere where they are kept instead: a demonstration has a past of its own
 */
export function keepEnergies(
  settings: Settings,
  site: Site,
  log: Log,
  clock: Clock,
  elsewhere?: TextStore,
): EnergyKeeper {
  let store = elsewhere;
  try {
    store ??= textStore(keptPath(settings, 'energy'));
  } catch {
    // Kept nowhere.
  }
  return new EnergyKeeper({ site, clock, log, store });
}

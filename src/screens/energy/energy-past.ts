import { localParts } from '../../base/local-time';
import { isPlausible } from '../../base/clock';
import type { Device } from '../../model/device';
import type { Amount } from '../../model/energy/energy-days';
import { energyPeriods, type EnergyPeriod, type PeriodLength } from '../../model/energy/energy-periods';
import { daysOfPower } from '../../model/energy/past-days';
import { longestTier } from '../../model/history/tiers';
import type { Kind } from '../../model/reading';

/** ms of one question, and how many there are: ten years at once would hold the display up. */
const piece = 366 * 86_400_000;
const pieces = 10;
/** ms after which sums are made anew: what is added to today is small. */
const keptFor = 30_000;

/** The power that tells what goes in and out. */
const powers: Readonly<Record<Kind, string>> = {
  battery: 'power',
  'solar-charger': 'chargePower',
  meter: 'power',
};

/** What went in and out of a device: packdial's own sums of the latest two months, and before them what the history has. */
export class EnergyPast {
  private readonly old = new Map<string, Amount>();
  private asking: Promise<void> | undefined;
  private stopped = false;
  private made: { readonly key: string; readonly periods: readonly EnergyPeriod[] } | undefined;

  constructor(private readonly device: Device) {}

  /** @param now monotonic ms @returns none on a machine that cannot know the day */
  periods(length: PeriodLength, wall: Date, now: number): readonly EnergyPeriod[] {
    if (!isPlausible(wall)) return [];
    void this.ask(wall);
    const key = `${length} ${this.old.size} ${Math.floor(now / keptFor)} ${localParts(wall).day}`;
    if (this.made?.key !== key) this.made = { key, periods: energyPeriods(this.days(), wall, length) };
    return this.made.periods;
  }

  private days(): Map<string, Amount> {
    const days = new Map(this.old);
    for (const { date, energy } of this.device.days) if (energy.covered > 0) days.set(date, energy);
    return days;
  }

  /** Nobody looks at it any more: no further questions. */
  stop(): void {
    this.stopped = true;
  }

  /** The same once all of the history is known. */
  async wholePeriods(length: PeriodLength, wall: Date): Promise<readonly EnergyPeriod[]> {
    if (!isPlausible(wall)) return [];
    await this.ask(wall);
    return energyPeriods(this.days(), wall, length);
  }

  private ask(wall: Date): Promise<void> {
    return (this.asking ??= this.askAll(wall.getTime()));
  }

  /** The latest year first. */
  private async askAll(now: number): Promise<void> {
    const { device } = this;
    const { window } = longestTier;
    // No entry is in two answers.
    const end = Math.ceil(now / window) * window;
    for (let back = 0; back < pieces && !this.stopped; back++) {
      const to = end - back * piece;
      const days = daysOfPower(await device.past(powers[device.kind], to - piece, to));
      // The day in which two questions meet is in both.
      for (const [date, amount] of days) this.old.set(date, together(amount, this.old.get(date)));
    }
  }
}

function together(amount: Amount, other: Amount = { in: 0, out: 0, covered: 0 }): Amount {
  return {
    in: amount.in + other.in,
    out: amount.out + other.out,
    covered: amount.covered + other.covered,
  };
}

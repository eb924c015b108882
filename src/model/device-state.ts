import { Arrivals, freshnessOf, type Freshness } from './freshness';
import type { Kind, Reading } from './reading';

interface Group {
  readonly reading: Reading;
  readonly arrivals: Arrivals;
  /** What is told once only does not age. */
  readonly constant: boolean;
}

type List = 'temperatures' | 'cellTemperatures' | 'balancing';

/**
 * The latest of what a device told, group by group, each with its age. What was not told, or not for too long, is unknown.
 * Times are monotonic milliseconds and are passed in.
 */
export class DeviceState {
  private readonly groups = new Map<string, Group>();
  private readonly told = new Map<string, string>();
  private volts: (number | undefined)[] = [];
  private cellGroup = '';

  constructor(readonly kind: Kind) {}

  /** Takes in what one message said. */
  apply(reading: Reading): void {
    const { group, period, at, texts = {}, cells } = reading;
    const arrivals = this.groups.get(group)?.arrivals ?? new Arrivals(period);
    arrivals.note(at);
    this.groups.set(group, { reading, arrivals, constant: period === Infinity });
    for (const [name, text] of Object.entries(texts)) this.told.set(name, text);
    if (cells === undefined) return;
    this.cellGroup = group;
    this.volts.length = cells.total;
    for (const [i, value] of cells.volts.entries())
      if (cells.first + i < cells.total) this.volts[cells.first + i] = value;
  }

  /** A value in units of the house: as it was told, else what follows from others. Undefined when it is unknown. */
  value(name: string, now: number): number | undefined {
    return this.toldValue(name, now) ?? (this.kind === 'battery' ? this.derived(name, now) : undefined);
  }

  /** Names of all values that the latest reading of a group told, be they lost since or not. */
  get toldValues(): string[] {
    return [...this.groups.values()].flatMap(({ reading }) => Object.keys(reading.values));
  }

  /** V by cell; undefined when none was told, or not for too long. */
  cells(now: number): readonly (number | undefined)[] | undefined {
    const group = this.groups.get(this.cellGroup);
    return group === undefined || this.isLost(group, now) ? undefined : Array.from(this.volts);
  }

  /** The latest list of a group that tells one; undefined when none did, or not for too long. */
  list(name: List, now: number): readonly (number | undefined)[] | undefined {
    for (const group of this.groups.values()) {
      const list = group.reading[name];
      if (list !== undefined && !this.isLost(group, now)) return list;
    }
    return undefined;
  }

  /** What was told in words, such as the firmware. It does not age. */
  get texts(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.told);
  }

  /** ms since each group was told. */
  ages(now: number): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.groups].map(([name, { arrivals }]) => [name, arrivals.age(now)]));
  }

  /** Of the group that was told last, of those that are told again and again. */
  freshness(now: number): Freshness {
    const all = [...this.groups.values()];
    const repeated = all.filter(({ constant }) => !constant);
    const freshest = { fresh: 0, late: 1, lost: 2 } as const;
    return (repeated.length > 0 ? repeated : all)
      .map((group) => this.freshnessOf(group, now))
      .reduce<Freshness>((best, one) => (freshest[one] < freshest[best] ? one : best), 'lost');
  }

  private toldValue(name: string, now: number): number | undefined {
    let latest: { readonly value: number; readonly at: number } | undefined;
    for (const group of this.groups.values()) {
      const value = group.reading.values[name];
      if (value === undefined || !Number.isFinite(value) || this.isLost(group, now)) continue;
      if (latest === undefined || group.reading.at >= latest.at) latest = { value, at: group.reading.at };
    }
    return latest?.value;
  }

  private derived(name: string, now: number): number | undefined {
    switch (name) {
      case 'power': {
        const volts = this.toldValue('voltage', now);
        const amps = this.toldValue('current', now);
        return volts === undefined || amps === undefined ? undefined : volts * amps;
      }
      case 'cellLow':
        return least(this.cells(now));
      case 'cellHigh':
        return most(this.cells(now));
      case 'cellAverage':
        return mean(this.cells(now));
      case 'temperatureMax':
        return most(this.list('temperatures', now));
      case 'temperatureMin':
        return least(this.list('temperatures', now));
      default:
        return undefined;
    }
  }

  private isLost(group: Group, now: number): boolean {
    return this.freshnessOf(group, now) === 'lost';
  }

  private freshnessOf({ arrivals, constant }: Group, now: number): Freshness {
    return constant ? 'fresh' : freshnessOf(arrivals.age(now), arrivals.period);
  }
}

type Numbers = readonly (number | undefined)[] | undefined;

function known(list: Numbers): number[] {
  return (list ?? []).filter((value) => value !== undefined);
}

function least(list: Numbers): number | undefined {
  const values = known(list);
  return values.length === 0 ? undefined : Math.min(...values);
}

function most(list: Numbers): number | undefined {
  const values = known(list);
  return values.length === 0 ? undefined : Math.max(...values);
}

function mean(list: Numbers): number | undefined {
  const values = known(list);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

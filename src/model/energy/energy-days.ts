import { localDay } from './local-day';
import { areasOf, cut, type Segment } from './segment';
import { shortGap } from './value-line';

/** What is added up: power to Wh, current to Ah. */
export type Measure = 'energy' | 'charge';

/** What went in and out in a stretch of time. */
export interface Amount {
  /** Wh or Ah, not negative. */
  readonly in: number;
  /** Wh or Ah, not negative. */
  readonly out: number;
  /** ms of which it is known. */
  readonly covered: number;
}

/** One local day of a device. */
export interface EnergyDay {
  /** Such as `2026-11-28`. */
  readonly date: string;
  readonly energy: Amount;
  readonly charge: Amount;
}

/** Something that flowed. */
export interface Flow {
  readonly of: Measure;
  /** Above zero is in. Times are ms since 1970. */
  readonly segment: Segment;
  /** It comes from a counter: how it was spread over its time is not known. */
  readonly counted: boolean;
  /** Its time is covered; false for the second of two flows that are told together. */
  readonly covers: boolean;
}

/** Days that are kept, about two months. */
const mostDays = 62;
const nothing: Amount = { in: 0, out: 0, covered: 0 };

/** What went in and out of a device, by local day. */
export class EnergyDays {
  private readonly days = new Map<string, EnergyDay>();

  /** Days with anything known, the earliest first. */
  get list(): readonly EnergyDay[] {
    return [...this.days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  }

  /** What is known of a day; `undefined` when nothing is. */
  day(date: string): EnergyDay | undefined {
    return this.days.get(date);
  }

  /** Adds what an earlier run has kept to what this one knows. */
  restore(days: readonly EnergyDay[]): void {
    for (const { date, energy, charge } of days) {
      const day = this.days.get(date);
      this.days.set(date, {
        date,
        energy: sum(energy, day?.energy ?? nothing),
        charge: sum(charge, day?.charge ?? nothing),
      });
    }
    this.forget(NaN);
  }

  /**
   * Adds a flow, cut at local midnights. What a counter has counted over more than a minute with a midnight in it is left out:
   * nobody knows which day it belongs to.
   */
  add({ of, segment, counted, covers }: Flow): void {
    let rest = segment;
    let day = localDay(rest.from);
    if (counted && rest.to > day.to && rest.to - rest.from > shortGap) return;
    while (rest.to > day.to) {
      const [part, after] = cut(rest, day.to);
      this.put(day.date, of, part, covers);
      rest = after;
      day = localDay(rest.from);
    }
    this.put(day.date, of, rest, covers);
  }

  private put(date: string, of: Measure, part: Segment, covers: boolean): void {
    const known = this.days.get(date);
    const day = known ?? { date, energy: nothing, charge: nothing };
    const amount = { ...areasOf(part), covered: covers ? part.to - part.from : 0 };
    this.days.set(date, { ...day, [of]: sum(day[of], amount) });
    if (known === undefined) this.forget(part.to);
  }

  /** Forgets the day that is furthest from `at`, ms since 1970: a clock that was years ahead must not cost the days that count. */
  private forget(at: number): void {
    while (this.days.size > mostDays) {
      const dates = this.list.map(({ date }) => date);
      const [first = '', last = ''] = [dates[0], dates.at(-1)];
      const ahead = Date.parse(last) - at;
      this.days.delete(ahead > at - Date.parse(first) ? last : first);
    }
  }
}

function sum(a: Amount, b: Amount): Amount {
  return { in: a.in + b.in, out: a.out + b.out, covered: a.covered + b.covered };
}

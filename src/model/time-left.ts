import type { Battery } from './battery';
import { ValueLine, type TimedValue } from './energy/value-line';
import { unknown, type Quantity } from './freshness';

/** ms of the mean current, and the least that makes a mean. */
const meanOver = 180_000;
const meanFrom = 30_000;
/** Of the charge that flows into a lithium cell, so much comes out again. */
const chargeEfficiency = 0.99;
/** A, or this part of the full capacity: below the larger one the battery idles. */
const leastCurrent = 0.1;
const leastPart = 1 / 500;
/** s beyond which the time is no use to anybody. */
const longest = 99 * 3600;
/** What was unknown for its current or its length must be so much better to be known. */
const clearly = 1.1;
/** %: up to here what was taken out tells the capacity well enough, as its share is no rounding error. */
const mostToJudgeBy = 90;
/** s, and part of the whole, by which a time must differ from the one that was told last to be told. */
const step = { seconds: 30, part: 0.01 };

/** Ah */
interface Charge {
  /** Left; `undefined` while only what is missing is known. */
  readonly remaining: number | undefined;
  readonly missing: number;
}

/**
 * How long a battery lasts, or takes to be full, at the mean current of the last three minutes. A change of direction or a
 * gap begins a new mean. Of a bank, current and charge are the bank's own. Times are monotonic ms, results s.
 */
export class TimeLeft {
  private readonly line = new ValueLine();
  private samples: TimedValue[] = [];
  private direction = 0;
  private emptyTold: number | undefined;
  private fullTold: number | undefined;

  constructor(private readonly battery: Battery) {}

  /** s until nothing is left; unknown while it is not discharged, for too small a current, and for more than 99 h. */
  empty(now: number): Quantity {
    return this.told(this.emptyTold, now);
  }

  /** s until it is full; unknown while it is not charged, for too small a current, and for more than 99 h. */
  full(now: number): Quantity {
    return this.told(this.fullTold, now);
  }

  /** Takes in the battery's values: to be called about once a second. */
  look(now: number): void {
    const { battery, line } = this;
    const current = battery.current(now);
    const before = line.latest;
    const segment = line.look(now, current);
    if (line.latest !== before && line.latest !== undefined) this.add(line.latest, segment !== undefined);
    const mean = current.freshness === 'fresh' ? this.mean() : undefined;
    const charge = chargeOf(battery, now);
    this.emptyTold = next(this.emptyTold, charge?.remaining, mean === undefined ? 0 : -mean, charge);
    this.fullTold = next(this.fullTold, charge?.missing, (mean ?? 0) * chargeEfficiency, charge);
  }

  private told(seconds: number | undefined, now: number): Quantity {
    const { age, freshness } = this.battery.current(now);
    return seconds === undefined || freshness !== 'fresh' ? unknown : { value: seconds, age, freshness };
  }

  private add(sample: TimedValue, joined: boolean): void {
    const direction = Math.sign(sample.value);
    const turned = direction !== 0 && this.direction !== 0 && direction !== this.direction;
    if (direction !== 0) this.direction = direction;
    this.samples = joined && !turned ? [...this.samples, sample] : [sample];
    const from = sample.at - meanOver;
    // The value at the beginning of the time may be older than the time.
    while ((this.samples[1]?.at ?? Infinity) <= from) this.samples.shift();
  }

  /** A over the last minutes, by time; `undefined` for less than half a minute. */
  private mean(): number | undefined {
    const { samples } = this;
    const span = (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
    if (span < meanFrom) return undefined;
    let sum = 0;
    samples.forEach(({ at, value }, i) => {
      const { at: atBefore, value: valueBefore } = samples[i - 1] ?? { at, value };
      sum += ((value + valueBefore) / 2) * (at - atBefore);
    });
    return sum / span;
  }
}

/** Lets a battery tell its times as long as the result is called about once a second. */
export function offerTimeLeft(battery: Battery): TimeLeft {
  const left = new TimeLeft(battery);
  battery.compute('timeToEmpty', (now) => left.empty(now));
  battery.compute('timeToFull', (now) => left.full(now));
  return left;
}

/**
 * The time that is told next.
 *
 * @param told the one before @param amount Ah that must flow @param current A that flows that way, below zero when it does not
 */
function next(
  told: number | undefined,
  amount: number | undefined,
  current: number,
  charge: Charge | undefined,
): number | undefined {
  const full = charge?.remaining === undefined ? 0 : charge.remaining + charge.missing;
  const margin = told === undefined ? clearly : 1;
  if (amount === undefined || amount <= 0) return undefined;
  if (current < Math.max(leastCurrent, full * leastPart) * margin) return undefined;
  const seconds = (amount / current) * 3600;
  if (seconds * margin > longest) return undefined;
  const same = told !== undefined && Math.abs(seconds - told) < Math.max(step.seconds, told * step.part);
  return same ? told : seconds;
}

/** From what the battery tells: both amounts, else its state of charge with a capacity, else with what was taken out. */
function chargeOf(battery: Battery, now: number): Charge | undefined {
  const fresh = (name: Parameters<Battery['quantity']>[0]): number | undefined => {
    const { value, freshness } = battery.quantity(name, now);
    // What is told once has no age, and is as good as fresh.
    return freshness === 'fresh' ? value : undefined;
  };
  const capacity = fresh('fullCapacity') ?? fresh('nominalCapacity');
  const remaining = fresh('remainingCapacity');
  const soc = fresh('stateOfCharge');
  if (capacity !== undefined && capacity > 0) {
    const left = remaining ?? (soc === undefined ? undefined : (capacity * soc) / 100);
    return left === undefined ? undefined : { remaining: left, missing: capacity - left };
  }
  const taken = -(fresh('ampHours') ?? 0);
  if (taken <= 0) return undefined;
  const judged = soc !== undefined && soc <= mostToJudgeBy;
  return { remaining: judged ? (taken * soc) / (100 - soc) : undefined, missing: taken };
}

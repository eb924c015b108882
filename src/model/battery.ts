import { CellVoltages } from './cell-voltages';
import { Arrivals, unknown, worst, type Quantity } from './freshness';
import type { BatteryMeasurement, BatteryMessage } from './measurement';

/** The single numbers of a battery, by the name they have in a measurement. */
export type BatteryValue = Exclude<keyof BatteryMeasurement, 'message' | 'module'>;

/** ms between two messages as long as the controller has not shown its own habit. Limits and set points change rarely. */
const nominalPeriods: Readonly<Record<BatteryMessage, number>> = {
  '0x150': 1000,
  '0x151': 1000,
  '0x650': 1000,
  '0x651': 1000,
  '0x652': 5000,
  '0x683': 5000,
  '0x68F': 1000,
};

/** The finer current is preferred to the coarse one only while it is younger than this. */
const fineCurrentLimit = 5000;

/** What flows: less than half an ampere either way is idle. */
export type Flow = 'charging' | 'discharging' | 'idle';

/**
 * One battery: the latest of every value it told, each with its age. Nothing is ever made up: what was not heard, or not
 * for too long, is unknown. Times are monotonic milliseconds and are passed in.
 */
export class Battery {
  /** Voltages of the single cells. */
  readonly cells = new CellVoltages();
  /** Counts every change of a value, so that a listener can tell whether anything is new. */
  changes = 0;
  private readonly values = new Map<BatteryValue, { value: number; message: BatteryMessage }>();
  private readonly heard = new Map<BatteryMessage, Arrivals>();

  /** @param name of the device within its site */
  constructor(readonly name: string) {}

  /** Takes in what one message said, heard at `now`. Values that are not finite numbers are left out. */
  apply(measurement: BatteryMeasurement, now: number): void {
    const { message, module, ...numbers } = measurement;
    let arrivals = this.heard.get(message);
    if (arrivals === undefined) {
      arrivals = new Arrivals(nominalPeriods[message]);
      this.heard.set(message, arrivals);
    }
    if (module === undefined) arrivals.note(now);
    else {
      // One message a module makes up a round: the habit to learn is the round's.
      arrivals.latest = now;
      if (this.cells.apply(module, now)) this.changes++;
    }
    if (module === undefined) this.forgetUntold(message, numbers);
    let key: BatteryValue;
    for (key in numbers) {
      const value = numbers[key];
      if (value === undefined || !Number.isFinite(value)) continue;
      const known = this.values.get(key);
      if (known?.value !== value) this.changes++;
      if (known === undefined) this.values.set(key, { value, message });
      else {
        known.value = value;
        known.message = message;
      }
    }
  }

  /** What an earlier message of the kind told and this one does not is not known any more: it would never age. */
  private forgetUntold(message: BatteryMessage, numbers: Partial<Record<BatteryValue, number>>): void {
    for (const [key, known] of this.values) {
      if (known.message !== message || numbers[key] !== undefined) continue;
      this.values.delete(key);
      this.changes++;
    }
  }

  /** A value as it was told. */
  quantity(name: BatteryValue, now: number): Quantity {
    const known = this.values.get(name);
    const arrivals = known && this.heard.get(known.message);
    if (known === undefined || arrivals === undefined) return unknown;
    const freshness = arrivals.freshness(now);
    return { value: freshness === 'lost' ? undefined : known.value, age: arrivals.age(now), freshness };
  }

  /** A, + charging, - discharging: the fine value while it is young, else the coarse one. */
  current(now: number): Quantity {
    const fine = this.quantity('fineCurrent', now);
    return fine.value !== undefined && fine.age < fineCurrentLimit ? fine : this.quantity('packCurrent', now);
  }

  /** True while the current comes in hundredths of an ampere. */
  currentIsFine(now: number): boolean {
    const fine = this.quantity('fineCurrent', now);
    return fine.value !== undefined && fine.age < fineCurrentLimit;
  }

  /** V: as told, else from fine power and current where that is possible. */
  voltage(now: number): Quantity {
    const told = this.quantity('packVoltage', now);
    if (told.value !== undefined) return told;
    return combine(this.quantity('finePower', now), this.quantity('fineCurrent', now), (power, current) => {
      const volts = current === 0 ? undefined : power / current;
      // Signs that contradict each other say nothing about the voltage.
      return volts !== undefined && volts >= 0 ? volts : undefined;
    });
  }

  /** W, + into the battery: as told, else voltage times current. */
  power(now: number): Quantity {
    const told = this.quantity('finePower', now);
    if (told.value !== undefined && told.age < fineCurrentLimit) return told;
    return combine(this.voltage(now), this.current(now), (volts, amps) => volts * amps);
  }

  /** V: the mean of all cells as told, else of the cells that are known. */
  cellAverage(now: number): Quantity {
    const told = this.quantity('cellAverage', now);
    return told.value === undefined ? this.cells.average(now) : told;
  }

  /** V: the lowest cell as told, else of the cells that are known. */
  cellLow(now: number): Quantity {
    const told = this.quantity('cellLow', now);
    return told.value === undefined ? this.cells.lowest(now) : told;
  }

  /** V: the highest cell as told, else of the cells that are known. */
  cellHigh(now: number): Quantity {
    const told = this.quantity('cellHigh', now);
    return told.value === undefined ? this.cells.highest(now) : told;
  }

  /** Whether it is being charged; `undefined` while the current is not known. */
  flow(now: number): Flow | undefined {
    const { value } = this.current(now);
    if (value === undefined) return undefined;
    if (value >= 0.5) return 'charging';
    return value <= -0.5 ? 'discharging' : 'idle';
  }

  /** ms since anything at all was heard; Infinity when nothing ever was. */
  age(now: number): number {
    let youngest = Infinity;
    for (const arrivals of this.heard.values()) youngest = Math.min(youngest, arrivals.age(now));
    return youngest;
  }

  /** ms since a message was heard; Infinity when it never was. */
  messageAge(message: BatteryMessage, now: number): number {
    return this.heard.get(message)?.age(now) ?? Infinity;
  }
}

function combine(a: Quantity, b: Quantity, compute: (a: number, b: number) => number | undefined): Quantity {
  if (a.value === undefined || b.value === undefined) return unknown;
  const value = compute(a.value, b.value);
  if (value === undefined) return unknown;
  // Adding 0 turns a negative zero, which would be shown with a sign, into a plain one.
  return { value: value + 0, age: Math.max(a.age, b.age), freshness: worst(a.freshness, b.freshness) };
}

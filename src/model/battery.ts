import { CellVoltages, type Cells } from './cell-voltages';
import { Device } from './device';
import { unknown, worst, type Quantity } from './freshness';
import type { BatteryQuantity } from './quantities';
import type { Reading } from './reading';

/** What flows: less than half an ampere either way is idle. */
export type Flow = 'charging' | 'discharging' | 'idle';

/** A battery: what it told, and what follows from that. Times are monotonic milliseconds. */
export class Battery extends Device {
  private readonly ownCells = new CellVoltages();

  /** @param name of the device within its site */
  constructor(name: string) {
    super(name, 'battery');
  }

  override apply(reading: Reading): void {
    super.apply(reading);
    if (reading.cells === undefined) return;
    if (this.ownCells.apply(reading.cells, reading.at, reading.period)) this.ownChanges++;
  }

  /** Voltages of the single cells. */
  get cells(): Cells {
    return this.ownCells;
  }

  override quantity(name: BatteryQuantity, now: number): Quantity {
    const told = super.quantity(name, now);
    if (told.value !== undefined) return told;
    if (name === 'temperatureMax') return this.probe(now, Math.max);
    return name === 'temperatureMin' ? this.probe(now, Math.min) : told;
  }

  /** A, + charging, - discharging. */
  current(now: number): Quantity {
    return this.quantity('current', now);
  }

  /** True while the current comes in fractions of an ampere. */
  currentIsFine(now: number): boolean {
    return this.current(now).value !== undefined && this.resolution('current', now) < 1;
  }

  /** V: as told, else from power and current where one message told both. */
  voltage(now: number): Quantity {
    const told = this.quantity('voltage', now);
    if (told.value !== undefined) return told;
    const [power, current] = this.together('power', 'current', now) ?? [unknown, unknown];
    return combine(power, current, (watts, amps) => {
      const volts = amps === 0 ? undefined : watts / amps;
      // Signs that contradict each other say nothing about the voltage.
      return volts !== undefined && volts >= 0 ? volts : undefined;
    });
  }

  /** W, + into the battery: as told, else voltage times current. */
  power(now: number): Quantity {
    const told = this.quantity('power', now);
    if (told.value !== undefined) return told;
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

  /** V between the lowest and the highest cell. */
  cellSpread(now: number): Quantity {
    return combine(this.cellLow(now), this.cellHigh(now), (low, high) => high - low);
  }

  /** Whether it is being charged; `undefined` while the current is not known. */
  flow(now: number): Flow | undefined {
    const { value } = this.current(now);
    if (value === undefined) return undefined;
    if (value >= 0.5) return 'charging';
    return value <= -0.5 ? 'discharging' : 'idle';
  }
}

function combine(a: Quantity, b: Quantity, compute: (a: number, b: number) => number | undefined): Quantity {
  if (a.value === undefined || b.value === undefined) return unknown;
  const value = compute(a.value, b.value);
  if (value === undefined) return unknown;
  // Adding 0 turns a negative zero, which would be shown with a sign, into a plain one.
  return { value: value + 0, age: Math.max(a.age, b.age), freshness: worst(a.freshness, b.freshness) };
}

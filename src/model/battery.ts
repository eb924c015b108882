import { CellVoltages, type Cells } from './cell-voltages';
import { Device } from './device';
import { unknown, worst, type Quantity } from './freshness';
import { OppositeCurrents } from './opposite-currents';
import type { BatteryQuantity } from './quantities';
import type { Reading } from './reading';

/** What flows: less than half an ampere either way is idle. */
export type Flow = 'charging' | 'discharging' | 'idle';

/** A battery: what it told, and what follows from that. Times are monotonic milliseconds. */
export class Battery extends Device {
  /** Quantities that follow from others where they are not told. */
  private static readonly derived: Readonly<
    Partial<Record<BatteryQuantity, (battery: Battery, now: number) => Quantity>>
  > = {
    voltage: (battery, now) => battery.voltage(now),
    power: (battery, now) => battery.power(now),
    ampHours: (battery, now) => battery.ampHours(now),
    cellAverage: (battery, now) => battery.cellAverage(now),
    cellLow: (battery, now) => battery.cellLow(now),
    cellHigh: (battery, now) => battery.cellHigh(now),
    temperatureMax: (battery, now) =>
      battery.toldOr('temperatureMax', now, () => battery.probe(now, Math.max)),
    temperatureMin: (battery, now) =>
      battery.toldOr('temperatureMin', now, () => battery.probe(now, Math.min)),
  };
  private readonly ownCells = new CellVoltages();
  private readonly currents = new OppositeCurrents();

  /** @param name of the device within its site */
  constructor(name: string) {
    super(name, 'battery');
  }

  override apply(reading: Reading): void {
    super.apply(reading);
    const { current } = reading.values;
    if (
      current !== undefined &&
      Number.isFinite(current) &&
      this.currents.note(reading.group, current, reading.at)
    )
      this.ownChanges++;
    if (reading.cells === undefined) return;
    if (this.ownCells.apply(reading.cells, reading.at, reading.period)) this.ownChanges++;
  }

  /** Voltages of the single cells. */
  get cells(): Cells {
    return this.ownCells;
  }

  /** A value as it was told, else what follows from others. */
  override quantity(name: BatteryQuantity, now: number): Quantity {
    return Battery.derived[name]?.(this, now) ?? super.quantity(name, now);
  }

  /** A, + charging, - discharging. */
  current(now: number): Quantity {
    return this.quantity('current', now);
  }

  /** True while the current comes in fractions of an ampere. */
  currentIsFine(now: number): boolean {
    return this.current(now).value !== undefined && this.resolution('current', now) < 1;
  }

  /**
   * A by the group that tells it, where two of them have told opposite currents for ten seconds: one is read by the wrong
   * sign. `undefined` else.
   */
  oppositeCurrents(now: number): ReadonlyMap<string, number> | undefined {
    return this.currents.between(now);
  }

  /**
   * Ah since full, nearly always negative. A message tells them with its own current: where that is opposite to the one
   * that is shown, their sign follows the one that is shown.
   */
  ampHours(now: number): Quantity {
    const told = super.quantity('ampHours', now);
    if (told.value === undefined || this.oppositeCurrents(now) === undefined) return told;
    const [, beside] = this.together('ampHours', 'current', now) ?? [];
    const shown = this.current(now).value;
    if (beside?.value === undefined || shown === undefined || beside.value * shown >= 0) return told;
    return { ...told, value: 0 - told.value };
  }

  /** V: as told, else from power and current where one message told both. */
  voltage(now: number): Quantity {
    return this.toldOr('voltage', now, () => {
      const [power, current] = this.together('power', 'current', now) ?? [unknown, unknown];
      return combine(power, current, (watts, amps) => {
        const volts = amps === 0 ? undefined : watts / amps;
        // Signs that contradict each other say nothing about the voltage.
        return volts !== undefined && volts >= 0 ? volts : undefined;
      });
    });
  }

  /** W, + into the battery: as told, else voltage times current. */
  power(now: number): Quantity {
    return this.toldOr('power', now, () =>
      combine(this.voltage(now), this.current(now), (volts, amps) => volts * amps),
    );
  }

  /** V: the mean of all cells as told, else of the cells that are known. */
  cellAverage(now: number): Quantity {
    return this.toldOr('cellAverage', now, () => this.cells.average(now));
  }

  /** V: the lowest cell as told, else of the cells that are known. */
  cellLow(now: number): Quantity {
    return this.toldOr('cellLow', now, () => this.cells.lowest(now));
  }

  /** V: the highest cell as told, else of the cells that are known. */
  cellHigh(now: number): Quantity {
    return this.toldOr('cellHigh', now, () => this.cells.highest(now));
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

  private toldOr(name: BatteryQuantity, now: number, derive: () => Quantity): Quantity {
    const told = super.quantity(name, now);
    return told.value === undefined ? derive() : told;
  }
}

function combine(a: Quantity, b: Quantity, compute: (a: number, b: number) => number | undefined): Quantity {
  if (a.value === undefined || b.value === undefined) return unknown;
  const value = compute(a.value, b.value);
  if (value === undefined) return unknown;
  // Adding 0 turns a negative zero, which would be shown with a sign, into a plain one.
  return { value: value + 0, age: Math.max(a.age, b.age), freshness: worst(a.freshness, b.freshness) };
}

import { cellQuantity, probeQuantity } from '../../model/history/quantities';
import type { DeviceSample } from '../../model/history/device-sample';

/** What is known of a battery at a moment. */
export interface BatteryMoment {
  readonly cells: readonly number[];
  /** A, + into it. */
  readonly current: number;
  /** V. */
  readonly voltage: number;
  /** %. */
  readonly stateOfCharge: number;
  /** °C by probe; a bank has none of its own. */
  readonly probes?: readonly number[];
  /** °C of the warmest and of the coldest place. */
  readonly temperatures: { readonly max: number; readonly min: number };
  /** Others by name. */
  readonly more?: Readonly<Record<string, number>>;
}

/** Makes the samples of one battery; all have the same names. */
export class BatterySamples {
  private names: readonly string[] = [];

  constructor(private readonly device: string) {}

  /** A battery's sample, as the history keeps it. */
  of({
    cells,
    current,
    voltage,
    stateOfCharge,
    probes = [],
    temperatures,
    more = {},
  }: BatteryMoment): DeviceSample {
    const mean = cells.reduce((sum, volts) => sum + volts, 0) / cells.length;
    const values: Readonly<Record<string, number>> = {
      voltage,
      current,
      power: voltage * current,
      stateOfCharge,
      temperatureMax: temperatures.max,
      temperatureMin: temperatures.min,
      cellAverage: mean,
      cellLow: Math.min(...cells),
      cellHigh: Math.max(...cells),
      ...more,
    };
    if (this.names.length === 0)
      this.names = [
        ...Object.keys(values),
        ...probes.map((_, i) => probeQuantity(i)),
        ...cells.map((_, i) => cellQuantity(i)),
      ];
    return {
      device: this.device,
      kind: 'battery',
      names: this.names,
      values: Float64Array.from([...Object.values(values), ...probes, ...cells]),
    };
  }
}

import type { Battery } from './battery';
import type { Quantity } from './freshness';

/** The numbers of a line of the log, in the units of `Battery`; `undefined` is what is not fresh. */
export interface FreshValues {
  readonly stateOfCharge: number | undefined;
  readonly voltage: number | undefined;
  readonly current: number | undefined;
  readonly power: number | undefined;
  readonly ampHours: number | undefined;
  readonly temperature: number | undefined;
}

/**
 * What is fresh of a battery, for who keeps records: what is late or lost is left out, for it was not so in this second.
 * `undefined` when nothing is fresh, and there is nothing to record.
 */
export function freshValues(battery: Battery, now: number): FreshValues | undefined {
  // A preferred current may be late for seconds before it gives way to another that was told all the time.
  const coarse = fresh(battery.youngest('current', now));
  const voltage = fresh(battery.voltage(now));
  const coarsePower = coarse === undefined || voltage === undefined ? undefined : coarse * voltage + 0;
  const values: FreshValues = {
    stateOfCharge: fresh(battery.quantity('stateOfCharge', now)),
    voltage,
    current: fresh(battery.current(now)) ?? coarse,
    power: fresh(battery.power(now)) ?? coarsePower,
    ampHours: fresh(battery.quantity('ampHours', now)),
    temperature: fresh(battery.quantity('temperatureMax', now)),
  };
  return Object.values(values).some((value) => value !== undefined) ? values : undefined;
}

function fresh({ value, freshness }: Quantity): number | undefined {
  return freshness === 'fresh' ? value : undefined;
}

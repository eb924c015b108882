import type { Device } from './device';
import { unknown, worst, type Quantity } from './freshness';

/** What flows at one end of a site. */
export interface SiteFlow {
  /** W: of the sun what it gives, of the loads what they take. */
  readonly power: Quantity;
  /** Wh since midnight; `undefined` while it is unknown. */
  readonly today: number | undefined;
}

/** What the sun gives and what the loads take; absent where no device measures it. */
export interface SiteFlows {
  readonly solar?: SiteFlow;
  readonly loads?: SiteFlow;
}

/** What one device tells of a flow. */
interface Teller {
  readonly power: Quantity;
  readonly today: number | undefined;
}

type Read = (device: Device, now: number) => Teller;

/**
 * Reads the flows of a site at one moment. The chargers tell the sun; where there are none, the meters whose role it is. Meters of
 * loads tell the loads; where there are none, those of inverters, else the load outputs of the chargers. More than one of
 * these is not added up: a meter in the charger's cable measures the same once more. A sum is unknown while one part of it is.
 *
 * @param now monotonic ms
 */
export function siteFlows(devices: Iterable<Device>, now: number): SiteFlows {
  const all = [...devices];
  const chargers = all.filter(({ kind }) => kind === 'solar-charger');
  const meters = (role: string): Device[] => all.filter((device) => device.role === role);
  const outputs = chargers.filter((charger) => charger.quantity('loadPower', now).value !== undefined);
  const solar = first(now, [chargers, ofSun], [meters('solar'), bothWays]);
  const loads = first(now, [meters('load'), bothWays], [meters('inverter'), taken], [outputs, ofOutput]);
  return { ...(solar !== undefined && { solar }), ...(loads !== undefined && { loads }) };
}

function first(
  now: number,
  ...choices: readonly (readonly [readonly Device[], Read])[]
): SiteFlow | undefined {
  for (const [devices, read] of choices) {
    if (devices.length === 0) continue;
    const tellers = devices.map((device) => read(device, now));
    return {
      power: sumOf(tellers.map(({ power }) => power)),
      today: total(tellers.map(({ today }) => today)),
    };
  }
  return undefined;
}

function ofSun(charger: Device, now: number): Teller {
  const pv = charger.quantity('pvPower', now);
  const today = known(charger, now, 'chargedToday', 'energyInToday');
  return { power: pv.value === undefined ? charger.quantity('chargePower', now) : pv, today };
}

function ofOutput(charger: Device, now: number): Teller {
  return { power: charger.quantity('loadPower', now), today: known(charger, now, 'dischargedToday') };
}

/** Panels only give and consumers only take: whichever way round the meter is wired. */
function bothWays(meter: Device, now: number): Teller {
  const power = meter.quantity('power', now);
  const [into, out] = [known(meter, now, 'energyInToday'), known(meter, now, 'energyOutToday')];
  return {
    power: power.value === undefined ? power : { ...power, value: Math.abs(power.value) },
    today: into === undefined || out === undefined ? undefined : into + out,
  };
}

/** An inverter may be a charger too, which gives: then it takes less than nothing. */
function taken(inverter: Device, now: number): Teller {
  const power = inverter.quantity('power', now);
  return {
    power: power.value === undefined ? power : { ...power, value: 0 - power.value },
    today: known(inverter, now, 'energyOutToday'),
  };
}

function known(device: Device, now: number, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const { value } = device.quantity(name, now);
    if (value !== undefined) return value;
  }
  return undefined;
}

function sumOf(parts: readonly Quantity[]): Quantity {
  let value: number | undefined = 0;
  for (const part of parts)
    value = value === undefined || part.value === undefined ? undefined : value + part.value;
  if (value === undefined) return unknown;
  const age = Math.max(...parts.map((part) => part.age));
  return { value, age, freshness: worst(...parts.map(({ freshness }) => freshness)) };
}

function total(parts: readonly (number | undefined)[]): number | undefined {
  return parts.reduce<number | undefined>(
    (sum, part) => (sum === undefined || part === undefined ? undefined : sum + part),
    0,
  );
}

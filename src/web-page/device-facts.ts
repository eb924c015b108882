import { batteryQuantities, quantities } from '../model/quantities';
import { inUnits, temperatureUnit, type Units } from '../model/temperature';
import type { DeviceJson } from '../protocol/device-json';
import type { ComputedValues } from '../protocol/energy-json';
import {
  fixed,
  formatAge,
  formatEnergy,
  formatPercent,
  formatTimeLeft,
  missing,
  signed,
} from '../screens/format';

/** A device as an owner reads it on a phone. */
export interface DeviceFacts {
  readonly name: string;
  /** What it is, in words. */
  readonly kind: string;
  readonly tone: 'live' | 'late' | 'silent';
  /** How it is received, in words. */
  readonly state: string;
  /** What matters most, with its unit. */
  readonly main: readonly [text: string, unit: string];
  /** The rest: a name and a value with its unit, only what the device has. */
  readonly rest: readonly (readonly [label: string, text: string])[];
  /** What is wrong, in the words of the device's flags. */
  readonly wrong: string;
}

const kinds = { battery: 'Battery', 'solar-charger': 'Solar charger', meter: 'Meter' } as const;

/** What comes first and what follows, by kind. */
const plans = {
  battery: {
    main: 'stateOfCharge',
    rest: ['power', 'current', 'voltage', 'temperatureMax', 'remainingCapacity', 'cycles'],
  },
  'solar-charger': {
    main: 'chargePower',
    rest: ['pvPower', 'pvVoltage', 'chargeCurrent', 'batteryVoltage', 'loadPower'],
  },
  meter: { main: 'power', rest: ['current', 'voltage', 'temperature'] },
} as const;

/** Those that flow one way or the other. */
const bothWays: readonly string[] = ['power', 'current'];

/** @param computed what packdial computes of the same device; `undefined` while nothing is known */
export function deviceFacts(
  device: DeviceJson,
  computed: ComputedValues['values'] | undefined,
  units: Units,
): DeviceFacts {
  const { kind, type, freshness, values } = device;
  const plan = plans[kind];
  const lost = freshness === 'lost';
  const youngest = Math.min(...Object.values(device.age).map((age) => age ?? Infinity));
  const ago = Number.isFinite(youngest) ? `${formatAge(youngest * 1000)} ago` : undefined;
  const states = {
    fresh: 'live',
    late: ago === undefined ? 'late' : `late: heard ${ago}`,
    lost: ago === undefined ? 'not heard yet' : `lost: heard ${ago}`,
  };
  const known = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'number' && !lost ? textOf(kind, name, value, units) : undefined;
  };
  const rest = plan.rest.flatMap((name) => {
    const text = known(name);
    return text === undefined ? [] : [[labelOf(kind, name), text] as const];
  });
  const { mode } = device.texts;
  return {
    name: device.device,
    kind: type === 'bank' ? 'Bank' : kinds[kind],
    tone: freshness === 'fresh' ? 'live' : freshness === 'late' ? 'late' : 'silent',
    state: states[freshness],
    main: mainOf(kind, plan.main, lost ? null : (values[plan.main] ?? null)),
    rest: [...rest, ...(mode !== undefined && !lost ? [['Mode', mode] as const] : []), ...today(computed)],
    wrong: lost
      ? ''
      : [...(device.flags ?? []), ...(device.warnings ?? [])]
          .map((flag) => flag.replaceAll('-', ' '))
          .join(', '),
  };
}

function labelOf(kind: DeviceJson['kind'], name: string): string {
  return quantities[kind][name]?.label ?? name;
}

function mainOf(kind: DeviceJson['kind'], name: string, value: number | null): readonly [string, string] {
  const unit = quantities[kind][name]?.unit ?? '';
  if (name === 'stateOfCharge') return [formatPercent(value ?? undefined), unit];
  if (value === null) return [missing, unit];
  return [bothWays.includes(name) ? signed(value, 0) : fixed(value, 0), unit];
}

function textOf(kind: DeviceJson['kind'], name: string, value: number, units: Units): string {
  const form = quantities[kind][name];
  const { unit = '', shown = 0 } = form ?? {};
  if (unit === batteryQuantities.temperatureMax.unit)
    return `${fixed(inUnits(value, units), 0)} ${temperatureUnit(units)}`;
  const digits = unit === 'W' ? 0 : shown;
  const number = bothWays.includes(name) ? signed(value, digits) : fixed(value, digits);
  return unit === '' ? number : `${number} ${unit}`;
}

/** What went in and out since midnight, and how long the battery lasts. */
function today(computed: ComputedValues['values'] | undefined): (readonly [string, string])[] {
  const { energyInToday, energyOutToday, timeToEmpty, timeToFull } = computed ?? {};
  const facts: (readonly [string, string])[] = [];
  if (typeof timeToEmpty === 'number') facts.push(['Time to empty', formatTimeLeft(timeToEmpty)]);
  if (typeof timeToFull === 'number') facts.push(['Time to full', formatTimeLeft(timeToFull)]);
  if (typeof energyInToday === 'number')
    facts.push(['In today', `${formatEnergy(energyInToday / 1000)} kWh`]);
  if (typeof energyOutToday === 'number')
    facts.push(['Out today', `${formatEnergy(energyOutToday / 1000)} kWh`]);
  return facts;
}

import { Bank } from '../model/bank';
import { Battery } from '../model/battery';
import type { Device } from '../model/device';
import type { Freshness } from '../model/freshness';
import type { Flags, QuantityForm } from '../model/quantity-form';
import { alwaysIn, cellForm, probeForm, quantities } from '../model/quantities';
import type { Kind } from '../model/reading';
import { bankJson, type BankJson } from './bank-json';
import { rounded } from './rounded';

/** What is said of a device beside its values. */
export interface DescribedDevice {
  /** Its name within the site. */
  readonly name: string;
  readonly kind: Kind;
  readonly type: string;
  /** Quantities that are null while they are unknown; by default those that every device of the kind has. */
  readonly tells?: readonly string[];
}

type Known = number | null;

/** A device as one JSON object: numbers in units of the house, null for what is unknown. */
export interface DeviceJson {
  readonly schema: 1;
  readonly timestamp: string;
  readonly device: string;
  readonly kind: Kind;
  readonly type: string;
  readonly freshness: Freshness;
  readonly values: Readonly<Record<string, Known>>;
  /** V */
  readonly cells?: readonly Known[] | null;
  /** °C by probe. */
  readonly temperatures?: readonly Known[] | null;
  /** °C by cell, only where they are told. */
  readonly cellTemperatures?: readonly Known[];
  /** Numbers of cells, from 1. */
  readonly balancing?: readonly Known[] | null;
  /** Names of the flags that stand. */
  readonly flags?: readonly string[] | null;
  /** Names of the warnings that stand, only where any does. */
  readonly warnings?: readonly string[];
  readonly switches?: Readonly<Record<string, boolean | null>>;
  readonly texts: Readonly<Record<string, string>>;
  /** Seconds since each group of values was told; of a bank, since each member was received. Null: never. */
  readonly age: Readonly<Record<string, number | null>>;
  /** Of a bank only. */
  readonly bank?: BankJson;
}

/** What a bank is called by, whose values are those of batteries. */
export function describedBank(name: string): DescribedDevice {
  return { name, kind: 'battery', type: 'bank', tells: alwaysIn('bank', 'battery') };
}

/** What is said of a device of a site, a bank among them; `undefined` for one that is not described. */
export function describedAs(
  device: Device,
  described: readonly DescribedDevice[],
): DescribedDevice | undefined {
  if (device instanceof Bank) return describedBank(device.name);
  return described.find(({ name }) => name === device.name);
}

/** What is known of a device at `now` (monotonic ms), which is `wall` by the clock. */
export function deviceJson(
  { name, kind, type, tells = alwaysIn('json', kind) }: DescribedDevice,
  device: Device,
  now: number,
  wall: Date,
): DeviceJson {
  const forms: Readonly<Record<string, QuantityForm>> = quantities[kind];
  const names = new Set([...tells, ...device.latestQuantities.filter((told) => Object.hasOwn(forms, told))]);
  const values = [...names]
    .filter((quantity) => isNumber(forms[quantity]))
    .map(
      (quantity) =>
        [quantity, rounded(device.quantity(quantity, now).value, forms[quantity]?.decimals ?? 0)] as const,
    );
  const cellTemperatures = device.list('cellTemperatures', now);
  const warnings = flagsOf(forms, device, now, ({ warnings: are }) => are === true) ?? [];
  const ages = Object.entries(device.ages(now)).map(
    ([group, ms]) => [group, Number.isFinite(ms) ? Math.round(ms / 100) / 10 : null] as const,
  );
  return {
    schema: 1,
    timestamp: wall.toISOString(),
    device: name,
    kind,
    type,
    freshness: device.freshness(now),
    values: Object.fromEntries(values),
    ...(kind === 'battery' && {
      cells: list(cellsOf(device, now), cellForm.decimals),
      temperatures: list(device.list('temperatures', now), probeForm.decimals),
      ...(cellTemperatures !== undefined && {
        cellTemperatures: list(cellTemperatures, probeForm.decimals) ?? [],
      }),
      balancing: list(device.list('balancing', now), 0),
    }),
    ...(kind !== 'meter' && {
      flags: flagsOf(forms, device, now, ({ warnings: are }) => are !== true),
      ...(warnings.length > 0 && { warnings }),
      switches: Object.fromEntries(
        Object.entries(forms).flatMap(([quantity, { switch: key }]) =>
          key === undefined ? [] : [[key, onOrOff(device.quantity(quantity, now).value)]],
        ),
      ),
    }),
    texts: Object.fromEntries(device.texts),
    age: Object.fromEntries(ages),
    ...(device instanceof Bank && { bank: bankJson(device, now) }),
  };
}

/** What is to be compared of two states of a device: everything but the time. */
export function comparedJson(json: DeviceJson): string {
  return JSON.stringify({ ...json, timestamp: null, freshness: null, age: null });
}

/** The names of the bits that stand in the words that are wanted; null while none of them is known. */
function flagsOf(
  forms: Readonly<Record<string, QuantityForm>>,
  device: Device,
  now: number,
  wanted: (word: Flags) => boolean,
): readonly string[] | null {
  let standing: string[] | null = null;
  for (const [name, { kept }] of Object.entries(forms)) {
    if (typeof kept === 'string' || kept.byCell === true || !wanted(kept)) continue;
    const word = device.quantity(name, now).value;
    if (word === undefined) continue;
    standing ??= [];
    for (const [bit, flag] of kept.flags.entries()) if ((word >>> bit) & 1) standing.push(flag);
  }
  return standing;
}

/** V by cell; `undefined` when none was told, or not for too long. */
function cellsOf(device: Device, now: number): readonly (number | undefined)[] | undefined {
  if (!(device instanceof Battery) || device.cells.freshness(now) === 'lost') return undefined;
  return device.cells.voltages(now);
}

/** Switches and cells are told as such, and not as numbers besides; of flags only a charger's word is. */
function isNumber(form: QuantityForm | undefined): boolean {
  return (
    form !== undefined &&
    form.switch === undefined &&
    (typeof form.kept === 'string' || form.always.includes('json'))
  );
}

function list(values: readonly (number | undefined)[] | undefined, decimals: number): Known[] | null {
  return values === undefined ? null : Array.from(values, (value) => rounded(value, decimals));
}

function onOrOff(value: number | undefined): boolean | null {
  return value === undefined ? null : value !== 0;
}

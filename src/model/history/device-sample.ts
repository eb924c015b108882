import { Battery } from '../battery';
import type { Device } from '../device';
import type { Kind } from '../reading';
import { quantities } from '../quantities';
import { cellQuantities, cellQuantity, probeQuantity, usualQuantities } from './quantities';

/** What was known of one device at one moment. */
export interface DeviceSample {
  /** Name of the device. */
  readonly device: string;
  readonly kind: Kind;
  /** Names of the quantities; the same array as long as they are the same. */
  readonly names: readonly string[];
  /** One for each name, in its unit; NaN where nothing fresh was known. */
  readonly values: Float64Array;
}

const usual: ReadonlySet<string> = new Set(usualQuantities);
const knownNames = new WeakMap<Device, readonly string[]>();

/**
 * Every value of a device that is fresh now: its quantities, its temperatures by probe and, of a battery, its cells. What is
 * late or lost is nowhere in the history: a gap, not a line. `undefined` when nothing is fresh.
 *
 * @param name to keep it under @param now monotonic ms
 */
export function sampleDevice(device: Device, name: string, now: number): DeviceSample | undefined {
  const singles = singlesOf(device);
  const probes = device.temperatures(now);
  const cells = device instanceof Battery ? device.cells.freshVoltages(now).voltages : [];
  const values = new Float64Array(singles.length + probes.length + cells.length).fill(NaN);
  const keep = (index: number, value: number | undefined): void => {
    if (value !== undefined && Number.isFinite(value)) values[index] = value;
  };
  for (let i = 0; i < singles.length; i++) {
    const { value, freshness } = device.quantity(singles[i] ?? '', now);
    if (freshness === 'fresh') keep(i, value);
  }
  for (let i = 0; i < probes.length; i++) keep(singles.length + i, probes[i]);
  for (let i = 0; i < cells.length; i++) keep(singles.length + probes.length + i, cells[i]);
  if (values.every((value) => Number.isNaN(value))) return undefined;
  return {
    device: name,
    kind: device.kind,
    names: names(device, singles, probes.length, cells.length),
    values,
  };
}

/** The quantities of a device's samples: for a battery always the usual ones, and whatever it told besides. */
function singlesOf(device: Device): readonly string[] {
  const told = device.toldQuantities;
  if (device.kind !== 'battery') return told;
  const more = told.filter((quantity) => !usual.has(quantity));
  return more.length === 0 ? usualQuantities : [...usualQuantities, ...more];
}

/**
 * The names that a device's past can be asked for: of a battery those of its samples and all cells, of others all that the
 * table has for their kind.
 */
export function pastQuantities(device: Device): readonly string[] {
  const singles = device.kind === 'battery' ? singlesOf(device) : toldByKind(device.kind);
  const probes = device.temperatures(0).map((_, i) => probeQuantity(i));
  return [...singles, ...probes, ...(device.kind === 'battery' ? cellQuantities : [])];
}

function toldByKind(kind: Kind): readonly string[] {
  return Object.entries(quantities[kind]).flatMap(([name, { computed }]) =>
    computed === true ? [] : [name],
  );
}

/** The same array again as long as the names are the same: recorders tell by that whether to write them anew. */
function names(device: Device, singles: readonly string[], probes: number, cells: number): readonly string[] {
  const before = knownNames.get(device);
  const same =
    before?.length === singles.length + probes + cells &&
    singles.every((name, i) => before[i] === name) &&
    (probes === 0 || before[singles.length + probes - 1] === probeQuantity(probes - 1)) &&
    (cells === 0 || before[singles.length + probes] === cellQuantity(0));
  if (same) return before;
  const all = [
    ...singles,
    ...Array.from({ length: probes }, (_, i) => probeQuantity(i)),
    ...Array.from({ length: cells }, (_, i) => cellQuantity(i)),
  ];
  knownNames.set(device, all);
  return all;
}

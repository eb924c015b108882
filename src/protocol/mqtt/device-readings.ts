import type { Flags } from '../../model/quantity-form';
import { quantities } from '../../model/quantities';
import type { AgedReading } from '../../model/reading';
import type { ReceivedDevice, ReceivedGroup } from './device-schema';

/** s between two of a group whose sender does not say how often it is told. */
const usualPeriod = 5;

/**
 * What a device's message says, group by group, each with its age at the sender; a group that was never received there is left
 * out. A message without `groups`, which other programs may send, is read as one group that is as old as its youngest, and its
 * cells as another where `age` has one of that name.
 */
export function deviceReadings(device: ReceivedDevice): AgedReading[] {
  const groups = device.groups ?? guessedGroups(device);
  const numbers = allNumbers(device);
  const placed = new Set(Object.values(groups).flatMap(({ texts }) => texts));
  // What an earlier message of a group told is kept, and is in none of them.
  const left = Object.keys(device.texts).filter((text) => !placed.has(text));
  return Object.entries(groups).flatMap(([name, group], i): AgedReading[] => {
    const told = Object.hasOwn(device.age, name) ? device.age[name] : undefined;
    const age = told ?? (device.groups === undefined ? 0 : null);
    if (age === null) return [];
    const texts = i === 0 ? [...group.texts, ...left] : group.texts;
    return [{ reading: readingOf(name, { ...group, texts }, device, numbers), age: age * 1000 }];
  });
}

function readingOf(
  name: string,
  { every, values, lists, cells, texts, preferred, resolution }: ReceivedGroup,
  device: ReceivedDevice,
  numbers: ReadonlyMap<string, number>,
): AgedReading['reading'] {
  const { perModule } = device;
  const told = (list: readonly (number | null)[] | null, is: string) =>
    lists.includes(is) && list !== null ? list.map((value) => value ?? undefined) : undefined;
  const [temperatures, cellTemperatures, balancing] = [
    told(device.temperatures, 'temperatures'),
    told(device.cellTemperatures, 'cellTemperatures'),
    told(device.balancing, 'balancing')?.filter((value) => value !== undefined),
  ];
  return {
    group: name,
    period: every === null ? Infinity : (every ?? usualPeriod) * 1000,
    values: Object.fromEntries(
      values.flatMap((quantity) => {
        const value = numbers.get(quantity);
        return value === undefined ? [] : [[quantity, value]];
      }),
    ),
    ...(preferred > 0 && { preferred: preferred * 1000 }),
    ...(resolution !== undefined && { resolution }),
    ...(texts.length > 0 && {
      texts: Object.fromEntries(
        texts.flatMap((text) =>
          Object.hasOwn(device.texts, text) ? [[text, device.texts[text] ?? '']] : [],
        ),
      ),
    }),
    ...(temperatures !== undefined && { temperatures }),
    ...(cellTemperatures !== undefined && { cellTemperatures }),
    ...(balancing !== undefined && { balancing }),
    ...(cells &&
      device.cells !== null &&
      device.cells.length > 0 && {
        cells: {
          first: 0,
          total: device.cells.length,
          volts: device.cells.map((volts) => volts ?? undefined),
          ...(perModule !== undefined && { perModule }),
        },
      }),
  };
}

/** Every quantity as a number: flags, warnings, switches and balancing cells, which JSON has in other forms, too. */
function allNumbers(device: ReceivedDevice): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const [name, form] of Object.entries(quantities[device.kind])) {
    const { kept, switch: key } = form;
    const value = Object.hasOwn(device.values, name) ? device.values[name] : undefined;
    const position = key !== undefined && Object.hasOwn(device.switches, key) ? device.switches[key] : null;
    if (value !== undefined && value !== null) numbers.set(name, value);
    else if (typeof position === 'boolean') numbers.set(name, position ? 1 : 0);
    else if (typeof kept === 'object') {
      const word = wordOf(kept, device);
      if (word !== undefined) numbers.set(name, word);
    }
  }
  return numbers;
}

/** A word of bits from what stands; `undefined` where that is not told. */
function wordOf({ flags, byCell, warnings }: Flags, device: ReceivedDevice): number | undefined {
  if (byCell === true) {
    if (device.balancing === null) return undefined;
    return flags.reduce((word, _, i) => word + (device.balancing?.includes(i + 1) === true ? 2 ** i : 0), 0);
  }
  const standing = warnings === true ? device.warnings : device.flags;
  if (standing === null) return undefined;
  return flags.reduce((word, flag, i) => word + (standing.includes(flag) ? 2 ** i : 0), 0);
}

function guessedGroups(device: ReceivedDevice): Record<string, ReceivedGroup> {
  const ages = Object.entries(device.age);
  const cells = Object.hasOwn(device.age, 'cells') && device.cells !== null;
  const [youngest = 'device'] = ages
    .filter(([name, age]) => age !== null && !(cells && name === 'cells'))
    .sort(([, a], [, b]) => (a ?? 0) - (b ?? 0))
    .map(([name]) => name);
  const known = Object.keys(quantities[device.kind]);
  const whole: ReceivedGroup = {
    values: known,
    lists: ['temperatures', 'cellTemperatures', 'balancing'],
    cells: !cells,
    texts: Object.keys(device.texts),
    preferred: 0,
  };
  const none = { values: [], lists: [], texts: [], preferred: 0 };
  return { [youngest]: whole, ...(cells && { cells: { ...none, cells: true } }) };
}

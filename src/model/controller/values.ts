import {
  controllerItem,
  isControllerItem,
  type ControllerItem,
  type ControllerItemName,
  type ControllerValue,
  type ControllerValues,
  type NumberItem,
} from './items';
import type { ItemProblem } from './save-reports';
import { temperatureText, type Units } from '../temperature';

/** The longest text of a value, bytes of UTF-8, whatever the item. */
export const longestValue = 64;

const encoder = new TextEncoder();

/**
 * What a text on a wire says of an item, or `undefined` where it can't be that: a number that is none, a text with control
 * characters or too long. Limits do not count here: what a controller holds is shown as it is.
 */
export function readItem(name: ControllerItemName, text: string): ControllerValue | undefined {
  const item = controllerItem(name);
  if (item.kind === 'number' || item.kind === 'whole') {
    return /^-?\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) + 0 : undefined;
  }
  return isPlainText(text) && encoder.encode(text).length <= longestValue ? text : undefined;
}

/** A value as it is written on a wire: `4.2`, `1000K`. */
export function writeItem(name: ControllerItemName, value: ControllerValue): string {
  const item = controllerItem(name);
  return item.kind === 'number' && typeof value === 'number' ? written(value, item) : String(value);
}

/** A value as it is shown: `4.2 V`, temperatures in the owner's units; of a secret nothing but that there is one. */
export function showItem(name: ControllerItemName, value: ControllerValue, units: Units = 'celsius'): string {
  const item = controllerItem(name);
  if (item.secret) return '••••••••';
  if (item.kind === 'number' && item.unit === '°C') return temperatureText(Number(value), units);
  return item.kind === 'number' ? `${writeItem(name, value)} ${item.unit}` : String(value);
}

/** Why a value must not be sent; `undefined` for a good one. Never has the value in it. */
export function problemWith(item: ControllerItemName, value: unknown): ItemProblem | undefined {
  return isGood(controllerItem(item), value) ? undefined : { code: 'item-not-taken', values: { item } };
}

/**
 * Looks at values before they leave, one by one and whether they go together with what the controller holds.
 *
 * @param held what the controller has announced
 * @param changes as they come, from a screen or from another machine; names that are no item are problems too
 * @returns why, for each that must not be sent; empty when all may
 */
export function problemsWith(
  held: ControllerValues,
  changes: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, ItemProblem> {
  const problems = new Map<string, ItemProblem>();
  for (const [name, value] of Object.entries(changes)) {
    const problem = isControllerItem(name) ? problemWith(name, value) : noSuchItem;
    if (problem !== undefined) problems.set(name, problem);
  }
  const after: Readonly<Record<string, unknown>> = { ...held, ...changes };
  for (const [low, high] of rising) {
    const [below, above] = [after[low], after[high]];
    if (typeof below !== 'number' || typeof above !== 'number' || below < above) continue;
    for (const name of [low, high]) {
      if (name in changes && !problems.has(name)) {
        problems.set(name, { code: 'items-crossed', values: { below: low, above: high } });
      }
    }
  }
  return problems;
}

/** Why an item is refused that there is not. */
export const noSuchItem: ItemProblem = { code: 'item-unknown', values: {} };

/** Items of which the first must be below the second. */
const rising = [['LOVOLT', 'HIVOLT']] as const satisfies readonly (readonly [
  ControllerItemName,
  ControllerItemName,
])[];

/** Values without secrets: what may be shown, published and logged. */
export function withoutSecrets(values: ControllerValues): ControllerValues {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => isControllerItem(name) && !controllerItem(name).secret),
  );
}

/** Changes for a log: passwords are only named. */
export function redacted(changes: ControllerValues): string {
  return Object.entries(changes)
    .map(([name, value]) =>
      isControllerItem(name) && !controllerItem(name).secret
        ? `${name} ${JSON.stringify(value)}`
        : `${name} (not shown)`,
    )
    .join(', ');
}

function isGood(item: ControllerItem, value: unknown): boolean {
  switch (item.kind) {
    case 'number':
      return (
        typeof value === 'number' &&
        value >= item.least &&
        value <= item.most &&
        Math.abs(value / item.step - Math.round(value / item.step)) < 1e-6
      );
    case 'whole':
      return (
        typeof value === 'number' && Number.isInteger(value) && value >= item.least && value <= item.most
      );
    case 'choice':
      return typeof value === 'string' && item.options.includes(value);
    case 'text':
      return (
        typeof value === 'string' &&
        isPlainText(value) &&
        encoder.encode(value).length <= item.longest &&
        item.accepted(value)
      );
  }
}

/** True for a text of characters that can be seen: no control characters, no half of a pair. */
function isPlainText(text: string): boolean {
  return !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text);
}

function written(value: number, { step }: NumberItem): string {
  const usual = value.toFixed(step < 1 ? 1 : 0);
  // A controller may hold values between the steps: they are shown as they are.
  return Math.abs(Number(usual) - value) < 1e-6 ? usual : String(value);
}

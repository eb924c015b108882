import {
  controllerItem,
  controllerItemNames,
  type ControllerItem,
  type ControllerItemName,
  type ControllerValues,
} from '../../model/controller/items';
import { problemWith, problemsWith, readItem, showItem } from '../../model/controller/values';
import type { Units } from '../../model/temperature';
import { itemProblemText } from '../../words/en';
import { valueIn, type Field, type FieldPage, type FieldValue, type FieldValues, type Parsed } from './field';

const pageTitles: Readonly<Record<ControllerItem['page'], string>> = {
  limits: 'Controller',
  network: 'Controller’s network',
  name: 'Controller’s name and time',
};

/** The names of fields: a controller's items and the display's settings stand on pages of one screen. */
export const controllerField = (name: ControllerItemName): string => `controller ${name}`;

/**
 * The pages of what a controller has announced. Secrets, which are never announced, can be set where their neighbours can.
 *
 * @param held what was announced @param units what temperatures are shown in
 */
export function controllerPages(held: ControllerValues, units: () => Units): FieldPage[] {
  const there = controllerItemNames.filter(
    (name) => held[name] !== undefined || (name === 'WIFIPASS' && held.SSID !== undefined),
  );
  return (Object.keys(pageTitles) as ControllerItem['page'][])
    .map((page) => ({
      title: pageTitles[page],
      part: 'battery' as const,
      fields: there.filter((name) => controllerItem(name).page === page).map((name) => fieldOf(name, units)),
    }))
    .filter(({ fields }) => fields.length > 0);
}

function fieldOf(name: ControllerItemName, units: () => Units): Field {
  const item = controllerItem(name);
  const shared = {
    name: controllerField(name),
    label: item.label,
    note: item.note,
    restarts: false,
    fixed: '',
    applies: () => true,
    read: (values: FieldValues) => valueIn(values, name),
    write: (values: FieldValues, value: FieldValue) =>
      problemsWith(values, { [name]: value }).size === 0 ? { ...values, [name]: value } : undefined,
    format: (value: FieldValue) => (typeof value === 'boolean' ? '' : showItem(name, value, units())),
  };
  switch (item.kind) {
    case 'number':
      return { ...shared, kind: 'slider', stops: stopsOf(item) };
    case 'choice':
      return {
        ...shared,
        kind: 'choice',
        options: item.options.map((value) => ({ value, label: value })),
      };
    case 'whole':
    case 'text':
      return {
        ...shared,
        kind: 'text',
        keyboard: item.kind === 'whole' ? 'digits' : 'letters',
        secret: item.secret,
        withheld: item.secret,
        parse: (typed): Parsed => {
          const value = readItem(name, item.secret ? typed : typed.trim());
          return value !== undefined && problemWith(name, value) === undefined
            ? { value }
            : { problem: itemProblemText({ code: 'item-not-taken', values: { item: name } }) };
        },
      };
  }
}

/** All values of a number, rising, without the noise of binary fractions. */
function stopsOf({ least, most, step }: { least: number; most: number; step: number }): number[] {
  const count = Math.round((most - least) / step) + 1;
  return Array.from({ length: count }, (_, i) => Math.round((least + i * step) * 1000) / 1000);
}

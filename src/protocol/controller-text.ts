import { controllerItem, controllerItemNames, isControllerItem } from '../model/controller/items';
import type { ControllerItemName, ControllerValue, ControllerValues } from '../model/controller/items';
import { readItem, writeItem } from '../model/controller/values';

/** The TCP port that changes are sent to when an announcement names no other. */
export const usualSavePort = 6501;

/** What an announcement says. */
export interface Announcement {
  /** Never with a secret, even if the sender was so careless as to announce one. */
  readonly values: ControllerValues;
  /** TCP port for changes, 1..65535. */
  readonly savePort: number;
}

/**
 * The text of an announcement: a line `LABEL=value` for each item that there is, and one for the TCP port. Secrets are left
 * out.
 */
export function writeAnnouncement({ values, savePort }: Announcement): string {
  const lines = controllerItemNames.flatMap((name) => {
    const value = values[name];
    return value === undefined || controllerItem(name).secret ? [] : [`${name}=${writeItem(name, value)}`];
  });
  return [`SAVEPORT=${savePort}`, ...lines].map((line) => `${line}\n`).join('');
}

/**
 * What the text of an announcement says. Labels that are not known are left out, for controllers may have more items; so are
 * values that can't be what the label says. Returns `undefined` for a text that is no announcement at all: without a single
 * known item, or with one item twice. Never throws.
 */
export function readAnnouncement(text: string): Announcement | undefined {
  const values: { [K in ControllerItemName]?: ControllerValue } = {};
  let savePort: number = usualSavePort;
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=');
    const label = line.slice(0, Math.max(0, equals));
    const value = line.slice(equals + 1).replace(/\r$/, '');
    if (label === 'SAVEPORT') {
      const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
      if (port < 1 || port > 65535) return undefined;
      savePort = port;
    }
    if (!isControllerItem(label) || controllerItem(label).secret) continue;
    if (label in values) return undefined;
    const read = readItem(label, value);
    if (read !== undefined) values[label] = read;
  }
  return Object.keys(values).length === 0 ? undefined : { values, savePort };
}

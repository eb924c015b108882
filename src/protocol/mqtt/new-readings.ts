import type { AgedReading } from '../../model/reading';

/** ms by which the time of a message must differ for it to be another one: ages come in tenths of a second. */
const sameMessage = 150;

/**
 * Tells what is new in messages that repeat all that is known. What was only repeated must not be passed on: the habit of a
 * group, by which it is called late, is learnt from how often it is received.
 */
export class NewReadings {
  /** By group and module: when it was received, monotonic ms, and what it said. */
  private readonly known = new Map<string, { readonly heardAt: number; readonly said: string }>();

  /** True for a reading that was not there before. */
  isNew({ reading, age }: AgedReading, now: number): boolean {
    const key = keyOf(reading);
    const said = JSON.stringify(reading);
    const heardAt = now - age;
    const known = this.known.get(key);
    if (known?.said === said && Math.abs(heardAt - known.heardAt) <= sameMessage) return false;
    this.known.set(key, { heardAt, said });
    return true;
  }
}

function keyOf({ group, cells }: AgedReading['reading']): string {
  return cells === undefined ? group : `${group} ${cells.first}`;
}

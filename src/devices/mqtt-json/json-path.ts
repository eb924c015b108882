/** Steps into a JSON value: names of objects, and indices of lists. */
export type JsonPath = readonly (string | number)[];

/** Steps that a path may have: nobody nests values deeper. */
const mostSteps = 16;
const step = /\.?([^.[\]"']+)|\[(\d{1,5})\]|\[(?:"([^"]*)"|'([^']*)')\]/y;

/**
 * Reads a path such as `ENERGY.Power`, `cells[0].volts` or `["total.power"]`: names with dots between them, `[n]` for an entry of
 * a list (from 0), and a name in brackets and quotes where it has dots or brackets itself. `$.` in front means nothing; an empty
 * path is the whole value.
 *
 * @returns undefined for what is no path
 */
export function parseJsonPath(text: string): JsonPath | undefined {
  const rest = text.replace(/^\$\.?/, '');
  const path: (string | number)[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < rest.length) {
    const { lastIndex } = step;
    const found = step.exec(rest);
    // A dot stands between two names, not in front of the first.
    if (found === null || (lastIndex === 0 && rest.startsWith('.'))) return undefined;
    const [whole, name, index, double, single] = found;
    if (name !== undefined && lastIndex > 0 && !whole.startsWith('.')) return undefined;
    path.push(index === undefined ? (name ?? double ?? single ?? '') : Number(index));
    if (path.length > mostSteps) return undefined;
  }
  return path;
}

/** What is there of a value at a path; undefined when nothing is. Reads nothing but what the value itself has. */
export function valueAt(value: unknown, path: JsonPath): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    if (typeof key === 'number' && !Array.isArray(found)) return undefined;
    if (typeof key === 'string' && Array.isArray(found)) return undefined;
    if (!Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[key];
  }
  return found;
}

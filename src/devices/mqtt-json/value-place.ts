import * as v from 'valibot';
import { parseJsonPath, type JsonPath } from './json-path';
import type { Conversion } from './told-value';

/** Where a quantity is told, and how it is converted. */
export interface ValuePlace extends Conversion {
  /** Empty: the device's own topic. `{n}` stands for the number of a cell or a probe, from 1. */
  readonly topic: string;
  readonly path: JsonPath;
}

const number = String.raw`-?\d+(?:\.\d+)?(?:e-?\d+)?`;
const shortForm = new RegExp(`^(.*?)(?:\\*(${number})([+-]\\d+(?:\\.\\d+)?)?)?$`, 'i');
const longestTopic = 1024;

/** The name of a topic, or a filter for several. MQTT 5, section 4.7; a name for one value has no wildcards. */
export function isTopic(text: string, wildcards: boolean): boolean {
  if (text === '' || text.length > longestTopic || /[\p{Cc}\p{Cs}]/u.test(text)) return false;
  if (!/[+#]/.test(text)) return true;
  return (
    wildcards &&
    text.split('/').every((level, i, all) => {
      if (level === '#') return i === all.length - 1;
      return level === '+' || !/[+#]/.test(level);
    })
  );
}

const longForm = v.strictObject({
  topic: v.exactOptional(
    v.pipe(
      v.string(),
      v.check((topic) => isTopic(topic, false)),
    ),
  ),
  path: v.exactOptional(
    v.pipe(
      v.string(),
      v.check((path) => parseJsonPath(path) !== undefined),
    ),
  ),
  factor: v.exactOptional(v.pipe(v.number(), v.finite(), v.notValue(0))),
  offset: v.exactOptional(v.pipe(v.number(), v.finite())),
});

/**
 * Reads `ENERGY.Power`, `batt.mv*0.001`, `probe.f*0.5556-17.78`, `solar/roof/power` or `solar/roof:data.power*1000`: a path in the
 * messages of the device's own topic, or a topic (with a slash, or a colon behind it) and a path in its messages; a factor, and
 * an offset behind a factor. Where names have other meanings than they should, an object says the same, also as JSON:
 * `{ "topic": "…", "path": "…", "factor": 1, "offset": 0 }`.
 *
 * @returns undefined for what is neither
 */
export function parseValuePlace(given: unknown): ValuePlace | undefined {
  if (typeof given === 'string') return given.startsWith('{') ? fromJson(given) : fromText(given);
  const parsed = v.safeParse(longForm, given);
  if (!parsed.success || Object.keys(parsed.output).length === 0) return undefined;
  const { topic = '', path = '', factor = 1, offset = 0 } = parsed.output;
  return { topic, path: parseJsonPath(path) ?? [], factor, offset };
}

function fromJson(text: string): ValuePlace | undefined {
  try {
    const given: unknown = JSON.parse(text);
    return typeof given === 'object' ? parseValuePlace(given) : undefined;
  } catch {
    return undefined;
  }
}

function fromText(text: string): ValuePlace | undefined {
  const [, place = '', factorText = '1', offsetText = '0'] = shortForm.exec(text.trim()) ?? [];
  const colon = place.indexOf(':');
  const hasTopic = colon >= 0 || place.includes('/');
  const topic = hasTopic ? place.slice(0, colon < 0 ? undefined : colon) : '';
  const path = parseJsonPath(hasTopic ? (colon < 0 ? '' : place.slice(colon + 1)) : place);
  const [factor, offset] = [Number(factorText), Number(offsetText)];
  if (path === undefined || !Number.isFinite(factor) || factor === 0 || !Number.isFinite(offset))
    return undefined;
  if (hasTopic ? !isTopic(topic, false) : place === '') return undefined;
  return { topic, path, factor, offset };
}

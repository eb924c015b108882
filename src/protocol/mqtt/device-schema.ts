import * as v from 'valibot';
import { longestMessage } from './status-message';
import { deviceKind, deviceName, deviceRole, deviceTypeName } from './site-message';

/** Groups, texts, quantities and flags that a device has at most in a message. */
export const mostNames = 64;
/** Cells and probes likewise: a battery of 240 cells is the largest that is shown. */
const mostListed = 512;

/** A number that can be one of a device. JSON itself knows no infinite ones, but `1e999` is read as one. */
const number = v.nullable(v.pipe(v.number(), v.finite(), v.minValue(-1e15), v.maxValue(1e15)));
const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const list = v.optional(v.nullable(v.pipe(v.array(number), v.maxLength(mostListed))), null);
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const names = v.pipe(v.array(name), v.maxLength(2 * mostNames));

/** An object with so many keys at most, each a short name. */
function few<const S extends v.GenericSchema>(values: S, most = mostNames) {
  return v.pipe(
    v.record(name, values),
    v.check((record) => Object.keys(record).length <= most),
  );
}

const group = v.object({
  every: v.optional(v.nullable(v.pipe(seconds, v.minValue(0.1), v.maxValue(86_400)))),
  values: v.optional(names, []),
  lists: v.optional(names, []),
  cells: v.optional(v.boolean(), false),
  texts: v.optional(names, []),
  preferred: v.optional(v.pipe(seconds, v.maxValue(86_400)), 0),
  resolution: v.optional(few(v.pipe(v.number(), v.finite(), v.minValue(0)))),
});

/** What a receiver takes as the message of a device: what is not needed may be missing, and there may be more. */
const deviceSchema = v.object({
  schema: v.literal(1),
  timestamp: v.pipe(v.string(), v.maxLength(40), v.isoTimestamp()),
  device: deviceName,
  kind: deviceKind,
  type: deviceTypeName,
  bmsId: v.optional(v.pipe(v.string(), v.maxLength(256))),
  role: deviceRole,
  values: few(number, 2 * mostNames),
  cells: list,
  perModule: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64))),
  temperatures: list,
  cellTemperatures: list,
  balancing: list,
  flags: v.optional(v.nullable(names), null),
  warnings: v.optional(names, []),
  switches: v.optional(few(v.nullable(v.boolean())), {}),
  texts: v.optional(few(v.pipe(v.string(), v.maxLength(256))), {}),
  age: v.optional(few(v.nullable(seconds)), {}),
  groups: v.optional(few(group)),
  bank: v.optional(
    v.object({
      members: v.pipe(v.array(deviceName), v.minLength(2), v.maxLength(mostNames)),
      meter: v.optional(v.nullable(deviceName), null),
    }),
  ),
});

/** The message of a device that was looked at. */
export type ReceivedDevice = v.InferOutput<typeof deviceSchema>;
/** A group of its values. */
export type ReceivedGroup = v.InferOutput<typeof group>;

/** Why a message is none of a device. */
export interface NotADevice {
  readonly rejected: 'too long' | 'not a device' | 'unknown schema';
  /** For the log: what was wrong, never more than a few words. */
  readonly detail: string;
}

/** Reads what came under Devices. Never throws, whatever the bytes are. */
export function parseDeviceMessage(payload: Uint8Array): ReceivedDevice | NotADevice {
  if (payload.length > longestMessage) return { rejected: 'too long', detail: `${payload.length} bytes` };
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return { rejected: 'not a device', detail: `not JSON, ${payload.length} bytes` };
  }
  const result = v.safeParse(deviceSchema, parsed, { abortEarly: true });
  if (result.success) return result.output;
  const schema =
    typeof parsed === 'object' && parsed !== null && 'schema' in parsed ? parsed.schema : undefined;
  if (typeof schema === 'number' && schema !== 1)
    return { rejected: 'unknown schema', detail: String(schema) };
  const where = v.getDotPath(result.issues[0]);
  return { rejected: 'not a device', detail: `${where ?? 'the whole'} is not right`.slice(0, 80) };
}

import * as v from 'valibot';
import { cellsPerModule, mostModules } from '../complete-status';

/** Bytes that a message may have to be looked at; one of 240 cells has less than 5000. */
export const longestMessage = 65_536;

/** A number that can be one of a battery; JSON itself knows no infinite ones, but `1e999` is read as one. */
const number = v.nullish(v.pipe(v.number(), v.finite(), v.minValue(-1e9), v.maxValue(1e9)), null);
/** Seconds; a year and more is as good as never. */
const age = v.nullish(v.pipe(v.number(), v.finite(), v.minValue(0)), null);
const volts = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(10));
const moduleCells = v.nullable(v.pipe(v.array(volts), v.length(cellsPerModule)));
const count = v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255)), null);

/** Schema 1 of CompleteStatus as a receiver takes it: all but the first two may be missing, and there may be more. */
const statusSchema = v.object({
  schema: v.literal(1),
  timestamp: v.pipe(v.string(), v.maxLength(40), v.isoTimestamp()),
  bmsId: v.nullish(v.pipe(v.string(), v.maxLength(256)), null),
  soc: number,
  packVoltage: number,
  packCurrent: number,
  packPower: number,
  ampHours: number,
  tempMax: number,
  tempMin: number,
  cellLow: number,
  cellHigh: number,
  cellAverage: number,
  highCutoff: number,
  lowCutoff: number,
  modules: count,
  cells: v.optional(v.pipe(v.array(moduleCells), v.maxLength(mostModules)), []),
  maxCells: number,
  activeCells: number,
  freqShiftVolts: number,
  chargerAmps: number,
  age: v.optional(
    v.object({
      '0x150': age,
      '0x151': age,
      '0x650': age,
      '0x651': age,
      '0x652': age,
      '0x683': age,
      '0x68F': v.optional(v.pipe(v.array(age), v.maxLength(mostModules)), []),
    }),
    {},
  ),
  /** Looked at by the link to the controller; a fault in it takes nothing away from the battery. */
  config: v.optional(v.unknown()),
});

/** A CompleteStatus that was looked at. */
export type StatusMessage = v.InferOutput<typeof statusSchema>;

/** Why a message is no status. */
export interface NotAStatus {
  readonly rejected: 'too long' | 'not a status' | 'unknown schema';
  /** For the log: what was wrong, never more than a few words. */
  readonly detail: string;
}

/** Reads what came under CompleteStatus. Never throws, whatever the bytes are. */
export function parseStatus(payload: Uint8Array): StatusMessage | NotAStatus {
  if (payload.length > longestMessage) return { rejected: 'too long', detail: `${payload.length} bytes` };
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return { rejected: 'not a status', detail: `not JSON, ${payload.length} bytes` };
  }
  const result = v.safeParse(statusSchema, parsed, { abortEarly: true });
  if (result.success) return result.output;
  const schema =
    typeof parsed === 'object' && parsed !== null && 'schema' in parsed ? parsed.schema : undefined;
  if (typeof schema === 'number' && schema !== 1)
    return { rejected: 'unknown schema', detail: String(schema) };
  const [issue] = result.issues;
  const where = v.getDotPath(issue);
  return { rejected: 'not a status', detail: `${where ?? 'the whole'} is not right`.slice(0, 80) };
}

import * as v from 'valibot';
import { alarmLogLength } from '../model/alarm-log';

/** One alarm as it is kept on the disk. Times are ms since 1970. */
export interface KeptAlarm {
  readonly battery: string;
  readonly text: string;
  readonly risen: number;
  readonly acknowledged: number | undefined;
  /** `undefined` where it stood when this was written. */
  readonly ended: number | undefined;
}

/** Characters of a file that is looked at: more than so many alarms can have. */
export const longestAlarmFile = 100_000;

const time = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => Date.parse(text)),
  v.finite(),
);
const schema = v.object({
  version: v.literal(1),
  alarms: v.array(
    v.object({
      battery: v.pipe(v.string(), v.maxLength(64)),
      text: v.pipe(v.string(), v.maxLength(200)),
      risen: time,
      acknowledged: v.optional(time),
      ended: v.optional(time),
    }),
  ),
});

/**
 * Alarms, newest first, as the text of a file: JSON with times of UTC such as `2026-06-12T10:41:07.000Z`, one alarm a line for
 * whoever reads it with a pager.
 */
export function encodeAlarms(alarms: readonly KeptAlarm[]): string {
  const iso = (at: number | undefined): string | undefined =>
    at === undefined ? undefined : new Date(at).toISOString();
  const lines = alarms.slice(0, alarmLogLength).map(({ battery, text, risen, acknowledged, ended }) =>
    // JSON leaves out what is undefined.
    JSON.stringify({
      battery: battery.slice(0, 64),
      text: text.slice(0, 200),
      risen: iso(risen),
      acknowledged: iso(acknowledged),
      ended: iso(ended),
    }),
  );
  return `{"version":1,"alarms":[\n${lines.join(',\n')}\n]}\n`;
}

/** The alarms in a file, newest first; `undefined` for anything that is no such file. */
export function decodeAlarms(text: string): readonly KeptAlarm[] | undefined {
  if (text.length > longestAlarmFile) return undefined;
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    if (!parsed.success) return undefined;
    return parsed.output.alarms
      .slice(0, alarmLogLength)
      .map(({ acknowledged, ended, ...rest }) => ({ ...rest, acknowledged, ended }));
  } catch {
    return undefined;
  }
}

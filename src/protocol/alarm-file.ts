import * as v from 'valibot';
import { alarmLogLength } from '../model/alarm-log';
import type { AlarmReport, AlarmReports } from '../model/alarm-reports';
import { protectionFlags, warningFlags } from '../model/flag-names';

/** One alarm as it is kept on the disk. Times are ms since 1970. */
export interface KeptAlarm {
  /** Name of the device, a battery or another one. */
  readonly battery: string;
  readonly report: AlarmReport;
  readonly risen: number;
  readonly acknowledged: number | undefined;
  /** How far beyond its limit it was then, in the unit of its rule. */
  readonly accepted?: number | undefined;
  /** When it was last known to stand; absent where it was over before. */
  readonly seen?: number | undefined;
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
const common = {
  battery: v.pipe(v.string(), v.maxLength(64)),
  risen: time,
  acknowledged: v.optional(time),
  accepted: v.optional(v.pipe(v.number(), v.finite())),
  seen: v.optional(time),
  ended: v.optional(time),
};
const finite = v.pipe(v.number(), v.finite());
const text = v.pipe(v.string(), v.maxLength(200));
const limited = v.object({ value: finite, limit: finite, beyond: v.boolean() });
const cellNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const cell = v.object({
  cell: v.optional(cellNumber),
  volts: finite,
  limit: finite,
  beyond: v.boolean(),
});

function flag(names: readonly [string, ...string[]]) {
  return v.object({
    flag: v.picklist(names),
    cell: v.optional(cellNumber),
    value: v.optional(finite),
  });
}

/** The values of each code, so that a code that is new can't be forgotten here. */
const values: { readonly [Code in keyof AlarmReports]: v.GenericSchema<unknown, unknown> } = {
  'cell-high': cell,
  'cell-low': cell,
  'pack-high': limited,
  'pack-low': limited,
  'temperature-high': limited,
  'temperature-low': limited,
  spread: limited,
  'charge-low': limited,
  silence: v.object({ seconds: finite, kind: v.optional(v.picklist(['solar-charger', 'meter'])) }),
  protection: flag(protectionFlags),
  warning: flag(warningFlags),
  'charger-alarm': v.object({ bit: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(31)) }),
  'battery-error': v.object({ text }),
  'members-voltage': limited,
  'members-charge': limited,
  'as-written': v.object({ text }),
  'other-version': v.object({ code: text }),
};

/** A code with values that are its own; where another version has written others, the code alone is known. */
const coded = v.pipe(
  v.object({ ...common, code: text, values: v.unknown() }),
  v.transform(({ code, values: told, ...times }) => {
    const schema = Object.hasOwn(values, code) ? values[code as AlarmReport['code']] : undefined;
    const parsed = schema === undefined ? undefined : v.safeParse(schema, told);
    const report =
      parsed?.success === true
        ? ({ code, values: parsed.output } as AlarmReport)
        : ({ code: 'other-version', values: { code } } satisfies AlarmReport);
    return { ...times, report };
  }),
);

/** An alarm as version 1 kept it: in a sentence, which stays as it was written. */
const sentence = v.pipe(
  v.object({ ...common, text }),
  v.transform(({ text, ...times }) => ({
    ...times,
    report: { code: 'as-written', values: { text } } satisfies AlarmReport,
  })),
);

const schema = v.variant('version', [
  v.object({ version: v.literal(1), alarms: v.array(sentence) }),
  v.object({ version: v.literal(2), alarms: v.array(coded) }),
]);

/**
 * Alarms, newest first, as the text of a file: JSON with times of UTC such as `2026-06-12T10:41:07.000Z`, one alarm a line for
 * whoever reads it with a pager. Numbers are in house units, rounded to four decimals.
 */
export function encodeAlarms(alarms: readonly KeptAlarm[]): string {
  const iso = (at: number | undefined): string | undefined =>
    at === undefined ? undefined : new Date(at).toISOString();
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number'
      ? Number(value.toFixed(4))
      : typeof value === 'string'
        ? value.slice(0, 200)
        : value;
  const lines = alarms
    .slice(0, alarmLogLength)
    .map(({ battery, report, risen, acknowledged, accepted, seen, ended }) =>
      // JSON leaves out what is undefined.
      JSON.stringify(
        {
          battery: battery.slice(0, 64),
          ...report,
          risen: iso(risen),
          acknowledged: iso(acknowledged),
          accepted,
          seen: iso(seen),
          ended: iso(ended),
        },
        rounded,
      ),
    );
  return `{"version":2,"alarms":[\n${lines.join(',\n')}\n]}\n`;
}

/** The alarms in a file of this version or of version 1, newest first; `undefined` for anything that is no such file. */
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

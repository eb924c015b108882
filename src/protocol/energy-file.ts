import * as v from 'valibot';
import type { EnergyDay } from '../model/energy/energy-days';
import type { TimedValue } from '../model/energy/value-line';

/** What is kept of one device. */
export interface KeptEnergy {
  readonly device: string;
  /** The latest value of each quantity that is read for it, by name; times are ms since 1970. */
  readonly latest: Readonly<Record<string, TimedValue>>;
  readonly days: readonly EnergyDay[];
}

/** Characters of a file that is looked at: more than a hundred devices of two months have. */
export const longestEnergyFile = 2_000_000;
const mostDevices = 200;
const mostDays = 100;
const hour = 3_600_000;

const time = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => Date.parse(text)),
  v.finite(),
);
const amount = v.pipe(
  v.object({
    in: v.pipe(v.number(), v.minValue(0), v.maxValue(1e9)),
    out: v.pipe(v.number(), v.minValue(0), v.maxValue(1e9)),
    // The longest day has 25 hours; a clock that is set back makes one of more.
    hours: v.pipe(v.number(), v.minValue(0), v.maxValue(1e6)),
  }),
  v.transform(({ hours, ...amounts }) => ({ ...amounts, covered: hours * hour })),
);
const schema = v.object({
  version: v.literal(1),
  devices: v.pipe(
    v.array(
      v.object({
        device: v.pipe(v.string(), v.maxLength(64)),
        latest: v.record(v.string(), v.object({ at: time, value: v.pipe(v.number(), v.finite()) })),
        days: v.pipe(
          v.array(
            v.object({
              date: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/)),
              energy: amount,
              charge: amount,
            }),
          ),
          v.maxLength(mostDays),
        ),
      }),
    ),
    v.maxLength(mostDevices),
  ),
});

/** The days of devices as the text of a file: JSON, one day a line for whoever reads it with a pager; Wh, Ah and hours. */
export function encodeEnergy(kept: readonly KeptEnergy[]): string {
  const devices = kept.slice(0, mostDevices).map(({ device, latest, days }) => {
    const values = Object.entries(latest).map(([name, { at, value }]) => [
      name,
      { at: new Date(at).toISOString(), value },
    ]);
    const lines = days.map(({ date, energy, charge }) =>
      JSON.stringify({ date, energy: amountText(energy), charge: amountText(charge) }),
    );
    const head = `{"device":${JSON.stringify(device)},"latest":${JSON.stringify(Object.fromEntries(values))}`;
    return `${head},"days":[\n${lines.join(',\n')}\n]}`;
  });
  return `{"version":1,"devices":[\n${devices.join(',\n')}\n]}\n`;
}

/** What such a file holds; `undefined` for anything that is none. Never throws. */
export function decodeEnergy(text: string): readonly KeptEnergy[] | undefined {
  if (text.length > longestEnergyFile) return undefined;
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output.devices : undefined;
  } catch {
    return undefined;
  }
}

function amountText({ in: into, out, covered }: EnergyDay['energy']): Readonly<Record<string, number>> {
  const rounded = (value: number): number => Number(value.toFixed(6));
  return { in: rounded(into), out: rounded(out), hours: rounded(covered / hour) };
}

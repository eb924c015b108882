import type { AlarmReport, FlagAlarm } from './alarm-reports';
import type { AlarmRule, Finding } from './alarm-rule';
import type { Battery } from './battery';
import type { Device } from './device';
import { protectionFlags, warningFlags } from './flag-names';
import { type BatteryQuantity } from './quantities';
import { worstCell } from './worst-cell';

/** Bits of a charger's alarm word. */
const chargerBits = 16;

/**
 * The measurement that a bit is about, and whether it is wrong when it is high (1) or low (-1). Currents are none: a protection
 * that has stepped in has made them 0.
 */
const measurements: Readonly<
  Record<string, { readonly quantity: BatteryQuantity; readonly sign: 1 | -1 } | undefined>
> = {
  'cell-over-voltage': { quantity: 'cellHigh', sign: 1 },
  'cell-under-voltage': { quantity: 'cellLow', sign: -1 },
  'pack-over-voltage': { quantity: 'voltage', sign: 1 },
  'pack-under-voltage': { quantity: 'voltage', sign: -1 },
  'charge-over-temperature': { quantity: 'temperatureMax', sign: 1 },
  'charge-under-temperature': { quantity: 'temperatureMin', sign: -1 },
  'discharge-over-temperature': { quantity: 'temperatureMax', sign: 1 },
  'discharge-under-temperature': { quantity: 'temperatureMin', sign: -1 },
  'cell-high': { quantity: 'cellHigh', sign: 1 },
  'cell-low': { quantity: 'cellLow', sign: -1 },
  'pack-high': { quantity: 'voltage', sign: 1 },
  'pack-low': { quantity: 'voltage', sign: -1 },
  'charge-hot': { quantity: 'temperatureMax', sign: 1 },
  'charge-cold': { quantity: 'temperatureMin', sign: -1 },
  'discharge-hot': { quantity: 'temperatureMax', sign: 1 },
  'discharge-cold': { quantity: 'temperatureMin', sign: -1 },
  'charge-low': { quantity: 'stateOfCharge', sign: -1 },
};

/** What a battery has protected itself from: each bit is an alarm of its own. */
export const protectionRules = flagRules('protection', protectionFlags, (values) => ({
  code: 'protection',
  values,
}));

/** What a battery warns of: each bit is a notice. */
export const warningRules = flagRules('warnings', warningFlags, (values) => ({ code: 'warning', values }));

/** The alarm word of a solar charger, whose maker does not tell what its bits mean. */
export const chargerRules: readonly AlarmRule<Device>[] = Array.from({ length: chargerBits }, (_, bit) =>
  bitRule(`alarm bit ${bit}`, 'alarmBits', bit, () => ({
    report: { code: 'charger-alarm', values: { bit } },
    excess: 0,
  })),
);

/** A console that has nothing to report says one of these. */
const noError = /^(none|no errors?|ok|0+|0x0+|-+)?$/i;

/** An error that a battery tells in words of its own; another error rises again though the first was acknowledged. */
export function errorTextRule(): AlarmRule {
  let latest = '';
  let changes = 0;
  return {
    name: 'error text',
    worse: 1,
    look(battery, now) {
      const text = battery.freshText('errors', now)?.trim();
      if (text === undefined) return 'unknown';
      if (noError.test(text)) return undefined;
      if (text !== latest) changes++;
      latest = text;
      return { report: { code: 'battery-error', values: { text } }, excess: changes };
    },
  };
}

function flagRules<Flag extends string>(
  word: 'protection' | 'warnings',
  flags: readonly Flag[],
  report: (values: FlagAlarm<Flag>) => AlarmReport,
): readonly AlarmRule[] {
  return flags.map((flag, bit) =>
    bitRule<Battery>(`${word} ${flag}`, word, bit, (battery, now) => {
      const { excess, ...known } = measured(flag, battery, now);
      return { report: report({ flag, ...known }), excess };
    }),
  );
}

/** Finds something while a bit of a word is set. */
function bitRule<D extends Device>(
  name: string,
  word: string,
  bit: number,
  found: (device: D, now: number) => Finding,
): AlarmRule<D> {
  return {
    name,
    worse: Infinity,
    look(device, now) {
      const { value, freshness } = device.quantity(word, now);
      if (value === undefined || freshness !== 'fresh') return 'unknown';
      return ((value >>> bit) & 1) === 1 ? found(device, now) : undefined;
    },
  };
}

/** What is known of a bit's measurement, and how bad it is: without a value not worse than with any. */
function measured(
  flag: string,
  battery: Battery,
  now: number,
): Pick<FlagAlarm<string>, 'cell' | 'value'> & { readonly excess: number } {
  const { quantity, sign } = measurements[flag] ?? { quantity: undefined, sign: 1 };
  if (quantity === undefined) return { excess: -Infinity };
  if (quantity === 'cellHigh' || quantity === 'cellLow') {
    const cell = worstCell(battery, sign, now);
    if (cell === undefined) return { excess: -Infinity };
    const { number, volts } = cell;
    return { ...(number !== undefined && { cell: number }), value: volts, excess: volts * sign };
  }
  const { value, freshness } = battery.quantity(quantity, now);
  return value === undefined || freshness !== 'fresh'
    ? { excess: -Infinity }
    : { value, excess: value * sign };
}

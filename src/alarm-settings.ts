import type { AlarmLimits } from './model/alarm-limits';
import { limitBetween } from './setting-schemas';

/** The settings of the owner's limits; they are a part of the table in settings.ts. */
export const alarmSettings = {
  alarmPackHigh: limit('pack-high', 'V', [1, 2000], 'off', 'the pack has more volts than this'),
  alarmPackLow: limit('pack-low', 'V', [1, 2000], 'off', 'the pack has fewer volts than this'),
  alarmTemperatureHigh: limit('temperature-high', '°C', [-40, 125], 60, 'the hottest sensor is above this'),
  alarmTemperatureLow: limit('temperature-low', '°C', [-40, 125], 'off', 'the coldest sensor is below this'),
  alarmSpread: limit('spread', 'V', [0.01, 3], 0.5, 'the highest and the lowest cell differ by more volts'),
  alarmCharge: limit('charge', 'percent', [1, 99], 10, 'the state of charge is below this'),
  alarmSilence: limit('silence', 'seconds', [10, 86_400], 60, 'a battery is not heard any more for so long'),
} as const;

function limit(
  name: string,
  placeholder: string,
  [least, most]: readonly [number, number],
  fallback: number | 'off',
  when: string,
) {
  return {
    flag: `alarm-${name}`,
    placeholder,
    schema: limitBetween(least, most),
    fallback,
    accepts: `off or a number from ${least} to ${most}`,
    help: `alarm when ${when}`,
  };
}

/** From where on the settings want an alarm. */
export function alarmLimits(settings: {
  readonly [K in keyof typeof alarmSettings]: number | 'off';
}): AlarmLimits {
  const limitOf = (value: number | 'off'): number | undefined => (value === 'off' ? undefined : value);
  return {
    packHigh: limitOf(settings.alarmPackHigh),
    packLow: limitOf(settings.alarmPackLow),
    temperatureHigh: limitOf(settings.alarmTemperatureHigh),
    temperatureLow: limitOf(settings.alarmTemperatureLow),
    spread: limitOf(settings.alarmSpread),
    stateOfChargeLow: limitOf(settings.alarmCharge),
    silence: limitOf(settings.alarmSilence),
  };
}

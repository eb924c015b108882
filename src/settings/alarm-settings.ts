import type { AlarmLimits } from '../model/alarm-limits';
import { every, type SettingForm } from './setting-form';
import { limitBetween } from './setting-schemas';

const seconds = [10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
/** V, in steps that are rounded as they are written. */
const spreads = [...every(1, 1, 50), ...every(5, 55, 100), 150, 200, 300].map(
  (hundredths) => hundredths / 100,
);

/** The settings of the owner's limits; they are a part of the table in settings.ts. */
export const alarmSettings = {
  alarmTemperatureHigh: limit('temperature-high', '°C', [-40, 125], 60, 'the hottest sensor is above this', {
    label: 'Hottest above',
    stops: every(1, 20, 90),
    off: 'most',
  }),
  alarmTemperatureLow: limit('temperature-low', '°C', [-40, 125], 'off', 'the coldest sensor is below this', {
    label: 'Coldest below',
    stops: every(1, -30, 30),
    off: 'least',
  }),
  alarmSpread: limit('spread', 'V', [0.01, 3], 0.5, 'the highest and the lowest cell differ by more volts', {
    label: 'Cells apart by',
    stops: spreads,
    off: 'most',
    unit: 'mV',
    factor: 1000,
  }),
  alarmCharge: limit('charge', 'percent', [1, 99], 10, 'the state of charge is below this', {
    label: 'Charge below',
    stops: every(1, 1, 99),
    off: 'least',
    unit: '%',
  }),
  alarmPackHigh: limit('pack-high', 'V', [1, 2000], 'off', 'the pack has more volts than this', {
    label: 'Pack above',
  }),
  alarmPackLow: limit('pack-low', 'V', [1, 2000], 'off', 'the pack has fewer volts than this', {
    label: 'Pack below',
  }),
  alarmSilence: limit('silence', 'seconds', [10, 86_400], 60, 'a battery is not heard any more for so long', {
    label: 'Not heard for',
    stops: seconds,
    off: 'most',
    unit: 's',
  }),
} as const;

function limit(
  name: string,
  placeholder: string,
  [least, most]: readonly [number, number],
  fallback: number | 'off',
  when: string,
  form: Omit<SettingForm, 'page' | 'effect'>,
) {
  return {
    flag: `alarm-${name}`,
    placeholder,
    schema: limitBetween(least, most),
    fallback,
    accepts: `off or a number from ${least} to ${most}`,
    help: `alarm when ${when}`,
    form: { unit: placeholder, ...form, page: 'alarms', effect: 'now' } satisfies SettingForm,
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

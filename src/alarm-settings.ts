import type { AlarmLimits } from './model/alarm-limits';
import type { Settings } from './settings';

/** From where on the settings want an alarm. */
export function alarmLimits(settings: Settings): AlarmLimits {
  const limit = (value: number | 'off'): number | undefined => (value === 'off' ? undefined : value);
  return {
    packHigh: limit(settings.alarmPackHigh),
    packLow: limit(settings.alarmPackLow),
    temperatureHigh: limit(settings.alarmTemperatureHigh),
    temperatureLow: limit(settings.alarmTemperatureLow),
    spread: limit(settings.alarmSpread),
    stateOfChargeLow: limit(settings.alarmCharge),
    silence: limit(settings.alarmSilence),
  };
}

import type { SettingName } from './settings';

/**
 * What a calibration of the touch panel saves. It was on trial, so it holds already; and it says nothing of a battery, for a
 * panel may have to be calibrated before anything can be touched.
 */
export const calibrationSettings = [
  'touchMatrix',
  'calibrateTouch',
] as const satisfies readonly SettingName[];

/** Whether a setting is one of these. */
export function isOfCalibration(name: string): boolean {
  return (calibrationSettings as readonly string[]).includes(name);
}

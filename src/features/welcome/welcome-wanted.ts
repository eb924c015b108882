import { existsSync } from 'node:fs';
import { aboutBattery } from '../../settings/about-battery';
import { isOfCalibration } from '../../settings/calibration-settings';
import { keptPath } from '../../settings/kept-path';
import type { Settings } from '../../settings/settings';
import type { SettingsOrigin } from '../../settings/settings-store';

/**
 * Whether the display is as it was unpacked: its settings file is not there or says only where touches land, nothing is said about
 * a battery otherwise, and none was ever received, so that no sums of energy are kept.
 */
export function isUntouched(settings: Settings, { inFile, elsewhere }: SettingsOrigin): boolean {
  if (settings.demo !== 'off' || Object.keys(inFile).some((name) => !isOfCalibration(name))) return false;
  if (aboutBattery.some((name) => elsewhere.has(name))) return false;
  try {
    return !existsSync(keptPath(settings, 'energy'));
  } catch {
    return true;
  }
}

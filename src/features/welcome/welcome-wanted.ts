import { existsSync } from 'node:fs';
import { aboutBattery } from '../../settings/about-battery';
import { keptPath } from '../../settings/kept-path';
import type { Settings } from '../../settings/settings';
import type { SettingsOrigin } from '../../settings/settings-store';

/**
 * Whether the display is as it was unpacked: its settings file is empty or not there, nothing is said about a battery otherwise, and
 * none was ever received, so that no sums of energy are kept.
 */
export function isUntouched(settings: Settings, { inFile, elsewhere }: SettingsOrigin): boolean {
  if (settings.demo !== 'off' || Object.keys(inFile).length > 0) return false;
  if (aboutBattery.some((name) => elsewhere.has(name))) return false;
  try {
    return !existsSync(keptPath(settings, 'energy'));
  } catch {
    return true;
  }
}

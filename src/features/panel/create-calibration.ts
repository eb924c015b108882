import type { Clock } from '../../base/clock';
import type { Size } from '../../io/rotation';
import { parseMatrix } from '../../protocol/touch-matrix';
import type { calibrationSettings } from '../../settings/calibration-settings';
import type { Settings } from '../../settings/settings';
import type { SettingsOrigin } from '../../settings/settings-store';
import { TouchCalibration } from './touch-calibration';

/** What a calibration changes in the settings. */
type CalibrationChanges = Partial<Pick<Settings, (typeof calibrationSettings)[number]>>;

/**
 * The calibration of the touch panel, with where touches land by the settings.
 *
 * @param save writes changes into the settings file
 */
export function createCalibration(parts: {
  readonly settings: Settings;
  readonly origin: SettingsOrigin;
  readonly clock: Clock;
  readonly picture: Size;
  readonly changed: () => void;
  readonly save: (changes: CalibrationChanges) => void;
}): TouchCalibration {
  const { settings, origin, clock, picture, changed, save } = parts;
  // What the file asks for is asked for once.
  let asked = 'calibrateTouch' in origin.inFile;
  return new TouchCalibration({
    clock,
    picture,
    rotate: settings.rotate,
    tuning: { matrix: parseMatrix(settings.touchMatrix) },
    ended: (matrix) => {
      if (matrix !== undefined || asked) {
        save({
          ...(asked && { calibrateTouch: false }),
          ...(matrix !== undefined && { touchMatrix: matrix }),
        });
      }
      asked = false;
    },
    changed,
  });
}

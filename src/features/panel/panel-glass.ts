import { Glass, type GlassParts } from '../../glass/glass';
import type { GlassRules } from '../../glass/glass-policy';
import { parseNightHours } from '../../glass/night-hours';
import { PanelLight, type DimmablePixels } from '../../glass/panel-light';
import { glassRecordPath } from '../../io/outputs/glass-record';
import type { Settings } from '../../settings/settings';

/** What the settings say of the glass. */
export function glassRules({
  brightness,
  nightBrightness,
  night,
  screenOff,
}: Pick<Settings, 'brightness' | 'nightBrightness' | 'night' | 'screenOff'>): GlassRules {
  return {
    brightness,
    nightBrightness,
    night: parseNightHours(night),
    offAfter: screenOff === 0 ? undefined : screenOff * 60_000,
  };
}

/** The glass as it was set; without a panel, one that does nothing. */
export function createGlass(
  settings: Settings,
  parts: Pick<GlassParts, 'clock' | 'alarming' | 'draw'> & {
    readonly pixels: DimmablePixels | undefined;
    readonly say: (text: string) => void;
  },
): Glass {
  const { pixels, say } = parts;
  const { brightness, night, screenOff, backlight: device } = settings;
  if (pixels === undefined) {
    const rules = { brightness: 100, nightBrightness: 100, night: undefined, offAfter: undefined };
    if (brightness !== 100 || night !== 'off' || screenOff !== 0) {
      say('Headless: there is no screen to dim, so brightness, night and screen-off do nothing');
    }
    return new Glass({ ...parts, rules, light: { show: () => undefined, close: () => undefined } });
  }
  return new Glass({
    ...parts,
    rules: glassRules(settings),
    light: new PanelLight(pixels, { device, record: glassRecordPath(process.env) }, say),
  });
}

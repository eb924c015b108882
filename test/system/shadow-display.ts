import { devicesStory } from '../screens/config/device-stories';
import { dayPalette } from '../../src/render/theme';
import { resolveSettings } from '../../src/settings/resolve-settings';
import { createNavigator } from '../../src/screens/all-screens';
import type { Navigator } from '../../src/screens/navigator';
import type { RawSettings } from '../../src/settings/settings';
import { createSettingsScreens } from '../../src/desk/settings-screens';
import { heardAt, placeOf, root, surroundings, tell } from '../screens/stories';

/** The display's screens in this process, touched as the real one is: they know where its buttons are. */
export class ShadowDisplay {
  private readonly navigator: Navigator;
  private readonly screens: ReturnType<typeof createSettingsScreens>;
  private now = heardAt + 100;

  constructor(values: RawSettings) {
    const settings = resolveSettings([{ values, describe: (name) => name }]);
    this.screens = createSettingsScreens({
      settings,
      origin: { file: '/nonexistent/settings.json', inFile: values, elsewhere: new Map(), notice: undefined },
      log: { info: () => undefined, warn: () => undefined },
      clock: { monotonic: () => this.now, wall: () => new Date() },
      supervised: false,
      apply: () => undefined,
      changed: () => undefined,
      end: () => undefined,
    });
    this.navigator = createNavigator(tell({ modules: 16, current: 124, voltage: 49.4 }), {
      width: 800,
      height: 480,
      root,
      palette: dayPalette,
      powerScale: settings.powerScale,
      animate: false,
      // The page of devices stands between the others, with whatever is on it.
      config: { ...this.screens.config, devices: devicesStory({ values }).devices },
    });
    this.update();
  }

  get screenName(): string {
    return this.navigator.screenName;
  }

  has(name: string): boolean {
    return this.navigator.targets.some((target) => target.name === name);
  }

  /** The middle of a button; touches it here too. */
  press(name: string): { readonly x: number; readonly y: number } {
    const place = placeOf(this.navigator.targets, name);
    for (const type of ['press', 'release'] as const) {
      this.navigator.pointer({ type, ...place });
      this.now += 300;
      this.update();
    }
    return place;
  }

  private update(): void {
    const preferences = this.screens.preferences();
    this.navigator.update({ ...surroundings(0), now: this.now, preferences, notice: this.screens.notice() });
  }
}

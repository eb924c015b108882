import type { MonitoredBattery } from '../model/site';
import { TextStyles } from '../render/text';
import { ConfigScreen } from './config/config-screen';
import type { ConfigParts } from './config/pages';
import { MainScreen, type MainScreenOptions } from './main/main-screen';
import { Navigator } from './navigator';
import { PlaceholderScreen } from './placeholder-screen';
import type { ScreenName } from './screen';

/** The navigator over all screens of one battery, showing `first`. */
export function createNavigator(
  battery: MonitoredBattery,
  options: Omit<MainScreenOptions, 'styles'> & { readonly config?: ConfigParts },
  first?: ScreenName,
): Navigator {
  const styles = new TextStyles();
  return new Navigator((name) => {
    switch (name) {
      case 'main':
        return new MainScreen(battery, { ...options, styles });
      case 'soc-log':
      case 'cells':
      case 'power-log':
        return new PlaceholderScreen(name, { ...options, styles });
      case 'settings':
        return new ConfigScreen({ ...options, styles });
    }
  }, first);
}

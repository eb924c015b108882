import type { MonitoredBattery } from '../model/site';
import { TextStyles } from '../render/text';
import { AlarmsScreen } from './alarms/alarms-screen';
import { MainScreen, type MainScreenOptions } from './main/main-screen';
import { Navigator } from './navigator';
import { PlaceholderScreen } from './placeholder-screen';
import type { ScreenName } from './screen';
import { SocLogScreen } from './soc-log/soc-log-screen';

/** The navigator over all screens of one battery, showing `first`. */
export function createNavigator(
  battery: MonitoredBattery,
  options: Omit<MainScreenOptions, 'styles'>,
  first?: ScreenName,
): Navigator {
  const styles = new TextStyles();
  return new Navigator((name) => {
    switch (name) {
      case 'main':
        return new MainScreen(battery, { ...options, styles });
      case 'soc-log':
        return new SocLogScreen(battery, { ...options, styles });
      case 'alarms':
        return new AlarmsScreen(battery, { ...options, styles });
      case 'cells':
      case 'power-log':
      case 'settings':
        return new PlaceholderScreen(name, { ...options, styles });
    }
  }, first);
}

import type { MonitoredBattery } from '../model/site';
import { TextStyles } from '../render/text';
import { AlarmsScreen } from './alarms/alarms-screen';
import { CellsScreen } from './cells/cells-screen';
import { MainScreen, type MainScreenOptions } from './main/main-screen';
import { Navigator } from './navigator';
import { PowerLogScreen } from './power-log/power-log-screen';
import { PowerZoom } from './power-zoom';
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
  const powerZoom = new PowerZoom();
  return new Navigator((name) => {
    switch (name) {
      case 'main':
        return new MainScreen(battery, { ...options, styles, powerZoom });
      case 'soc-log':
        return new SocLogScreen(battery, { ...options, styles });
      case 'alarms':
        return new AlarmsScreen(battery, { ...options, styles });
      case 'cells':
        return new CellsScreen(battery, { ...options, styles });
      case 'power-log':
        return new PowerLogScreen(battery, { ...options, styles, powerZoom });
      case 'settings':
        return new PlaceholderScreen(name, { ...options, styles });
    }
  }, first);
}

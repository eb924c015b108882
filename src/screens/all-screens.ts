import type { DeviceAlarms, MonitoredBattery, OtherDevice, ShownBattery } from '../model/site';
import { TextStyles } from '../render/text';
import { AlarmsScreen } from './alarms/alarms-screen';
import type { CalibrationDesk } from './calibration/calibration-desk';
import { CalibrationScreen } from './calibration/calibration-screen';
import { CellsScreen } from './cells/cells-screen';
import { ConfigScreen } from './config/config-screen';
import { LockedSettings } from './config/locked-settings';
import type { ConfigParts } from './config/pages';
import { chargerPage } from './device/charger-page';
import { DeviceScreen, type DeviceScreenOptions } from './device/device-screen';
import { meterPage } from './device/meter-page';
import { EnergyScreen } from './energy/energy-screen';
import { MainScreen, type MainScreenOptions } from './main/main-screen';
import { Navigator, type WelcomePlace } from './navigator';
import { PowerLogScreen } from './power-log/power-log-screen';
import { PowerZoom } from './power-zoom';
import type { Screen, ScreenName } from './screen';
import { SocLogScreen } from './soc-log/soc-log-screen';
import { WelcomeScreen } from './welcome/welcome-screen';

/** The battery that `read` returns, whichever it is at the moment: for screens that outlive the choice of another. */
export function whichever(read: () => ShownBattery): ShownBattery {
  return {
    get battery() {
      return read().battery;
    },
    get powerLog() {
      return read().powerLog;
    },
    get socLog() {
      return read().socLog;
    },
    get alarmsOf() {
      return read().alarmsOf;
    },
    get alarms() {
      return read().alarms;
    },
  };
}

/**
 * The navigator over all screens of one battery, showing `first`.
 *
 * @param all whose alarms are listed; default: those of `battery` alone
 * @param find finds a device of several, whose own screen is opened
 * @param show is called with the name of another battery, or the bank, that was chosen; see `whichever`
 * @param welcome when there is one, and what else it does
 * @param calibration of the touch panel, where there is one
 */
export function createNavigator(
  battery: ShownBattery,
  options: Omit<MainScreenOptions, 'styles'> & { readonly config?: ConfigParts },
  first?: ScreenName,
  show?: (device: string) => void,
  all?: () => Iterable<DeviceAlarms>,
  find?: (device: string) => MonitoredBattery | OtherDevice | undefined,
  welcome?: Omit<WelcomePlace, 'make'>,
  calibration?: CalibrationDesk,
): Navigator {
  const styles = new TextStyles();
  const powerZoom = new PowerZoom();
  return new Navigator(
    (name) => {
      switch (name) {
        case 'main':
          return new MainScreen(battery, { ...options, styles, powerZoom });
        case 'soc-log':
          return new SocLogScreen(battery, { ...options, styles });
        case 'alarms':
          return new AlarmsScreen(battery, { ...options, styles }, all);
        case 'cells':
          return new CellsScreen(battery, { ...options, styles });
        case 'power-log':
          return new PowerLogScreen(battery, { ...options, styles, powerZoom });
        case 'settings': {
          const settings = new ConfigScreen({ ...options, styles });
          const lock = options.config?.lock;
          return lock === undefined ? settings : new LockedSettings(settings, lock, { ...options, styles });
        }
      }
    },
    first,
    show,
    (name, page) => {
      const found = find?.(name);
      if (found === undefined) return undefined;
      const own = { ...options, styles, powerZoom };
      const isBattery = 'battery' in found;
      if (page === 'energy') return new EnergyScreen(isBattery ? found.battery : found.device, battery, own);
      return isBattery ? new MainScreen(found, { ...own, own: true }) : otherScreen(found, own);
    },
    options.config?.kiosk,
    welcome && {
      make: () => new WelcomeScreen({ ...options, styles }),
      stands: (now) => welcome.stands(now),
      dismiss: () => welcome.dismiss(),
      demonstrate: () => welcome.demonstrate(),
    },
    calibration && {
      make: () => new CalibrationScreen({ ...options, styles }, calibration),
      get stands() {
        return calibration.stands;
      },
    },
  );
}

function otherScreen(
  found: OtherDevice,
  options: DeviceScreenOptions & { readonly config?: ConfigParts },
): Screen {
  const { device, kind } = found;
  const page = kind === 'meter' ? meterPage : chargerPage;
  const lock = options.config?.lock;
  return new DeviceScreen(found, { ...options, ...(lock && { lock }) }, page, () =>
    options.config?.devices?.live(device.name),
  );
}

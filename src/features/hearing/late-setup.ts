import type { SetupServices } from '../../desk/device-setup';
import type { Settings } from '../../settings/settings';

/** What adds devices; its code is loaded when it is first used. */
export function lateSetup(settings: Settings): SetupServices {
  let loaded: Promise<SetupServices> | undefined;
  const services = (): Promise<SetupServices> =>
    (loaded ??= import('./setup-services').then(({ setupServices }) => setupServices(settings)));
  return {
    search: async (...args) => (await services()).search(...args),
    ports: async () => (await services()).ports(),
    check: async (...args) => (await services()).check(...args),
    tryReading: async (...args) => (await services()).tryReading(...args),
  };
}

/** dBm of Bluetooth devices when they were last searched for; what knows that is loaded when it is first asked for. */
export function lateSignals(): (address: string) => number | undefined {
  let signal: ((address: string) => number | undefined) | undefined;
  let asked = false;
  return (address) => {
    if (!asked) {
      asked = true;
      void import('../../io/links/bluetooth-link').then((module) => {
        signal = module.bluetoothSignal;
      });
    }
    return signal?.(address);
  };
}

import type { WifiTrouble } from '../../model/wifi-reports';
import { BusError } from '../system-bus/system-bus';
import { networkManager } from './names';

/** What a failed call to NetworkManager means for the owner. */
export function asWifiTrouble(error: unknown): WifiTrouble {
  if (!(error instanceof BusError)) return { code: 'wifi-failed', values: { reason: String(error) } };
  const { reason, message } = error;
  switch (reason) {
    case 'gone':
    case 'org.freedesktop.DBus.Error.ServiceUnknown':
    case 'org.freedesktop.DBus.Error.NameHasNoOwner':
    case 'org.freedesktop.DBus.Error.NoReply':
      return { code: 'wifi-no-manager', values: {} };
    case 'late':
      return { code: 'wifi-silent', values: {} };
    case 'org.freedesktop.DBus.Error.AccessDenied':
    case `${networkManager}.PermissionDenied`:
    case `${networkManager}.Settings.PermissionDenied`:
    case `${networkManager}.Device.PermissionDenied`:
      return { code: 'wifi-not-permitted', values: {} };
    case 'org.freedesktop.DBus.Error.UnknownObject':
    case `${networkManager}.UnknownDevice`:
      return { code: 'wifi-no-adapter', values: {} };
    default:
      return {
        code: 'wifi-failed',
        values: { reason: message === '' ? (reason.split('.').at(-1) ?? reason) : message },
      };
  }
}

import type { LinkReport } from '../../model/link-reports';
import { LinkError } from '../links/link-opener';
import { BusError } from '../system-bus/system-bus';

/** What a failed call to BlueZ means for the owner. @param address of the device concerned; '' for the adapter itself */
export function asLinkError(error: unknown, address: string): LinkError {
  if (error instanceof LinkError) return error;
  if (!(error instanceof BusError)) return new LinkError(failedReport(address, String(error)), false);
  const report = reportOf(error, address);
  return new LinkError(report, waitsFor.has(report.code));
}

/** Reports of something absent, which can be watched for. */
const waitsFor: ReadonlySet<LinkReport['code']> = new Set([
  'bluetooth-no-bus',
  'bluetooth-no-service',
  'bluetooth-no-adapter',
]);

function reportOf({ reason, message }: BusError, address: string): LinkReport {
  switch (reason) {
    case 'gone':
      return { code: 'bluetooth-no-bus', values: {} };
    case 'aborted':
      return { code: 'link-closed', values: { place: address } };
    case 'late':
      return { code: 'bluetooth-service-silent', values: {} };
    case 'org.freedesktop.DBus.Error.AccessDenied':
      return { code: 'bluetooth-forbidden', values: {} };
    case 'org.freedesktop.DBus.Error.ServiceUnknown':
    case 'org.freedesktop.DBus.Error.NameHasNoOwner':
    case 'org.freedesktop.DBus.Error.NoReply':
      return { code: 'bluetooth-no-service', values: {} };
    case 'org.freedesktop.DBus.Error.UnknownObject':
      // It was removed in the meantime.
      return address === ''
        ? { code: 'bluetooth-no-adapter', values: {} }
        : { code: 'bluetooth-not-heard', values: { address } };
    case 'org.bluez.Error.NotReady':
      return { code: 'bluetooth-off', values: {} };
    case 'org.bluez.Error.Blocked':
      return { code: 'bluetooth-blocked', values: {} };
    default:
      return failedReport(address, message === '' ? (reason.split('.').at(-1) ?? reason) : message);
  }
}

function failedReport(address: string, reason: string): LinkReport {
  return address === ''
    ? { code: 'bluetooth-adapter-failed', values: { reason } }
    : { code: 'bluetooth-not-connected', values: { address, reason } };
}

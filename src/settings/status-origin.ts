import type { StatusOrigin } from '../protocol/complete-status';
import type { Settings } from './settings';

/**
 * Whose values a CompleteStatus of this display holds, and which way they came.
 *
 * @param type of the device, or `bank`; by default what the settings name as source, `evtv-mqtt` where it is a receiver
 */
export function statusOrigin(
  { mqtt, source, bmsId }: Pick<Settings, 'mqtt' | 'source' | 'bmsId'>,
  type = `evtv-${mqtt === 'receiver' ? 'mqtt' : source}`,
): StatusOrigin {
  return { bmsId: bmsId === '' ? null : bmsId, source: type };
}

import type { StatusOrigin } from '../protocol/complete-status';
import type { Settings } from './settings';

/** Whose values a CompleteStatus of this display holds, and which way they came: `evtv-mqtt` where it is a receiver. */
export function statusOrigin({
  mqtt,
  source,
  bmsId,
}: Pick<Settings, 'mqtt' | 'source' | 'bmsId'>): StatusOrigin {
  return {
    bmsId: bmsId === '' ? null : bmsId,
    source: `evtv-${mqtt === 'receiver' ? 'mqtt' : source}`,
  };
}

import { access } from 'node:fs/promises';
import type { LinkReport } from '../model/link-reports';
import type { SerialTrouble } from './serial-port';

const codes = {
  absent: 'serial-absent',
  busy: 'serial-busy',
  forbidden: 'serial-forbidden',
  'not serial': 'serial-other-kind',
  failed: 'serial-failed',
} as const;

/** Why a serial port can't be opened. */
export function serialReport(trouble: SerialTrouble, device: string): LinkReport {
  return { code: codes[trouble], values: { device } };
}

/** True when the adapter of a serial port is plugged in. */
export async function isPluggedIn(device: string): Promise<boolean> {
  return access(device).then(
    () => true,
    () => false,
  );
}

import { access } from 'node:fs/promises';
import type { SerialTrouble } from './serial-port';

/** Why a serial port can't be opened, in words without a full stop. */
export function serialTroubleInWords(trouble: SerialTrouble, device: string): string {
  switch (trouble) {
    case 'absent':
      return `No adapter at ${device}`;
    case 'busy':
      return `${device} is taken by another program`;
    case 'forbidden':
      return `${device} needs more rights: those of the group dialout`;
    case 'not serial':
      return `${device} is not a serial port`;
    case 'failed':
      return `${device} can't be opened`;
  }
}

/** True when the adapter of a serial port is plugged in. */
export async function isPluggedIn(device: string): Promise<boolean> {
  return access(device).then(
    () => true,
    () => false,
  );
}

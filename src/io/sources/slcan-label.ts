import { basename } from 'node:path';

/** Two words for the status strip; of a long name, as in /dev/serial/by-id, the end. */
export function slcanLabel(device: string): string {
  return `SLCAN ${basename(device).slice(-12)}`;
}

import { basename } from 'node:path';

/** Two words for the status strip. */
export function slcanLabel(device: string): string {
  return `SLCAN ${shortName(device)}`;
}

/** The last part of a path; of a long one, as in /dev/serial/by-id, its end. */
export function shortName(device: string): string {
  return basename(device).slice(-12);
}

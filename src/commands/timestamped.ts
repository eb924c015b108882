import { isPlausible } from '../base/clock';

/** What is told of a moment, without its time of day while the machine can't know it: one without a clock starts in 1970. */
export function timestamped<T extends { readonly timestamp: string }>(
  told: T,
  wall: Date,
): Omit<T, 'timestamp'> & { readonly timestamp: string | null } {
  return { ...told, timestamp: isPlausible(wall) ? told.timestamp : null };
}

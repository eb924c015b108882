import { noiseAt, smoothNoise } from './random';

// What a cruising boat at anchor takes in a day. Times are seconds since the first midnight, and every function is of the time
// alone.

const hour = 3600;
const day = 24 * hour;

/** What a boat's consumers take, W. */
export interface BoatLoad {
  /** At 12 V: fridge, instruments, pump, lights. */
  readonly direct: number;
  /** Through the inverter: a kettle and a laptop. */
  readonly inverter: number;
}

/** What the consumers of a boat take at a time; the same for the same seed. */
export function boatLoad(time: number, seed: number): BoatLoad {
  const timeOfDay = time % day;
  const today = seed + 31 * Math.floor(time / day);
  let direct = 14 + 6 * smoothNoise(seed + 11, time / 20);
  // A compressor that runs 13 of every 34 minutes.
  if (time % 2040 < 780) direct += 52;
  if (isAround(timeOfDay, 19.2, 23.1)) direct += 38;
  // Half a minute of the water pump, now and then while somebody is up.
  if (isAround(timeOfDay, 6.5, 22.5) && noiseAt(seed + 12, Math.floor(time / 600)) < 0.3 && time % 600 < 30)
    direct += 70;
  let inverter = 0;
  if (isAround(timeOfDay, 9, 12) || isAround(timeOfDay, 14, 17))
    inverter += 42 + 15 * smoothNoise(seed + 13, time / 40);
  for (const [i, about] of [7.1, 9.8, 10.72, 13.2, 16.1, 20].entries()) {
    const since = timeOfDay - (about + 0.2 * noiseAt(today, i)) * hour;
    if (since >= 0 && since < 240) inverter += 850;
  }
  return { direct, inverter };
}

function isAround(timeOfDay: number, from: number, to: number): boolean {
  return timeOfDay >= from * hour && timeOfDay < to * hour;
}

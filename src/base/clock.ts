/** Time, injected everywhere so that tests and the accelerated simulator can set it. */
export interface Clock {
  /** Milliseconds that never jump: for ages, intervals and animation. */
  monotonic(): number;
  /** The time of day. It may jump by years at the first synchronisation of a machine without a clock of its own. */
  wall(): Date;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => new Date(),
};

/** False while a machine without a clock of its own has not been told the time. */
export function isPlausible(wall: Date): boolean {
  return wall.getFullYear() >= 2024;
}

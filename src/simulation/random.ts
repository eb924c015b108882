/** Numbers in 0 (included) to 1 (not), the same row for the same seed. */
export type Random = () => number;

/** A small fast generator (mulberry32) for simulations: good to look at, not for secrets. Any number will do as seed. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    return scramble(state) / 0x1_0000_0000;
  };
}

/** The number 0..1 that belongs to a place: the same for the same seed and place, with nothing to remember. */
export function noiseAt(seed: number, place: number): number {
  return scramble(Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(place | 0, 0x85ebca6b)) / 0x1_0000_0000;
}

/** Noise 0..1 that runs smoothly through one number for each whole `place`. */
export function smoothNoise(seed: number, place: number): number {
  const whole = Math.floor(place);
  const between = place - whole;
  const blend = between * between * (3 - 2 * between);
  return noiseAt(seed, whole) * (1 - blend) + noiseAt(seed, whole + 1) * blend;
}

function scramble(state: number): number {
  let x = Math.imul(state ^ (state >>> 15), 1 | state);
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
  return (x ^ (x >>> 14)) >>> 0;
}

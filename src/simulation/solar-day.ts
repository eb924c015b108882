import { noiseAt, smoothNoise } from './random';

// One sunny household, the same day again and again but for its clouds and kettles. Every function is of the time
// alone, so that a day looks the same however it is stepped through. Times are seconds since the first midnight.

const hour = 3600;
const day = 24 * hour;
const sunrise = 6 * hour;
const sunset = 20 * hour;

/** What the panels give at noon under a clear sky, W, for one module of battery. */
export const panelWattsPerModule = 760;

/** Modules that the household of `householdPower` fits; it grows and shrinks with the battery. */
export const modulesPerHousehold = 7;

/** What the sun gives, 0 (night) to 1 (noon under a clear sky). */
export function sunshine(time: number, seed: number): number {
  const timeOfDay = time % day;
  if (timeOfDay <= sunrise || timeOfDay >= sunset) return 0;
  const height = Math.sin((Math.PI * (timeOfDay - sunrise)) / (sunset - sunrise));
  return height ** 1.2 * clearness(time, seed);
}

/** What clouds let through: banks of a quarter of an hour, with ragged edges of less than a minute. */
function clearness(time: number, seed: number): number {
  const bank = smoothNoise(seed + 1, time / 900);
  const edge = smoothNoise(seed + 2, time / 45);
  const cloud = Math.min(Math.max((bank + 0.25 * edge - 0.62) * 4, 0), 1);
  return 1 - 0.72 * cloud;
}

/** What a household for seven modules takes, W: appliances that start and stop over what never sleeps. */
export function householdPower(time: number, seed: number): number {
  const timeOfDay = time % day;
  const today = Math.floor(time / day);
  let watts = 190 + 60 * smoothNoise(seed + 3, time / 20);
  watts += fridge(time);
  if (timeOfDay >= 17 * hour || timeOfDay < 7.5 * hour) watts += heatPump(time);
  watts += kettles(timeOfDay, seed + 31 * today);
  if (between(timeOfDay, 11.2, 12.4)) watts += washing(timeOfDay - 11.2 * hour);
  if (between(timeOfDay, 17.9, 19.3)) watts += cooking(timeOfDay, seed + 31 * today);
  if (between(timeOfDay, 18.5, 23.4) || between(timeOfDay, 6.2, 7.8)) watts += 260;
  if (between(timeOfDay, 19.4, 22.9)) watts += 170;
  return watts;
}

function between(timeOfDay: number, from: number, to: number): boolean {
  return timeOfDay >= from * hour && timeOfDay < to * hour;
}

/** A compressor that runs 13 of every 34 minutes. */
function fridge(time: number): number {
  return time % 2040 < 780 ? 115 : 0;
}

/** Runs three of every four quarters of an hour, from the evening to the morning. */
function heatPump(time: number): number {
  return time % hour < 2700 ? 1550 : 25;
}

/** Nine kettles a day, three minutes each, each at its own minute. */
function kettles(timeOfDay: number, seed: number): number {
  for (const [i, about] of [6.6, 7.2, 9.5, 10.75, 11, 13.1, 15.6, 18.1, 20.8].entries()) {
    const since = timeOfDay - (about + 0.15 * noiseAt(seed, i)) * hour;
    if (since >= 0 && since < 180) return 2100;
  }
  return 0;
}

/** Heats for a quarter of an hour, then tumbles this way and that, then spins. */
function washing(since: number): number {
  if (since < 900) return 1950;
  if (since > 3700) return 480;
  return since % 16 < 10 ? 190 : 20;
}

/** An oven that its thermostat switches, and hobs that somebody turns up and down. */
function cooking(timeOfDay: number, seed: number): number {
  const oven = timeOfDay % 150 < 80 ? 2300 : 0;
  const hobs = 1800 * Math.floor(3 * noiseAt(seed, Math.floor(timeOfDay / 240))) * 0.5;
  return oven + hobs;
}

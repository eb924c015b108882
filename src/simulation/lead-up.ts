import { SimulatedBoat, type BoatCounts, type SimulatedBoatOptions } from './simulated-boat';
import { SimulatedPack, type SimulatedPackOptions } from './simulated-pack';

// What went before the moment at which a demonstration begins, a second in a second: the same simulation on the days before. The
// latest part is computed twice in the same steps, for what is shown of it and to begin where it ends, so that nothing jumps.

/** Days of it. */
export const leadUpDays = 31;
/** s at its end that what is shown live is computed from: more than a day, for what is counted by day. */
export const latestPart = 25 * 3600;
/** s of a step in that part. */
export const latestStep = 60;
/** s of a step before that part. */
export const earlierStep = 100;

const day = 86_400;
/** s after midnight at which it begins and ends: the sun is well up, and there is something to see. */
const timeOfDay = (10 + 40 / 60) * 3600;
const latestStart = timeOfDay + leadUpDays * day - latestPart;

/** Three days of rain that nearly empty a battery, and some clouds now and then. */
const packSky: Readonly<Record<number, number>> = { 9: 0.6, 17: 0.1, 18: 0.05, 19: 0.3, 26: 0.7 };
const boatSky: Readonly<Record<number, number>> = {
  8: 0.4,
  15: 0.05,
  16: 0.02,
  17: 0.1,
  28: 0.25,
  29: 0.15,
  30: 0.4,
};

/** Which of the two parts. */
export type LeadUpPart = 'earlier' | 'latest';

/** A battery at the beginning of a part. */
export function packBefore(
  part: LeadUpPart,
  options: Pick<SimulatedPackOptions, 'modules' | 'seed'>,
): SimulatedPack {
  const sky = (number: number): number => packSky[number] ?? 1;
  return part === 'earlier'
    ? new SimulatedPack({ ...options, sky, startOfDay: timeOfDay, longestStep: earlierStep })
    : new SimulatedPack({
        ...options,
        sky,
        startOfDay: latestStart,
        stateOfCharge: 0.454,
        longestStep: latestStep,
      });
}

/** The battery that a demonstration begins with, at the end of it all; in pieces, as it takes some time. */
export function* packAfterLeadUp(
  options: Pick<SimulatedPackOptions, 'modules' | 'seed'>,
): Generator<void, SimulatedPack> {
  const pack = packBefore('latest', options);
  for (let passed = 0; passed < latestPart; passed += latestStep) {
    pack.advance(latestStep);
    yield;
  }
  return pack;
}

/** What the devices of a boat have counted at the beginning of the latest part, Wh. */
const countedBefore = { solar: 118_400, load: 116_900, inverter: 30_400 } as const;

/** Of a boat that has a past. */
export interface LeadUpOptions extends SimulatedBoatOptions {
  /** s since midnight on the clock on the wall when the demonstration begins: by that its devices count. */
  readonly wallTimeOfDay: number;
}

/** A boat at the beginning of a part. */
export function boatBefore(part: LeadUpPart, { wallTimeOfDay, ...options }: LeadUpOptions): SimulatedBoat {
  const sky = (number: number): number => boatSky[number] ?? 1;
  const back = part === 'earlier' ? leadUpDays * day : latestPart;
  const counted: BoatCounts = { ...countedBefore, timeOfDay: (((wallTimeOfDay - back) % day) + day) % day };
  return part === 'earlier'
    ? new SimulatedBoat({ ...options, sky, counted, startsAt: timeOfDay, stateOfCharge: 0.9 })
    : new SimulatedBoat({ ...options, sky, counted, startsAt: latestStart, stateOfCharge: 0.381 });
}

/** The boat that a demonstration begins with, at the end of it all; in pieces. Its clock runs from the return on. */
export function* boatAfterLeadUp(options: LeadUpOptions): Generator<void, SimulatedBoat> {
  const boat = boatBefore('latest', options);
  for (let passed = 0; passed < latestPart; passed += latestStep) {
    boat.skip(latestStep);
    yield;
  }
  boat.begin();
  return boat;
}

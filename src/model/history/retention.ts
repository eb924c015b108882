import { block } from './tiers';

/** Blocks with data that a time must have behind it before anything is thrown away on its word: a day's worth. */
const witnesses = 12;
/** ms in which they must lie for the display to count as running on. */
const running = 48 * 3_600_000;

/**
 * The time that retention is counted from: the newest one that can be believed. A clock that is wrong, years ahead or years
 * behind, must not make good data look old. So what lies in the future of `now` has no say, and a time is believed once
 * a day's worth of data was heard around it; until then the past is kept longer than it need be, never shorter. A display
 * that comes back after a winter throws the autumn's raw values away after a day, not at once.
 *
 * @param newestBlocks starts (ms since 1970) of the blocks that have data, newest first; twelve that are not after `now` are enough
 * @param now the wall clock, ms since 1970
 * @returns `undefined` while there is too little to tell: nothing is to be thrown away
 */
export function retentionReference(newestBlocks: readonly number[], now: number): number | undefined {
  const believed = newestBlocks.filter((start) => start <= now);
  const [newest] = believed;
  const witness = believed[witnesses - 1];
  if (newest === undefined || witness === undefined) return undefined;
  return (newest - witness < running ? newest : witness) + block;
}

import type { Coded, NoValues } from './coded';

interface Version {
  readonly version: string;
}

/** Bytes of a release that have come, of all. */
interface Receiving extends Version {
  readonly received: number;
  readonly size: number;
}

/** What an update is doing, by code; within one update a code is one step. */
export interface UpdateSteps {
  readonly looking: NoValues;
  readonly asking: NoValues;
  readonly downloading: Receiving;
  readonly copying: Receiving;
  readonly unpacking: Version;
  readonly 'trying-out': Version;
  readonly starting: Version;
  readonly watching: Version;
  /** There is no update: the machine restarts. */
  readonly restarting: { readonly reason: string };
}

/** One of them. */
export type UpdateStep = Coded<UpdateSteps>;

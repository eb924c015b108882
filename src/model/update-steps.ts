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
  readonly restarting: NothingFound;
}

/** One of them. */
export type UpdateStep = Coded<UpdateSteps>;

/** Where a release was looked for, and none was found. */
export interface NothingFound {
  readonly stick: 'absent' | 'without release';
  /** The server of the update address, which was not reached; `undefined` where no address is set. */
  readonly server: Unreached | undefined;
}

/** A server that was not reached. */
export interface Unreached {
  readonly host: string;
  /** `undefined`: it did not answer. */
  readonly reason: string | undefined;
}

/** What is wrong with a release that was put on trial. */
export type ReleaseFault =
  | 'not started'
  | 'no picture'
  | 'not kept running'
  | 'not watched'
  | 'switched off meanwhile'
  | 'picture too short';

/** How an update ended; versions such as `1.2.0`. */
export interface UpdateOutcomes {
  readonly installed: Version;
  readonly 'up-to-date': Version;
  /** `back`: the version that is in use again. */
  readonly 'given-up': Version & { readonly fault: ReleaseFault; readonly back: string };
}

/** One of them. */
export type UpdateOutcome = Coded<UpdateOutcomes>;

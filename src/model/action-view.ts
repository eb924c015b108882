import type { Coded, NoValues } from './coded';
import type { DiskTrouble } from './recorder-reports';
import type { CopyReports } from './stick-reports';

/** How that goes which a touch has started. */
export interface ActionReports extends CopyReports {
  readonly 'log-not-erased': { readonly trouble: DiskTrouble };
  /** There is no log that could be erased. */
  readonly 'log-nowhere': { readonly reason: string };
  readonly 'update-looking': NoValues;
  /** Nothing on this machine installs updates. */
  readonly 'update-not-installed': NoValues;
  readonly 'update-not-begun': NoValues;
  readonly 'update-broke-off': NoValues;
  /** `words`: of the program that installs the update, which may be of another version. */
  readonly 'update-told': { readonly words: string };
  readonly 'settings-saving': NoValues;
  readonly 'settings-saved': NoValues;
  /** `why`: the sentence of the user's mistake. */
  readonly 'settings-refused': { readonly why: string };
  readonly 'settings-not-saved': { readonly reason: string };
}

/** One of them. */
export type ActionReport = Coded<ActionReports>;

/** What a screen shows of something that takes a while and was started by a touch, such as copying the log. */
export interface ActionView {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  /** What is being done, what was done, or why it could not be; `undefined` when idle. */
  readonly report: ActionReport | undefined;
  /** Part that is done, 0 to 1; `undefined` where that is not known. */
  readonly progress: number | undefined;
}

/** Nothing has been started yet. */
export const idleAction: ActionView = { state: 'idle', report: undefined, progress: undefined };

import type { Coded, NoValues } from './coded';
import type { SourceReports } from './source-status';

/** What stands in the way while a device is set up, beside all that a source reports. */
export interface SetupReports extends SourceReports {
  readonly 'setup-name-taken': { readonly name: string };
  readonly 'setup-name-wrong': NoValues;
  /** `most`: devices that a site can have. */
  readonly 'setup-too-many': { readonly most: number };
  /** `why`: the message of the error, as for the settings file. */
  readonly 'setup-refused': { readonly why: string };
  /** The way in is open, but no value came within so many seconds. */
  readonly 'setup-no-values': { readonly place: string; readonly seconds: number };
  readonly 'setup-failed': { readonly reason: string };
}

/** One of them. */
export type SetupReport = Coded<SetupReports>;

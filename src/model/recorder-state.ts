/** How a recorder is, for the screens. */
export interface RecorderState<Report> {
  /** `up`: all is kept; `behind`: it waits in memory, nothing is lost; `down`: it can't be kept, and may get lost. */
  readonly state: 'up' | 'behind' | 'down';
  readonly report: Report;
}

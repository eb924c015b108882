/** How a recorder is, for the screens. */
export interface RecorderState {
  /** `up`: all is kept; `behind`: it waits in memory, nothing is lost; `down`: it can't be kept, and may get lost. */
  readonly state: 'up' | 'behind' | 'down';
  /** One sentence for people. */
  readonly text: string;
  /** The same in a few words, where it is `down`: `Not logging: the disk is full`. */
  readonly short?: string;
}

/** What a screen shows of something that takes a while and was started by a touch, such as copying the log. */
export interface ActionView {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  /** One sentence for people: what is being done, what was done, or why it could not be and what to do. Empty when idle. */
  readonly text: string;
  /** Part that is done, 0 to 1; `undefined` where that is not known. */
  readonly progress: number | undefined;
}

/** Nothing has been started yet. */
export const idleAction: ActionView = { state: 'idle', text: '', progress: undefined };

import { idleAction, type ActionReport, type ActionView } from '../../model/action-view';
import type { ServiceActions } from '../../screens/config/service';
import type { SoftwareUpdate } from '../../update/software-update';

/** The log as the service page sees it. */
export interface KeptLog {
  /** COPY LOG. */
  readonly copy: { start(): void; cancel(): void; readonly view: ActionView };
  /** RESET LOG: resolves with what keeps the log from being erased; else the program ends. */
  reset(): Promise<ActionReport | undefined>;
}

/** What carries the buttons of the service page out; it is loaded only after the first picture. */
export class LateService {
  /** What keeps the log, once it is there. */
  recording: KeptLog | undefined;
  /** What asks for updates, once it is there. */
  update: SoftwareUpdate | undefined;
  private resetView: ActionView = idleAction;

  /**
   * @param withLog a log is kept, so that it can be copied and erased
   * @param changed something looks different now
   */
  constructor(
    private readonly withLog: boolean,
    private readonly changed: () => void,
  ) {}

  /** For the service page, from the start on. */
  actions(): Omit<ServiceActions, 'exit'> {
    const view = (find: () => { readonly view: ActionView } | undefined) => () => find()?.view ?? idleAction;
    const copyView = view(() => this.recording?.copy);
    const updateView = view(() => this.update);
    const resetView = (): ActionView => this.resetView;
    const update = {
      start: () => this.update?.start(),
      get view() {
        return updateView();
      },
    };
    if (!this.withLog) return { update };
    return {
      update,
      resetLog: {
        start: () => void this.reset(),
        get view() {
          return resetView();
        },
      },
      copyLog: {
        start: () => this.recording?.copy.start(),
        cancel: () => this.recording?.copy.cancel(),
        get view() {
          return copyView();
        },
      },
    };
  }

  private async reset(): Promise<void> {
    const report = await this.recording?.reset();
    if (report === undefined) return;
    this.resetView = { state: 'failed', report, progress: undefined };
    this.changed();
  }
}

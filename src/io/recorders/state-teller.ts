import { sameCoded } from '../../model/coded';
import type { RecorderState } from '../../model/recorder-state';

/** Tells of a recorder when its state or its report has become another one; a number beside them that grows is not told each time. */
export class StateTeller<Status extends RecorderState<unknown>> {
  private told: RecorderState<unknown> | undefined;

  /** @param changed who is told */
  constructor(private readonly changed: ((status: Status) => void) | undefined) {}

  /** How it is now. */
  tell(status: Status): void {
    const { state, report } = status;
    if (sameCoded(this.told, { state, report })) return;
    this.told = { state, report };
    this.changed?.(status);
  }
}

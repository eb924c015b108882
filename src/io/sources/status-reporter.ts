import { sameCoded } from '../../model/coded';
import type { SourceReport, SourceStatus } from '../../model/source-status';
import type { FrameSink } from './frame-source';

/** Tells the sink about each change of a source's status, and about nothing else. */
export class StatusReporter {
  private last: SourceStatus | undefined;

  constructor(
    private readonly sink: Pick<FrameSink, 'status'>,
    private readonly label: string,
  ) {}

  /** Reports, unless that is what was reported last. @param nextTry s until the source tries again */
  report(state: SourceStatus['state'], report: SourceReport, nextTry?: number): void {
    const status = { state, label: this.label, report, ...(nextTry !== undefined && { nextTry }) };
    if (sameCoded(this.last, status)) return;
    this.last = status;
    this.sink.status(status);
  }
}

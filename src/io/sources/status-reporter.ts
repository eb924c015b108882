import type { FrameSink, SourceStatus } from './frame-source';

/** Tells the sink about each change of a source's status, and about nothing else. */
export class StatusReporter {
  private last: SourceStatus | undefined;

  constructor(
    private readonly sink: Pick<FrameSink, 'status'>,
    private readonly label: string,
  ) {}

  /** Reports, unless that is what was reported last. */
  report(state: SourceStatus['state'], text: string, note?: string): void {
    if (this.last?.state === state && this.last.text === text) return;
    this.last = { state, label: this.label, text, ...(note !== undefined && { note }) };
    this.sink.status(this.last);
  }
}

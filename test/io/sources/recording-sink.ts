import type { CanFrame } from '../../../src/protocol/can-frame';
import type { FrameSink, RejectionCause } from '../../../src/io/sources/frame-source';
import type { SourceStatus } from '../../../src/model/source-status';
import { worded, type Worded } from '../../worded';

/** Remembers all that a source says and lets a test wait for it. */
export class RecordingSink implements FrameSink {
  readonly frames: CanFrame[] = [];
  readonly senders: (string | undefined)[] = [];
  readonly rejections: { readonly cause: RejectionCause; readonly detail: string | undefined }[] = [];
  readonly statuses: Worded<SourceStatus>[] = [];
  #waiters: { readonly condition: () => boolean; readonly resolve: () => void }[] = [];

  frame(frame: CanFrame, sender?: string): void {
    this.frames.push(frame);
    this.senders.push(sender);
    this.#check();
  }

  rejected(cause: RejectionCause, detail?: string): void {
    this.rejections.push({ cause, detail });
    this.#check();
  }

  status(status: SourceStatus): void {
    this.statuses.push(worded(status));
    this.#check();
  }

  /** The last one. */
  get text(): string | undefined {
    return this.statuses.at(-1)?.text;
  }

  /** Resolves as soon as something heard makes the condition true. */
  until(condition: (sink: this) => boolean): Promise<void> {
    const holds = (): boolean => condition(this);
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ condition: holds, resolve }));
  }

  #check(): void {
    const met = this.#waiters.filter(({ condition }) => condition());
    this.#waiters = this.#waiters.filter((waiter) => !met.includes(waiter));
    for (const { resolve } of met) resolve();
  }
}

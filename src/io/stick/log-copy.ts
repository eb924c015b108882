import { statfs } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock, type Clock } from '../../base/clock';
import { errorCode } from '../../base/error-code';
import { failureWords } from '../../base/failure-words';
import { idleAction, type ActionReport, type ActionView } from '../../model/action-view';
import type { CopyTrouble } from '../../model/stick-reports';
import { StickError } from './choose-stick';
import { copyToStick } from './copy-to-stick';
import { openStick, type Stick } from './stick';

/** ms between two reports of progress. */
const reportInterval = 250;
/** Part of the whole that copying takes; the rest is reading back. */
const copyingPart = 0.7;
/** ms until the kernel has noticed that what does not answer was pulled. */
const noticeDelay = 500;

/** What COPY LOG needs. */
export interface LogCopyParts {
  /** The log. */
  readonly path: string;
  /** Brings what is still in memory into the log. */
  readonly flush?: () => Promise<void>;
  /** Told whenever the view has changed. */
  readonly onChange?: (view: ActionView) => void;
  /** Finds and mounts the stick. Default: the real one. */
  readonly stick?: () => Promise<Stick>;
  readonly clock?: Pick<Clock, 'monotonic'>;
}

/** COPY LOG: copies the log to the stick named BATTERY. Nothing here throws: how it went is in the view. */
export class LogCopy {
  private shown: ActionView = idleAction;
  private running: AbortController | undefined;
  private done: Promise<void> = Promise.resolve();
  private reportedAt = -Infinity;

  constructor(private readonly parts: LogCopyParts) {}

  /** How it goes, for the service page. */
  get view(): ActionView {
    return this.shown;
  }

  /** Resolves when nothing is being copied. */
  get finished(): Promise<void> {
    return this.done;
  }

  /** Begins, unless it is going on. */
  start(): void {
    if (this.running !== undefined) return;
    const abort = new AbortController();
    this.running = abort;
    this.show(running({ code: 'copy-looking', values: {} }, undefined));
    this.done = this.copy(abort.signal)
      .catch((error: unknown): ActionView =>
        failed({ code: 'copy-failed', values: { reason: String(error) } }),
      )
      .then((view) => {
        this.running = undefined;
        this.show(view);
      });
  }

  /** Ends it; no half copy stays on the stick. Does nothing when none is going on. */
  cancel(): void {
    this.running?.abort();
  }

  private async copy(signal: AbortSignal): Promise<ActionView> {
    await this.parts.flush?.();
    const name = basename(this.parts.path);
    let stick: Stick;
    try {
      stick = await (this.parts.stick ?? openStick)();
    } catch (error) {
      return failed(
        error instanceof StickError
          ? error.report
          : { code: 'stick-not-opened', values: { reason: failureWords(error) } },
      );
    }
    try {
      const copied = await copyToStick(this.parts.path, stick, {
        signal,
        progress: (done, size, checking) => this.report(name, done, size, checking),
      });
      this.show(running({ code: 'copy-finishing', values: {} }, 1));
      const safe = await stick.release();
      const { version, largestFile } = stick;
      const values = { ...copied, version, largestFile, safe };
      return { state: 'done', report: { code: 'copy-done', values }, progress: 1 };
    } catch (error) {
      const trouble = await this.troubleOf(error, stick, signal);
      await stick.release();
      return failed(trouble);
    }
  }

  private report(name: string, done: number, size: number, checking: boolean): void {
    const now = (this.parts.clock ?? systemClock).monotonic();
    if (now - this.reportedAt < reportInterval) return;
    this.reportedAt = now;
    const part = done / size;
    this.show(
      checking
        ? running({ code: 'copy-checking', values: { done, size } }, copyingPart + (1 - copyingPart) * part)
        : running({ code: 'copy-copying', values: { name, done, size } }, copyingPart * part),
    );
  }

  private async troubleOf(error: unknown, stick: Stick, signal: AbortSignal): Promise<CopyTrouble> {
    if (signal.aborted) return { code: 'copy-stopped', values: {} };
    if (error instanceof StickError) return error.report;
    await sleep(noticeDelay);
    if (!(await stick.present())) return { code: 'stick-pulled', values: {} };
    const code = errorCode(error);
    if (code === 'ENOSPC') {
      const room = await statfs(stick.folder).catch(() => undefined);
      return { code: 'stick-full', values: { free: room && room.bavail * room.bsize } };
    }
    if (code === 'EROFS') return { code: 'stick-read-only-now', values: {} };
    return { code: 'stick-refuses', values: { reason: failureWords(error) } };
  }

  private show(view: ActionView): void {
    this.shown = view;
    this.parts.onChange?.(view);
  }
}

function running(report: ActionReport, progress: number | undefined): ActionView {
  return { state: 'running', report, progress };
}

function failed(report: CopyTrouble): ActionView {
  return { state: 'failed', report, progress: undefined };
}

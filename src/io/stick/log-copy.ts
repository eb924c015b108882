import { statfs } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock, type Clock } from '../../base/clock';
import { errorCode } from '../../base/error-code';
import { failureWords } from '../../base/failure-words';
import { idleAction, type ActionView } from '../../model/action-view';
import { formatBytes } from '../../base/format-bytes';
import { StickError, stickLabel } from './choose-stick';
import { copyToStick, type CopiedLog } from './copy-to-stick';
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
    const running = new AbortController();
    this.running = running;
    this.show({ state: 'running', text: `Looking for the stick ${stickLabel}.`, progress: undefined });
    this.done = this.copy(running.signal)
      .catch((error: unknown): ActionView => failed(String(error)))
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
        error instanceof StickError ? error.message : `The stick can't be opened: ${failureWords(error)}.`,
      );
    }
    try {
      const copied = await copyToStick(this.parts.path, stick, {
        signal,
        progress: (done, size, checking) => this.report(name, done, size, checking),
      });
      this.show({ state: 'running', text: 'Finishing: leave the stick in.', progress: 1 });
      const safe = await stick.release();
      return { state: 'done', text: doneWords(copied, stick, safe), progress: 1 };
    } catch (error) {
      const sentence = await this.sentenceFor(error, stick, signal);
      await stick.release();
      return failed(sentence);
    }
  }

  private report(name: string, done: number, size: number, checking: boolean): void {
    const now = (this.parts.clock ?? systemClock).monotonic();
    if (now - this.reportedAt < reportInterval) return;
    this.reportedAt = now;
    const part = done / size;
    const what = checking ? 'Checking the copy' : `Copying ${name}`;
    this.show({
      state: 'running',
      text: `${what}: ${formatBytes(done)} of ${formatBytes(size)}.`,
      progress: checking ? copyingPart + (1 - copyingPart) * part : copyingPart * part,
    });
  }

  private async sentenceFor(error: unknown, stick: Stick, signal: AbortSignal): Promise<string> {
    if (signal.aborted) return 'Copying was stopped: nothing of this copy is left on the stick.';
    if (error instanceof StickError) return error.message;
    await sleep(noticeDelay);
    if (!(await stick.present())) {
      return 'The stick was pulled out before the copy was complete: plug it in and copy again.';
    }
    const code = errorCode(error);
    if (code === 'ENOSPC') {
      const room = await statfs(stick.folder).catch(() => undefined);
      const free = room === undefined ? '' : ` (${formatBytes(room.bavail * room.bsize)} free)`;
      return `The stick ${stickLabel} is full${free}: delete something from it or take a larger one.`;
    }
    if (code === 'EROFS') {
      return `The stick ${stickLabel} can only be read any more: its files are damaged, check it on a PC.`;
    }
    return `The stick ${stickLabel} does not take the copy: ${failureWords(error)}; take another one.`;
  }

  private show(view: ActionView): void {
    this.shown = view;
    this.parts.onChange?.(view);
  }
}

function doneWords({ size, names, kept }: CopiedLog, { largestFile, version }: Stick, safe: boolean): string {
  const [first = '', ...more] = names;
  const last = more.at(-1);
  const what =
    last === undefined
      ? `${first} (${formatBytes(size)}) is on the stick, checked`
      : `The log (${formatBytes(size)}) is on the stick, checked, as ${names.length} files from ${first} to ${last}, ` +
        `for a file of ${version} holds ${Math.round(largestFile / 2 ** 30)} GB`;
  const end = safe ? 'it is safe to pull' : 'eject it where it is mounted before you pull it';
  const earlier = kept.length === 0 ? '' : `; the copy from before is kept as ${kept.join(', ')}`;
  return `${what}${earlier}; ${end}.`;
}

function failed(text: string): ActionView {
  return { state: 'failed', text, progress: undefined };
}

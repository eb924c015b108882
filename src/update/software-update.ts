import { access, open, rm } from 'node:fs/promises';
import { uptime } from 'node:os';
import { dirname } from 'node:path';
import { idleAction, type ActionReport, type ActionView } from '../model/action-view';
import { sameCoded } from '../model/coded';
import { systemTimers, type Timers } from '../io/timers';
import { readUpdateStatus, usualRequestFile, usualStatusFile } from './update-status';

/** ms between two looks at how it goes, while it goes. */
const lookInterval = 400;
/** Seconds after which an outcome is no news any more. */
const newsworthy = 600;
/** Seconds within which the installing side tells something, however little has changed. */
const silence = 90;
/** Seconds within which it takes a request. */
const patience = 20;

/** What a SoftwareUpdate needs of its machine; replaced in tests. */
export interface SoftwareUpdateParts {
  readonly requestFile: string;
  readonly statusFile: string;
  readonly timers: Timers;
  /** Seconds since the machine was started. */
  readonly uptime: () => number;
}

const machine: SoftwareUpdateParts = {
  requestFile: usualRequestFile,
  statusFile: usualStatusFile,
  timers: systemTimers,
  uptime,
};

/**
 * The display's end of UPDATE SOFTWARE: asks for an update, and shows how it goes. All work is done by a service of its own with
 * the rights for it (packdial-update.service), which is asked by a file with nothing in it. What goes on when the display is
 * started, or has ended shortly before, is seen as well: an update restarts the display.
 */
export class SoftwareUpdate {
  private shown: ActionView = idleAction;
  /** Uptime of the request that nobody has taken yet. */
  private askedAt: number | undefined;
  private cancel: (() => void) | undefined;
  private closed = false;

  /** @param onChange called whenever `view` is another one */
  constructor(
    private readonly onChange: () => void,
    private readonly parts: SoftwareUpdateParts = machine,
  ) {
    void this.look();
  }

  /** How it goes. */
  get view(): ActionView {
    return this.shown;
  }

  /** Asks for an update; does nothing while one is going on. Never throws: what is wrong is shown. */
  start(): void {
    if (this.shown.state === 'running') return;
    this.askedAt = this.parts.uptime();
    const report = { code: 'update-looking', values: {} } as const;
    this.show({ state: 'running', report, progress: undefined });
    void this.ask();
  }

  /** Looks no more. */
  close(): void {
    this.closed = true;
    this.cancel?.();
  }

  private async ask(): Promise<void> {
    try {
      // The folder comes with the installation, and says that somebody listens.
      await access(dirname(this.parts.statusFile));
      await (await open(this.parts.requestFile, 'w')).close();
    } catch {
      this.askedAt = undefined;
      return this.fail({ code: 'update-not-installed', values: {} });
    }
    this.lookLater();
  }

  private async look(): Promise<void> {
    const status = await readUpdateStatus(this.parts.statusFile);
    if (this.closed) return;
    const now = this.parts.uptime();
    // Told before the request, it is about an earlier one.
    const isOld = status === undefined || (this.askedAt !== undefined && status.uptime < this.askedAt);
    if (isOld) {
      if (this.askedAt === undefined) return;
      if (now - this.askedAt > patience) {
        this.askedAt = undefined;
        // It must not be taken at some later time, unexpectedly.
        await rm(this.parts.requestFile, { force: true }).catch(() => undefined);
        return this.fail({ code: 'update-not-begun', values: {} });
      }
      return this.lookLater();
    }
    this.askedAt = undefined;
    const { state, text, progress } = status;
    const view: ActionView = { state, report: { code: 'update-told', values: { words: text } }, progress };
    const age = now - status.uptime;
    if (state !== 'running') return this.show(age > newsworthy ? idleAction : view);
    if (age > silence) return this.fail({ code: 'update-broke-off', values: {} });
    this.show(view);
    this.lookLater();
  }

  private lookLater(): void {
    this.cancel?.();
    if (!this.closed) this.cancel = this.parts.timers.after(lookInterval, () => void this.look());
  }

  private fail(report: ActionReport): void {
    this.show({ state: 'failed', report, progress: undefined });
  }

  private show(view: ActionView): void {
    if (sameCoded(view, this.shown)) return;
    this.shown = view;
    this.onChange();
  }
}

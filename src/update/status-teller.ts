import { uptime } from 'node:os';
import { writeUpdateStatus, type UpdateStatus } from './update-status';
import type { UpdateStep } from '../model/update-steps';
import { updateText } from '../words/en';
import { clause } from '../words/sentences';

/** ms after which the status is told again though nothing has changed, as a sign of life. */
const signOfLife = 10_000;
/** ms between two writes of a progress. */
const progressInterval = 200;

/** Tells how an update goes: to the display in a file, and to the journal on standard error. */
export class StatusTeller {
  private last: Omit<UpdateStatus, 'uptime'> | undefined;
  private toldAt = -Infinity;
  private step: UpdateStep['code'] | undefined;
  private readonly alive: NodeJS.Timeout;

  /** @param file the status file; where its folder is not there, only standard error is told */
  constructor(
    private readonly file: string,
    private readonly say: (text: string) => void = (text) => void process.stderr.write(`packdial: ${text}\n`),
  ) {
    this.alive = setInterval(() => {
      if (this.last?.state === 'running') this.write(this.last);
    }, signOfLife).unref();
  }

  /** What is done now; `progress` from 0 to 1. */
  running(step: UpdateStep, progress: number | undefined): void {
    const isNew = step.code !== this.step;
    const now = performance.now();
    const text = updateText(step);
    this.last = { state: 'running', text, progress };
    if (!isNew && now - this.toldAt < progressInterval) return;
    if (isNew) this.say(text);
    this.step = step.code;
    this.toldAt = now;
    this.write(this.last);
  }

  /** How it ended. */
  ended(state: 'done' | 'failed', text: string): void {
    clearInterval(this.alive);
    this.last = { state, text: clause(text), progress: undefined };
    this.write(this.last);
  }

  private write(status: Omit<UpdateStatus, 'uptime'>): void {
    try {
      writeUpdateStatus(this.file, { ...status, uptime: uptime() });
    } catch {
      // Nobody is there to read it.
    }
  }
}

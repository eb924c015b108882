import type { ItemResult, ItemResults } from '../../model/controller/controller-link';
import {
  controllerItem,
  isControllerItem,
  type ControllerItemName,
  type ControllerValues,
} from '../../model/controller/items';
import type { SaveReason, SaveStep } from '../../model/controller/save-reports';
import type { ItemAnswer } from '../../protocol/controller-save';
import { sleep, type Timers } from '../timers';
import type { AttemptOutcome, ControllerDialect } from './controller-dialect';

/** Seconds before the second and the third try. */
export const pauses = [1, 2] as const;

interface SaveRunParts {
  readonly dialect: ControllerDialect;
  readonly timers: Timers;
  readonly signal: AbortSignal;
}

/** Sends changes until the controller has said what becomes of them, three times at most. */
export class SaveRun {
  private found: Map<ControllerItemName, ItemResult>;
  private inDoubt = false;

  /**
   * @param changes good ones, which may leave
   * @param results of all items; those of the changes wait
   */
  constructor(
    private readonly parts: SaveRunParts,
    private readonly address: string,
    private readonly changes: ControllerValues,
    results: ItemResults,
  ) {
    this.found = new Map(results);
  }

  /** What has become of each item so far. */
  get results(): ItemResults {
    return this.found;
  }

  /** Never rejects. @param progress told of every change, with what is done now */
  async run(progress: (step: SaveStep) => void): Promise<void> {
    const { signal, timers } = this.parts;
    const { address } = this;
    const sending: SaveStep = { code: 'sending', values: { address } };
    progress(sending);
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.attempt(() => progress(sending));
      if (this.conclude(outcome)) return;
      const pause = pauses[attempt];
      const reason = 'reason' in outcome.verdict ? this.scrubbed(outcome.verdict.reason) : undefined;
      if (pause === undefined || signal.aborted) return this.giveUp(reason);
      const values = { address, reason, attempt: attempt + 2, attempts: pauses.length + 1 };
      progress({ code: 'trying-again', values });
      await sleep(1000 * pause, signal, timers);
    }
  }

  private attempt(told: () => void): Promise<AttemptOutcome> {
    const { dialect, signal } = this.parts;
    return dialect.save({
      address: this.address,
      changes: this.changes,
      signal,
      progress: (answers) => {
        this.note(answers);
        told();
      },
    });
  }

  /** What is refused can be shown at once; what is taken waits for the end. */
  private note(answers: ReadonlyMap<ControllerItemName, ItemAnswer>): void {
    const found = new Map(this.found);
    for (const [name, answer] of answers) {
      found.set(
        name,
        answer.state === 'refused'
          ? { state: 'refused', reason: this.scrubbed(answer.reason) }
          : { state: 'waiting' },
      );
    }
    this.found = found;
  }

  /** Returns false when another try may bring more. */
  private conclude({ verdict, answers, inDoubt }: AttemptOutcome): boolean {
    this.inDoubt ||= inDoubt;
    if (verdict.kind !== 'done' && verdict.kind !== 'failed') return false;
    this.note(answers);
    this.settle((name) => {
      if (verdict.kind === 'failed') return { state: 'refused', reason: this.scrubbed(verdict.reason) };
      return answers.get(name)?.state === 'taken'
        ? { state: 'acknowledged' }
        : { state: 'no answer', reason: { code: 'item-left-out', values: {} } };
    });
    return true;
  }

  private giveUp(why: SaveReason = { code: 'no-answer', values: {} }): void {
    const reason: SaveReason = this.inDoubt ? { code: 'in-doubt', values: {} } : why;
    this.settle(() => ({ state: 'no answer', reason }));
  }

  /** Gives every item that waits its result. */
  private settle(result: (name: ControllerItemName) => ItemResult): void {
    this.found = new Map(
      [...this.found].map(([name, now]) => [name, now.state === 'waiting' ? result(name) : now]),
    );
  }

  /** A controller's words without the passwords that it was sent: a careless one may say them again. */
  private scrubbed(reason: SaveReason): SaveReason {
    if (reason.code === 'said') {
      return { code: reason.code, values: { words: this.withoutSecrets(reason.values.words) } };
    }
    if (reason.code === 'answer-unexpected') {
      return { code: reason.code, values: { answer: this.withoutSecrets(reason.values.answer) } };
    }
    return reason;
  }

  private withoutSecrets(words: string): string {
    const secrets = Object.entries(this.changes).filter(
      ([name]) => isControllerItem(name) && controllerItem(name).secret,
    );
    return secrets.reduce((text, [, secret]) => text.replaceAll(String(secret), '(not shown)'), words);
  }
}

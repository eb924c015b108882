import { Worker } from 'node:worker_threads';
import type { HistoryEvent, HistoryTrouble } from '../../model/recorder-reports';
import { RetryDelay } from '../retry-delay';
import type { HistoryReply, HistoryRequest, HistoryWorkerData } from './history-messages';

type Answer = Extract<HistoryReply, { readonly id: number }>;
type Ask<T> = T extends unknown ? Omit<T, 'id'> : never;

/** The worker thread, asked questions and always answering: when it dies, what it was asked is answered with that. */
export class HistoryThread {
  private worker: Worker | undefined;
  private next = 1;
  private readonly asked = new Map<number, (answer: Answer) => void>();
  private readonly idlers = new Set<() => void>();
  private readonly delay = new RetryDelay();
  private notBefore = -Infinity;
  private trouble: HistoryTrouble = { code: 'history-closed', values: {} };

  constructor(
    private readonly workerFile: string,
    private readonly data: HistoryWorkerData,
    private readonly note: (event: HistoryEvent) => void,
  ) {}

  /** Starts the thread if there is none. Never rejects; `trouble` says what went wrong. */
  ask(request: Ask<HistoryRequest>): Promise<Answer> {
    const id = this.next++;
    const worker = this.start();
    if (worker === undefined) return Promise.resolve({ id, trouble: this.trouble });
    return new Promise((resolve) => {
      this.asked.set(id, resolve);
      worker.postMessage({ ...request, id });
    });
  }

  /** Resolves when nothing that was asked is unanswered. */
  async idle(): Promise<void> {
    if (this.asked.size === 0) return;
    await new Promise<void>((resolve) => this.idlers.add(resolve));
  }

  /** Lets the worker close its file. */
  async close(): Promise<void> {
    if (this.worker !== undefined) await this.ask({ ask: 'close' });
  }

  /** Ends the thread, whatever it does. */
  end(): void {
    const { worker } = this;
    this.worker = undefined;
    this.notBefore = Infinity;
    this.trouble = { code: 'history-closed', values: {} };
    void worker?.terminate();
    this.answerAll(this.trouble);
  }

  private start(): Worker | undefined {
    if (this.worker !== undefined) return this.worker;
    if (performance.now() < this.notBefore) return undefined;
    const worker = new Worker(this.workerFile, {
      workerData: this.data,
      // A young generation of its usual size would cost the display 30 MB.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 96 },
    });
    this.worker = worker;
    worker.on('message', (reply: HistoryReply) => {
      if ('note' in reply) this.note(reply.note);
      else {
        if (reply.trouble === undefined) this.delay.reset();
        this.answer(reply);
      }
    });
    worker.on('error', (error) =>
      this.died(worker, { code: 'history-failed', values: { reason: error.message } }),
    );
    worker.on('exit', () => this.died(worker, { code: 'history-thread-ended', values: {} }));
    // The process may end without it.
    worker.unref();
    return worker;
  }

  private died(worker: Worker, trouble: HistoryTrouble): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.trouble = trouble;
    this.notBefore = performance.now() + this.delay.next() * 1000;
    this.answerAll(trouble);
  }

  private answerAll(trouble: HistoryTrouble): void {
    for (const id of [...this.asked.keys()]) this.answer({ id, trouble });
  }

  private answer(reply: Answer): void {
    const resolve = this.asked.get(reply.id);
    this.asked.delete(reply.id);
    resolve?.(reply);
    if (this.asked.size > 0) return;
    for (const idler of this.idlers) idler();
    this.idlers.clear();
  }
}

import { Worker } from 'node:worker_threads';
import type {
  DatabaseAsked,
  DatabaseReply,
  DatabaseRequest,
  DatabaseTold,
  DatabaseWayData,
} from './database-messages';
import { threadEnvironment } from './thread-environment';

/** Whoever has opened a way. */
interface WayListener {
  heard(reply: DatabaseReply): void;
  /** The thread has ended, and the way with it. */
  ended(reason: string): void;
}

/** A way that is open. */
export interface OpenWay {
  post(request: Exclude<DatabaseRequest, { readonly say: 'open' }>): void;
  /** Hears nothing any more. */
  release(): void;
}

/**
 * The thread of the databases: one for all of them, for each thread takes 10 MB before it does anything. It is there as long as
 * a way is open, and begun anew with the next way when it has ended.
 */
export class DatabaseThread {
  private worker: Worker | undefined;
  private readonly ways = new Map<number, WayListener>();
  private next = 1;

  /** @param file path of the worker's code, see build.mjs */
  constructor(private readonly file: string) {}

  /** Opens a way. */
  open(data: DatabaseWayData, listener: WayListener): OpenWay {
    const worker = (this.worker ??= this.start());
    const way = this.next++;
    this.ways.set(way, listener);
    const post = (request: DatabaseRequest): void =>
      worker.postMessage({ way, request } satisfies DatabaseAsked);
    post({ say: 'open', data });
    return { post, release: () => this.release(worker, way) };
  }

  private start(): Worker {
    const worker = new Worker(this.file, {
      // A young generation of its usual size would cost the display 30 MB.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 160 },
      env: threadEnvironment(),
    });
    worker.on('message', ({ way, reply }: DatabaseTold) => {
      if (this.worker === worker) this.ways.get(way)?.heard(reply);
    });
    worker.on('error', (error) => this.ended(worker, error.message));
    worker.on('exit', (code) => this.ended(worker, `code ${code}`));
    // The process may end without it.
    worker.unref();
    return worker;
  }

  private ended(worker: Worker, reason: string): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    const listeners = [...this.ways.values()];
    this.ways.clear();
    for (const listener of listeners) listener.ended(reason);
  }

  private release(worker: Worker, way: number): void {
    if (this.worker !== worker || !this.ways.delete(way) || this.ways.size > 0) return;
    this.worker = undefined;
    void worker.terminate();
  }
}

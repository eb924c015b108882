import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Bucket } from '../../model/history/bucket';
import type { HistoryEvent } from '../../model/recorder-reports';
import type { HistoryQuery } from '../../model/history/query-plan';
import { DiskReserveError, diskReserve } from './disk-trouble';
import { HistoryDatabase, OtherVersionError } from './history-database';
import { HistoryStore } from './history-store';
import { isDamage } from './history-trouble';
import type { RecordedSample } from './recorder';
import { setAside } from './set-aside';

/** ms between two checkpoints, each of which waits for the disk: what a power cut can take at the most. */
const checkpointInterval = 60_000;
/** ms between two looks at how full the disk is. */
const roomInterval = 60_000;

/**
 * The history's file, opened when it is needed, closed after every failure and opened again, and set aside when it is
 * damaged: the display goes on with a new one.
 */
export class HistoryFile {
  private opened: { readonly database: HistoryDatabase; readonly store: HistoryStore } | undefined;
  private settling: Generator<void> | undefined;
  private checkpointAt = -Infinity;
  private lookedAt = -Infinity;
  private disk: 'roomy' | 'short' | 'full' = 'roomy';

  constructor(
    private readonly parts: {
      readonly file: string;
      readonly mostPages?: number;
      readonly note: (event: HistoryEvent) => void;
      readonly wall: () => Date;
      /** Monotonic ms. */
      readonly monotonic: () => number;
      /** Bytes of the disk, and those that are free; replaced in tests. */
      readonly room?: () => { readonly size: number; readonly free: number };
    },
  ) {}

  /** @throws when it can't be written now; nothing of it is then */
  write(run: string, first: number, samples: readonly RecordedSample[]): void {
    this.use(({ database, store }) => {
      if (this.settling === undefined) this.leaveRoom(store);
      store.append(run, first, samples);
      const now = this.parts.monotonic();
      if (now - this.checkpointAt < checkpointInterval) return;
      this.checkpointAt = now;
      database.checkpoint();
    });
  }

  /** @throws when it can't be read now */
  query(query: HistoryQuery): Bucket[] {
    return this.use(({ store }) => store.query(query));
  }

  /**
   * Does a step of what is to be done now and then; to be called again and again, with nothing but queries between, until
   * it returns false.
   *
   * @param now wall clock, ms since 1970
   * @throws when it can't be done now; all of it is undone then
   */
  tidy(now: number): boolean {
    return this.use(({ store }) => {
      if (this.settling === undefined) {
        const due = store.due(now);
        if (due === undefined) return false;
        this.settling = store.settling(due, now);
      }
      if (this.settling.next().done === true) this.settling = undefined;
      return true;
    });
  }

  /** Closes the file, if it is open; what was half settled is undone. */
  close(): void {
    const { opened } = this;
    this.opened = undefined;
    this.settling?.return(undefined);
    this.settling = undefined;
    opened?.database.close();
  }

  /**
   * Keeps out of what the disk has left for the system: gives up its oldest values of single seconds, and when there are no
   * more of those, it stops.
   *
   * @throws DiskReserveError when there is nothing to give up
   */
  private leaveRoom(store: HistoryStore): void {
    const now = this.parts.monotonic();
    if (this.disk === 'roomy' && now - this.lookedAt < roomInterval) return;
    const { size, free } = this.room();
    if (size === 0 || free >= diskReserve(size)) {
      this.disk = 'roomy';
      this.lookedAt = now;
      return;
    }
    if (this.disk === 'roomy') {
      this.parts.note({ code: 'history-gives-up', values: {} });
    }
    // Bit by bit: somebody else may make room meanwhile.
    if (this.disk !== 'short' || now - this.lookedAt >= roomInterval) {
      this.lookedAt = now;
      this.disk = store.giveUpOldest() ? 'short' : 'full';
    }
    if (this.disk === 'full') throw new DiskReserveError(free, diskReserve(size));
  }

  private room(): { readonly size: number; readonly free: number } {
    if (this.parts.room !== undefined) return this.parts.room();
    const { blocks, bavail, bsize } = statfsSync(dirname(this.parts.file));
    return { size: blocks * bsize, free: bavail * bsize };
  }

  private use<T>(
    action: (opened: { readonly database: HistoryDatabase; readonly store: HistoryStore }) => T,
  ): T {
    try {
      return action((this.opened ??= this.open()));
    } catch (error) {
      // A file system that was mounted anew, or another file in its place: only opening it again finds out.
      this.abandon();
      const why = isDamage(error) ? 'corrupt' : error instanceof OtherVersionError ? 'other' : undefined;
      if (why === undefined) throw error;
      const aside = setAside(this.parts.file, why, this.parts.wall());
      this.parts.note({
        code: 'history-set-aside',
        values: { why: why === 'corrupt' ? 'damaged' : 'other version', aside },
      });
      return action((this.opened = this.open()));
    }
  }

  private abandon(): void {
    try {
      this.close();
    } catch {
      // What is broken may not even be closed.
    }
  }

  private open(): { readonly database: HistoryDatabase; readonly store: HistoryStore } {
    const { file, mostPages } = this.parts;
    const database = new HistoryDatabase(file, mostPages === undefined ? {} : { mostPages });
    return { database, store: new HistoryStore(database) };
  }
}

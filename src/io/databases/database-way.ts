import type { DatabaseTrouble } from '../../model/database-reports';
import { parseDatabaseAddress } from '../../protocol/database-address';
import { RetryDelay } from '../retry-delay';
import { within } from '../within';
import type { DatabaseReply, DatabaseWayData, DatabaseWayStatus } from './database-messages';
import { Drain } from './drain';
import { openStore, type StoredAddress } from './open-store';
import type { SpoolRow } from './spool';
import { SpoolFile } from './spool-file';
import { spoolTrouble } from './spool-trouble';

/** The way into one database: its client and its spool. */
export class DatabaseWay {
  private readonly address: StoredAddress;
  private readonly spool: SpoolFile;
  private readonly delay = new RetryDelay();
  private drain: Drain<unknown> | undefined;
  private running: Promise<void> | undefined;
  private trouble: DatabaseTrouble | undefined;
  private connected = false;
  private closing = false;
  private empty: (() => void) | undefined;

  /** @throws Error for what is no address of a database */
  constructor(
    private readonly data: DatabaseWayData,
    private readonly say: (reply: DatabaseReply) => void,
  ) {
    const address = parseDatabaseAddress(data.url);
    if (address === undefined || address.kind === 'telegraf')
      throw new Error('not the address of a database');
    this.address = address;
    this.spool = new SpoolFile({
      file: data.file,
      limits: data.limits,
      wall: () => new Date(),
      aside: (path) => say({ say: 'aside', path }),
    });
    try {
      // What waits since the last time is known at once.
      this.spool.oldest(0, 0);
    } catch {
      // It is told with the first rows.
    }
    say({ say: 'status', status: this.status });
  }

  /** Brings rows into the database until `end`. */
  async run(): Promise<void> {
    const { longestDelay = Infinity } = this.data;
    const { spool, delay } = this;
    const store = await openStore(this.address);
    this.drain = new Drain({
      spool,
      store,
      place: this.address.place,
      delay: { next: () => Math.min(delay.next(), longestDelay / 1000), reset: () => delay.reset() },
      changed: (trouble) => this.changed(trouble),
    });
    this.running = this.drain.run();
    await this.running;
  }

  /** Takes rows, and says whether they are on the disk. */
  keep(id: number, rows: readonly SpoolRow[]): void {
    try {
      this.spool.add(rows);
      this.say({ say: 'kept', id, status: this.status });
      this.drain?.poke();
    } catch (error) {
      this.say({ say: 'not-kept', id, trouble: spoolTrouble(error) });
    }
  }

  /** Sends what waits if that is possible at once, within ms; else it waits for the next start. */
  async end(ms: number): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    if (this.spool.counts.waiting > 0 && this.trouble === undefined)
      await within(ms, new Promise<void>((resolve) => (this.empty = resolve)));
    this.drain?.end();
    await this.running;
    this.spool.close();
    this.say({ say: 'status', status: this.status });
    this.say({ say: 'closed' });
  }

  private changed(trouble: DatabaseTrouble | undefined): void {
    this.trouble = trouble;
    this.connected = trouble === undefined;
    this.say({ say: 'status', status: this.status });
    if (trouble !== undefined || this.spool.counts.waiting === 0) this.empty?.();
  }

  private get status(): DatabaseWayStatus {
    const { place: host } = this.address;
    const report =
      this.trouble ??
      (this.connected
        ? ({ code: 'database-written', values: { host, behind: false } } as const)
        : ({ code: 'database-connecting', values: { host } } as const));
    return { report, down: this.trouble !== undefined, written: this.spool.written, ...this.spool.counts };
  }
}

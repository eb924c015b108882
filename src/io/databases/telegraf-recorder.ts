import { errorCode } from '../../base/error-code';
import { messageOf } from '../../base/message-of';
import type { DatabaseReport, DatabaseTrouble } from '../../model/database-reports';
import type { TelegrafAddress } from '../../protocol/database-address';
import { StateTeller } from '../recorders/state-teller';
import { within } from '../within';
import type { DatabaseStatus } from './database-recorder';
import { networkTrouble } from './network-trouble';
import type { SpoolRow } from './spool';
import { telegrafLink, type TelegrafLink } from './telegraf-link';

/** Rows that may wait for their turn: those of one interval. */
const mostWaiting = 100;
/** ms for what waits at the end. */
const closeLimit = 1000;

/**
 * Rows for Telegraf: as its messages have no time, each is sent when it comes, and what can't be sent then is not sent later,
 * for it would get the wrong time. A row's text is a list of messages.
 */
export class TelegrafRecorder {
  private readonly queue: SpoolRow[] = [];
  private readonly link: TelegrafLink;
  private report: DatabaseReport;
  private trouble: DatabaseTrouble | undefined;
  private readonly teller: StateTeller<DatabaseStatus>;
  private dropped = 0;
  private written = 0;
  private sending: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly parts: {
      readonly address: TelegrafAddress;
      /** Called when the state or the report is another. */
      readonly changed?: (status: DatabaseStatus) => void;
    },
  ) {
    this.teller = new StateTeller(parts.changed);
    this.link = telegrafLink(parts.address);
    this.report = { code: 'database-connecting', values: { host: parts.address.place } };
  }

  /** How it goes; `dropped` are rows that were not sent since the start. */
  get status(): DatabaseStatus {
    return {
      state: this.trouble === undefined ? 'up' : 'down',
      report: this.trouble ?? this.report,
      waiting: this.queue.length,
      dropped: this.dropped,
      refused: 0,
      written: this.written,
    };
  }

  /** Accepts a row; after `close` nothing happens. */
  keep(row: SpoolRow): void {
    if (this.closed) return;
    this.queue.push(row);
    if (this.queue.length > mostWaiting) {
      // The first is on its way.
      this.queue.splice(1, 1);
      this.dropped++;
    }
    this.sending ??= this.sendAll().finally(() => (this.sending = undefined));
  }

  /** Sends what waits, if it can within a second. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.sending !== undefined) await within(closeLimit, this.sending);
    this.link.close();
  }

  private async sendAll(): Promise<void> {
    for (let row = this.queue[0]; row !== undefined; row = this.queue[0]) {
      try {
        for (const message of JSON.parse(row.text) as readonly string[]) await this.link.send(message);
        this.queue.shift();
        this.written++;
        this.trouble = undefined;
        this.report = { code: 'database-written', values: { host: this.parts.address.place, behind: false } };
      } catch (error) {
        this.link.close();
        this.dropped += this.queue.length;
        this.queue.length = 0;
        this.trouble = telegrafTrouble(error, this.parts.address);
      }
      this.teller.tell(this.status);
    }
  }
}

/** What an error of a link to a Telegraf means. */
export function telegrafTrouble(error: unknown, address: TelegrafAddress): DatabaseTrouble {
  const { place: host } = address;
  const reason = messageOf(error);
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return { code: 'database-forbidden', values: { host, reason } };
    case 'EAGAIN':
    case 'ENOBUFS':
      return { code: 'database-busy', values: { host } };
    default:
      return networkTrouble(error, address) ?? { code: 'database-failed', values: { host, reason } };
  }
}

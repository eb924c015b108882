import { messageOf } from '../../base/message-of';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DatabaseTrouble } from '../../model/database-reports';
import type { LineAddress } from '../../protocol/database-address';
import { parseRow, type KeptRow } from '../../protocol/database-rows';
import { lineProtocol } from '../../protocol/line-protocol';
import { aggregatedLines, parseAggregated, type AggregatedRow } from '../../protocol/mean-min-max';
import { DatabaseError, RowsRefused, type DatabaseStore } from './database-store';
import { HttpPost, type PostAnswer } from './http-post';
import { networkTrouble } from './network-trouble';
import type { SpoolRow } from './spool';

const compress = promisify(gzip);

/** ms for which rows are sent again after a failure: VictoriaMetrics keeps what it has taken in memory for seconds. */
const sentAgainFor = 30_000;

/** How rows are told in line protocol. */
export interface LineFormat<Row> {
  /** Reads what was kept. @throws Error for what is no such row */
  readonly read: (row: SpoolRow) => Row;
  readonly lines: (rows: readonly Row[]) => string;
}

/** packdial's own rows. */
export const packdialLines: LineFormat<KeptRow> = { read: parseRow, lines: lineProtocol };
/** Those whose measurements are ways of putting values together. */
export const meanMinMaxLines: LineFormat<AggregatedRow> = { read: parseAggregated, lines: aggregatedLines };

/** Rows in line protocol over HTTP: InfluxDB 1 and 2, VictoriaMetrics. The same row written twice is there once. */
export class LineStore<Row> implements DatabaseStore<Row> {
  private readonly recent: { readonly at: number; readonly body: Buffer }[] = [];
  private readonly connection: HttpPost;

  constructor(
    private readonly address: LineAddress,
    private readonly format: LineFormat<Row>,
    private readonly monotonic: () => number = () => performance.now(),
  ) {
    const url = new URL(address.url);
    if (!url.searchParams.has('precision')) url.searchParams.set('precision', 'ms');
    this.connection = new HttpPost(url);
  }

  read(row: SpoolRow): Row {
    return this.format.read(row);
  }

  /** Asks whether it may write, by writing nothing; and writes again what a server that has crashed may have lost. */
  async open(): Promise<void> {
    // InfluxDB 2 calls that a mistake, but only after it has looked who writes, and where.
    await this.post(await compress('')).catch(passOverRefused);
    await this.sendAgain();
  }

  async write(rows: readonly Row[]): Promise<void> {
    const text = this.format.lines(rows);
    if (text === '') return;
    const body = await compress(text);
    await this.post(body);
    // The server may have been another one since the last time without anybody having noticed.
    if (this.connection.takeRenewed()) await this.sendAgain();
    this.forget();
    this.recent.push({ at: this.monotonic(), body });
  }

  close(): void {
    this.connection.close();
  }

  private async sendAgain(): Promise<void> {
    this.forget();
    for (const { body } of this.recent) await this.post(body).catch(passOverRefused);
    this.connection.takeRenewed();
  }

  private forget(): void {
    const since = this.monotonic() - sentAgainFor;
    while (this.recent.length > 0 && (this.recent[0]?.at ?? 0) < since) this.recent.shift();
  }

  private async post(body: Buffer): Promise<void> {
    let answer: PostAnswer;
    try {
      answer = await this.connection.send(body, {
        'content-type': 'text/plain; charset=utf-8',
        'content-encoding': 'gzip',
        ...this.login(),
      });
    } catch (error) {
      throw this.failure(error);
    }
    if (answer.status === 200 || answer.status === 204) return;
    throw answerError(answer.status, answer.text, this.address);
  }

  private login(): Readonly<Record<string, string>> {
    const { login, user, password } = this.address;
    switch (login) {
      case 'none':
        return {};
      case 'token':
        return { authorization: `Token ${password === '' ? user : password}` };
      case 'basic':
        return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
    }
  }

  private failure(error: unknown): Error {
    const host = this.address.place;
    const reason = messageOf(error);
    return new DatabaseError(
      networkTrouble(error, this.address) ?? { code: 'database-failed', values: { host, reason } },
    );
  }
}

function passOverRefused(error: unknown): void {
  if (!(error instanceof RowsRefused)) throw error;
}

/** What an answer that is no success means. */
function answerError(status: number, text: string, { place: host, user }: LineAddress): Error {
  const reason = wordsOf(text);
  if (status === 400 || status === 413 || status === 422) return new RowsRefused(`${status} ${reason}`);
  return new DatabaseError(troubleOf(status, reason, host, user));
}

function troubleOf(status: number, reason: string, host: string, user: string): DatabaseTrouble {
  if (status === 401) return { code: 'database-login-refused', values: { host, user } };
  if (status === 403) return { code: 'database-forbidden', values: { host, reason } };
  if (status === 404 && reason !== '') return { code: 'database-failed', values: { host, reason } };
  if (status === 429 || status === 503) return { code: 'database-busy', values: { host } };
  if (status === 507) return { code: 'database-full', values: { host } };
  if (status >= 500)
    return { code: 'database-failed', values: { host, reason: `${status} ${reason}`.trim() } };
  return { code: 'database-no-writing', values: { host, status } };
}

/** What an answer says: InfluxDB puts it into JSON. Of a page for people nothing is told. */
function wordsOf(text: string): string {
  try {
    const { error, message } = JSON.parse(text) as { readonly error?: unknown; readonly message?: unknown };
    const words = typeof message === 'string' ? message : error;
    if (typeof words === 'string') return words.slice(0, 200);
  } catch {
    // Then it is the text itself.
  }
  return /^\s*</.test(text) ? '' : text.trim().replaceAll(/\s+/g, ' ').slice(0, 200);
}

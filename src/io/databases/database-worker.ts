import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseTrouble } from '../../model/database-reports';
import { parseDatabaseAddress } from '../../protocol/database-address';
import { RetryDelay } from '../retry-delay';
import { within } from '../within';
import type {
  DatabaseReply,
  DatabaseRequest,
  DatabaseWorkerData,
  DatabaseWorkerStatus,
} from './database-messages';
import { Drain } from './drain';
import { openStore, type StoredAddress } from './open-store';
import { SpoolFile } from './spool-file';
import { spoolTrouble } from './spool-trouble';

// The thread of one database: its client and its spool, so that neither a disk nor a server ever keeps the display waiting.

const { url, file, limits, longestDelay = Infinity } = workerData as DatabaseWorkerData;
const port = parentPort;
const say = (reply: DatabaseReply): void => port?.postMessage(reply);

const address = parseDatabaseAddress(url);
if (address === undefined || address.kind === 'telegraf') throw new Error('not the address of a database');
const { place: host } = address;

const spool = new SpoolFile({
  file,
  limits,
  wall: () => new Date(),
  aside: (path) => say({ say: 'aside', path }),
});
let trouble: DatabaseTrouble | undefined;
let connected = false;
let empty: (() => void) | undefined;

function status(): DatabaseWorkerStatus {
  const { counts } = spool;
  const report =
    trouble ??
    (connected
      ? ({ code: 'database-written', values: { host, behind: false } } as const)
      : ({ code: 'database-connecting', values: { host } } as const));
  return { report, down: trouble !== undefined, written: spool.written, ...counts };
}

const delay = new RetryDelay();

try {
  // What waits since the last time is known at once.
  spool.oldest(0, 0);
} catch {
  // It is told with the first rows.
}

async function run(): Promise<void> {
  const drain = new Drain({
    spool,
    store: await openStore(address as StoredAddress),
    place: host,
    delay: { next: () => Math.min(delay.next(), longestDelay / 1000), reset: () => delay.reset() },
    changed: (now) => {
      trouble = now;
      connected = now === undefined;
      say({ say: 'status', status: status() });
      if (now === undefined && spool.counts.waiting === 0) empty?.();
      if (now !== undefined) empty?.();
    },
  });
  let closing = false;
  const end = async (ms: number): Promise<void> => {
    if (closing) return;
    closing = true;
    // What waits is sent if that is possible at once; else it waits for the next start.
    if (spool.counts.waiting > 0 && trouble === undefined)
      await within(ms, new Promise<void>((resolve) => (empty = resolve)));
    drain.end();
    await running;
    spool.close();
    say({ say: 'status', status: status() });
    port?.close();
  };
  port?.on('message', (request: DatabaseRequest) => {
    if (request.say === 'close') {
      void end(request.within);
      return;
    }
    const { id, rows } = request;
    try {
      spool.add(rows);
      say({ say: 'kept', id, status: status() });
      drain.poke();
    } catch (error) {
      say({ say: 'not-kept', id, trouble: spoolTrouble(error) });
    }
  });
  say({ say: 'status', status: status() });
  const running = drain.run();
  await running;
}

void run();

import { parentPort, workerData } from 'node:worker_threads';
import { HistoryFile } from './history-file';
import type { HistoryReply, HistoryRequest, HistoryWorkerData } from './history-messages';
import { historyTrouble } from './history-trouble';

// The thread that the history's database lives in: SQLite waits for the disk, and the display must not.

/** ms that tidying up may take before it is looked whether somebody has asked something. */
const slice = 20;

const { file, mostPages } = workerData as HistoryWorkerData;
const port = parentPort;
const say = (reply: HistoryReply): void => port?.postMessage(reply);
const history = new HistoryFile({
  file,
  ...(mostPages !== undefined && { mostPages }),
  note: (note) => say({ note }),
  wall: () => new Date(),
  monotonic: () => performance.now(),
});

/** What must wait until the file is tidy. */
const waiting: HistoryRequest[] = [];
let tidying = false;
let closed = false;

function answer(request: HistoryRequest): void {
  const { id } = request;
  try {
    switch (request.ask) {
      case 'query':
        say({ id, buckets: history.query(request.query) });
        break;
      case 'write':
        history.write(request.run, request.first, request.samples);
        say({ id });
        tidying = true;
        tidy(request.now);
        break;
      case 'close':
        history.close();
        say({ id });
        port?.close();
    }
  } catch (error) {
    say({ id, trouble: historyTrouble(error) });
    if (request.ask === 'close') port?.close();
  }
}

function tidy(now: number): void {
  if (closed) return;
  const end = performance.now() + slice;
  try {
    do tidying = history.tidy(now);
    while (tidying && performance.now() < end);
  } catch {
    // What stands in its way stands in the next write's way too, and is told there.
    tidying = false;
  }
  if (tidying) {
    setImmediate(tidy, now);
    return;
  }
  const next = waiting.shift();
  if (next !== undefined) answer(next);
}

port?.on('message', (request: HistoryRequest) => {
  // Nobody waits for a block to be settled at the end; what is undone is done after the next start.
  if (request.ask === 'close') closed = true;
  if (tidying && request.ask === 'write') waiting.push(request);
  else answer(request);
});

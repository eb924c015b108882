import { parentPort, workerData } from 'node:worker_threads';
import { HistoryFile } from './history-file';
import type { HistoryReply, HistoryRequest, HistoryWorkerData } from './history-messages';
import { troubleSentence } from './history-trouble';

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
const waiting: Exclude<HistoryRequest, { ask: 'query' }>[] = [];
let tidying = false;

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
    say({ id, trouble: troubleSentence(error) });
    if (request.ask === 'close') port?.close();
  }
}

function busy(): boolean {
  return tidying;
}

function tidy(now: number): void {
  const end = performance.now() + slice;
  try {
    do tidying = history.tidy(now);
    while (tidying && performance.now() < end);
  } catch {
    // What stands in its way stands in the next write's way too, and is told there.
    tidying = false;
  }
  if (tidying) setImmediate(tidy, now);
  else
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      answer(next);
      // An answer may have given more to tidy.
      if (busy()) return;
    }
}

port?.on('message', (request: HistoryRequest) => {
  if (request.ask === 'close') {
    // Nobody waits for a block to be settled; what is undone is done at the next start.
    tidying = false;
    history.close();
  }
  if (tidying && request.ask !== 'query') waiting.push(request);
  else answer(request);
});

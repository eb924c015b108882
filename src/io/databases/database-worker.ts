import { parentPort } from 'node:worker_threads';
import type { DatabaseAsked, DatabaseTold } from './database-messages';
import { DatabaseWay } from './database-way';

// The thread of all databases: their clients and spools, so that neither a disk nor a server ever keeps the display waiting.

const port = parentPort;
const ways = new Map<number, DatabaseWay>();

function open(number: number, { data }: Extract<DatabaseAsked['request'], { readonly say: 'open' }>): void {
  const way = new DatabaseWay(data, (reply) => {
    if (reply.say === 'closed') ways.delete(number);
    port?.postMessage({ way: number, reply } satisfies DatabaseTold);
  });
  ways.set(number, way);
  void way.run();
}

port?.on('message', ({ way: number, request }: DatabaseAsked) => {
  switch (request.say) {
    case 'open':
      open(number, request);
      break;
    case 'keep':
      ways.get(number)?.keep(request.id, request.rows);
      break;
    case 'close':
      void ways.get(number)?.end(request.within);
  }
});

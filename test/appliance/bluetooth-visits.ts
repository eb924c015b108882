/**
 * What connections to a Bluetooth device and polls of it leave behind. Connects a JBD battery that is played at an adapter of this
 * machine through the real BlueZ, asks it once and closes the link, again and again; then asks it over one link again and again.
 * Run as root:
 *
 *   node build.mjs test/appliance/bluetooth-visits.ts dist-bench/bluetooth-visits.js
 *   node --expose-gc dist-bench/bluetooth-visits.js ADDRESS VISITS POLLS
 *
 * Prints what it counted and measured as one line of JSON, `VisitFigures`. The first fifth of the visits and of the polls is not
 * measured: a program grows while it becomes warm.
 */
import { systemBus, type MessageBus } from '@jellybrick/dbus-next';
import type { BluezGattLink } from '../../src/io/bluetooth/bluez-gatt-link';
import { Radio } from '../../src/io/bluetooth/radio';
import { matchRulesOf } from '../match-rules';
import { until } from '../until';

/** What stays of each kind: match rules of D-Bus, listeners, links. */
type Counts = Readonly<Record<string, number>>;

/** Memory in kB after a collection. */
interface Memory {
  readonly heap: number;
  readonly resident: number;
}

export interface VisitFigures {
  readonly failed: readonly string[];
  readonly counts: { readonly before: Counts; readonly after: Counts };
  readonly visits: { readonly before: Memory; readonly after: Memory };
  readonly polls: { readonly before: Memory; readonly after: Memory };
}

const question = Buffer.from('dda50300fffd77', 'hex');
/** ms that an answer may take, on a machine that is emulated. */
const answerLimit = 10_000;

const connections: MessageBus[] = [];
const radio = new Radio({
  open: () => {
    const bus = systemBus();
    connections.push(bus);
    return bus;
  },
});

async function matchRules(): Promise<number> {
  return matchRulesOf(connections[0]!);
}

/** The package's own: calls that wait for an answer. */
interface Waiting {
  readonly _methodReturnHandlers: Readonly<Record<number, unknown>>;
}

/** What there is once the last answers have come, to what nobody waits for. */
async function counts(): Promise<Counts> {
  const { bus, objects } = await radio['connected']!;
  const { _methodReturnHandlers: waiting } = connections[0] as unknown as Waiting;
  await until('all is answered', () => Object.keys(waiting).length === 0);
  return {
    connections: connections.length,
    rules: await matchRules(),
    messages: connections[0]!.listenerCount('message'),
    signals: bus['listeners'].size,
    closes: bus['closeListeners'].size,
    changes: objects['changeListeners'].size,
    properties: objects['propertyListeners'].size,
    links: radio['links'].size,
  };
}

function memory(): Memory {
  gc!();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: Math.round(heapUsed / 1000), resident: Math.round(rss / 1000) };
}

/** Asks for register 03. Resolves when the whole answer is there. */
async function poll(link: BluezGattLink): Promise<void> {
  let stop = (): void => undefined;
  let heard = Buffer.alloc(0);
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no answer')), answerLimit);
    const take = (piece: Uint8Array): void => {
      heard = Buffer.concat([heard, piece]);
      // Head, length and tail are seven bytes.
      if (heard.length < 4 || heard.length < heard[3]! + 7) return;
      clearTimeout(late);
      resolve();
    };
    link
      .notifications('ff01', take)
      .then((release) => {
        stop = release;
        return link.write('ff02', question);
      })
      .catch(reject);
  }).finally(() => stop());
}

async function visit(address: string): Promise<void> {
  const link = await radio.connect(address);
  try {
    await poll(link);
  } finally {
    await link.close();
  }
}

async function main(): Promise<void> {
  const [, , address = '', visits = '', polls = ''] = process.argv;
  const failed: string[] = [];
  const times = async (count: number, step: () => Promise<void>): Promise<void> => {
    for (let i = 0; i < count; i++)
      await step().catch((error: unknown) => failed.push(JSON.stringify(error) + String(error)));
  };
  const warm = (count: string): number => Math.ceil(Number(count) / 5);

  await times(warm(visits), () => visit(address));
  const before = await counts();
  const first = memory();
  await times(Number(visits), () => visit(address));
  const after = await counts();
  const last = memory();

  const link = await radio.connect(address);
  await times(warm(polls), () => poll(link));
  const firstPoll = memory();
  await times(Number(polls), () => poll(link));
  const lastPoll = memory();
  await link.close();
  await radio.close();
  const figures: VisitFigures = {
    failed,
    counts: { before, after },
    visits: { before: first, after: last },
    polls: { before: firstPoll, after: lastPoll },
  };
  console.log(JSON.stringify(figures));
}

void main();

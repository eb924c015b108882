import { connect } from 'node:net';
import type { ControllerItemName } from '../../model/controller/items';
import type { SaveReason } from '../../model/controller/save-reports';
import { writeItem } from '../../model/controller/values';
import { encodeLine, LineReader, type ProtocolLine } from '../../protocol/controller-lines';
import { lineReason, SaveConversation } from '../../protocol/controller-save';
import type { Timers } from '../timers';
import type { AttemptOutcome, SaveAttempt } from './controller-dialect';

/** How long is waited, ms. */
export interface Patience {
  readonly connection: number;
  /** For each line. */
  readonly answer: number;
  /** For all together, however lively the other side is. */
  readonly whole: number;
}

/** What a controller on the same network gets. */
export const usualPatience: Patience = { connection: 5000, answer: 5000, whole: 20_000 };

/** Sends changes over a TCP connection of their own, as docs/controller-protocol.md has it. Never rejects. */
export function saveOverTcp(
  { address, changes, signal, progress }: SaveAttempt,
  timers: Timers,
  patience: Patience,
): Promise<AttemptOutcome> {
  const items = new Map<ControllerItemName, string>();
  for (const [name, value] of Object.entries(changes) as [ControllerItemName, string | number][]) {
    items.set(name, writeItem(name, value));
  }
  const conversation = new SaveConversation(items);
  const { host, port } = splitAddress(address);
  return new Promise((resolve) => {
    const reader = new LineReader();
    const socket = connect({ host, port, noDelay: true });
    let waiting = timers.after(patience.connection, () => end({ kind: 'unreachable', reason: noAnswer }));
    const whole = timers.after(patience.whole, () =>
      end({ kind: 'silent', reason: { code: 'too-slow', values: {} } }),
    );
    const onAbort = (): void => end({ kind: 'unreachable', reason: { code: 'ending', values: {} } });
    let ended = false;
    const end = (verdict: AttemptOutcome['verdict']): void => {
      if (ended) return;
      ended = true;
      waiting();
      whole();
      signal.removeEventListener('abort', onAbort);
      // An end in order tells the controller that its answer has come; what is not taken then is cut off.
      if (verdict.kind === 'done') socket.end();
      else socket.destroy();
      const cutOff = timers.after(1000, () => socket.destroy());
      socket.once('close', cutOff);
      const inDoubt = conversation.committing && !['done', 'failed', 'busy'].includes(verdict.kind);
      resolve({ verdict, answers: new Map(conversation.answers), inDoubt });
    };
    const send = (line: ProtocolLine): void => {
      socket.write(encodeLine(line));
      waiting();
      waiting = timers.after(patience.answer, () => end({ kind: 'silent', reason: noAnswer }));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    socket.once('connect', () => send(conversation.begin()));
    socket.on('data', (bytes: Uint8Array) => {
      for (const line of reader.push(bytes)) {
        if (ended) return;
        const step = conversation.take(line);
        progress(new Map(conversation.answers));
        if ('over' in step) end(step.over);
        else send(step.send);
      }
      if (reader.problem !== undefined) end({ kind: 'broken', reason: lineReason(reader.problem) });
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end({ kind: 'unreachable', reason: reasonOf(error.code) }),
    );
    socket.once('close', () => end({ kind: 'unreachable', reason: brokenOff }));
  });
}

/** Host and port of `192.168.1.20:6501`. */
function splitAddress(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
}

const noAnswer: SaveReason = { code: 'no-answer', values: {} };
const brokenOff: SaveReason = { code: 'connection-broken-off', values: {} };

function reasonOf(code: string | undefined): SaveReason {
  switch (code) {
    case 'ECONNREFUSED':
      return { code: 'connection-refused', values: {} };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return { code: 'unreachable', values: {} };
    case 'ECONNRESET':
    case 'EPIPE':
      return brokenOff;
    case undefined:
    default:
      return { code: 'connection-failed', values: { error: code ?? 'unknown' } };
  }
}

import type { DeviceContext, GattLink, ReadingSink } from '../device-type';
import { pollOnGrid } from '../poll-grid';
import { ratingsBlock, statusBlock } from './registers';
import { ControllerReplies } from './replies';
import { controllerCharacteristic, ControllerRequests } from './requests';

/** Seconds between two polls. */
export const normalInterval = 27;
/** Polls in a row without a reply after which the link is given up, so that it is opened anew. */
const mostSilent = 3;

/** ms between two polls, by the settings. */
export function pollInterval({ values }: Pick<DeviceContext, 'values'>): number {
  return Number(values['every'] ?? normalInterval) * 1000;
}

/**
 * Asks a controller for its ratings until they came once, and for its status on a grid. Nothing is written but requests to
 * read. Returns when the link is lost, the signal is aborted, or three polls in a row had no reply.
 */
export async function converse(
  link: GattLink,
  context: DeviceContext,
  signal: AbortSignal,
  sink: ReadingSink,
): Promise<void> {
  const { clock } = context;
  const lost = new AbortController();
  void link.closed.then(() => lost.abort());
  const end = AbortSignal.any([signal, lost.signal]);
  const requests = new ControllerRequests(link, clock, end);
  const every = pollInterval(context);
  const replies = new ControllerReplies(context, sink, every);
  const receive = (piece: Uint8Array): void => {
    if (end.aborted) return;
    for (const reply of replies.push(piece, clock.monotonic())) requests.received(reply);
  };
  const stop = await link.notifications(controllerCharacteristic, receive).catch(() => undefined);
  if (stop === undefined) return;
  let rated = false;
  let answered = false;
  let silent = 0;
  try {
    await pollOnGrid(every, clock, end, async () => {
      if (!rated) {
        const answer = await requests.read(ratingsBlock);
        // One that does not know them says so, and is not asked again.
        rated = answer !== undefined;
      }
      const answer = await requests.read(statusBlock);
      if (end.aborted) return false;
      if (answer !== undefined) {
        if (silent > 0 || !answered) sink.trouble(undefined);
        answered = true;
        silent = 0;
        return true;
      }
      sink.rejected('no answer');
      if (silent === 0) sink.trouble({ code: 'silent', values: {} });
      return ++silent < mostSilent;
    });
  } finally {
    stop();
  }
}

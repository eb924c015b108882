import type { DeviceContext, GattLink, ReadingSink } from '../device-type';
import { pollWhileAnswered } from '../poll-grid';
import { whileOpen } from '../until-closed';
import { ratingsBlock, statusBlock } from './registers';
import { ControllerReplies } from './replies';
import { controllerCharacteristic, ControllerRequests } from './requests';

/** Seconds between two polls. */
export const normalInterval = 27;

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
  const end = whileOpen(link, signal);
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
  try {
    await pollWhileAnswered(every, clock, end, sink, async () => {
      if (!rated) {
        const answer = await requests.read(ratingsBlock);
        // One that does not know them says so, and is not asked again.
        rated = answer !== undefined;
      }
      return (await requests.read(statusBlock)) !== undefined;
    });
  } finally {
    stop();
  }
}

import { writeRegisterRequest } from '../../protocol/modbus-rtu';
import type { SwitchResult } from '../../model/load-switch';
import type { DeviceContext, GattLink, ReadingSink } from '../device-type';
import { pollInterval } from './conversation';
import { controllerAddress, loadRegister, statusBlock } from './registers';
import { ControllerReplies } from './replies';
import { controllerCharacteristic, ControllerRequests } from './requests';

/** The request that switches the load output. */
export function loadSwitchRequest(on: boolean): Uint8Array {
  return writeRegisterRequest(controllerAddress, loadRegister, on ? 1 : 0);
}

const unheard: ReadingSink = {
  reading: () => undefined,
  rejected: () => undefined,
  trouble: () => undefined,
};

/**
 * Switches the load output, once, and reads the status back. The only thing that changes anything at a controller; no
 * conversation calls it. A conversation over the same link receives what is read back as well. Never rejects.
 */
export async function switchLoad(
  link: GattLink,
  on: boolean,
  context: DeviceContext,
  signal: AbortSignal,
): Promise<SwitchResult> {
  const { clock } = context;
  const requests = new ControllerRequests(link, clock, signal);
  const replies = new ControllerReplies(context, unheard, pollInterval(context));
  const receive = (piece: Uint8Array): void => {
    for (const reply of replies.push(piece, clock.monotonic())) requests.received(reply);
  };
  const stop = await link.notifications(controllerCharacteristic, receive).catch(() => undefined);
  if (stop === undefined) return 'unknown';
  try {
    const taken = await requests.ask(
      loadSwitchRequest(on),
      ({ reply }) =>
        (reply.kind === 'written' && reply.register === loadRegister) ||
        (reply.kind === 'exception' && reply.function === 6),
    );
    if (taken?.reply.kind === 'exception') return 'refused';
    // Without an answer it may have been switched all the same: the status tells.
    const { content } = (await requests.read(statusBlock)) ?? {};
    if (content === undefined || !('status' in content)) return 'unknown';
    return content.status.loadOn === on ? 'done' : 'unchanged';
  } finally {
    stop();
  }
}

import { readRegistersRequest } from '../../protocol/modbus-rtu';
import type { DeviceClock, GattLink } from '../device-type';
import { controllerAddress, type RegisterBlock } from './registers';
import type { ControllerReply } from './replies';

/** The one characteristic: requests are written to it, replies are its notifications. */
export const controllerCharacteristic = 'ffe1';

/** ms that a reply may take. */
const replyTime = 5000;
/** A request is sent once more when its reply is missing or damaged. */
const attempts = 2;

interface Waiting {
  readonly matches: (reply: ControllerReply) => boolean;
  readonly end: () => void;
  answer?: ControllerReply;
}

/** Requests to a controller, one at a time, and the replies that answer them. */
export class ControllerRequests {
  private waiting: Waiting | undefined;

  /** @param signal ends the waiting for a reply */
  constructor(
    private readonly link: GattLink,
    private readonly clock: DeviceClock,
    private readonly signal: AbortSignal,
  ) {}

  /** Takes a reply that was received. */
  received(reply: ControllerReply): void {
    const { waiting } = this;
    if (waiting?.matches(reply) !== true) return;
    waiting.answer = reply;
    waiting.end();
  }

  /** Reads a block; `undefined` when no reply comes, twice. Never rejects. */
  async read(block: RegisterBlock): Promise<ControllerReply | undefined> {
    const request = readRegistersRequest(controllerAddress, block.start, block.count);
    const isOfBlock = ({ reply }: ControllerReply): boolean =>
      (reply.kind === 'exception' && reply.function === 3) ||
      (reply.kind === 'registers' && reply.data.length === block.count * 2);
    for (let attempt = 0; attempt < attempts && !this.signal.aborted; attempt++) {
      const answer = await this.ask(request, isOfBlock);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** Sends a request once and waits 5 s for the reply. Never rejects. */
  async ask(
    request: Uint8Array,
    matches: (reply: ControllerReply) => boolean,
  ): Promise<ControllerReply | undefined> {
    const answered = new AbortController();
    const waiting: Waiting = { matches, end: () => answered.abort() };
    this.waiting = waiting;
    try {
      await this.link.write(controllerCharacteristic, request);
      await this.clock.sleep(replyTime, AbortSignal.any([this.signal, answered.signal]));
    } catch {
      // A link that is lost says so by being closed.
    } finally {
      this.waiting = undefined;
    }
    return waiting.answer;
  }
}

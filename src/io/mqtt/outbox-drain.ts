import type { BrokerSession } from './broker-session';
import type { Outbox } from './outbox';

/** A message that ends the connection so many times is what the broker does not take. */
const mostTries = 20;

/** Sends what is in an outbox, oldest first, each until it was acknowledged. */
export class OutboxDrain {
  private running = false;
  private tries = { number: 0, count: 0 };

  /** @param session the connection, while there is one */
  constructor(
    private readonly outbox: Outbox,
    private readonly session: () => BrokerSession | undefined,
  ) {}

  /** Sends as much as there is and can be sent now. To be called when either may be more. Never rejects. */
  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    const { outbox } = this;
    for (;;) {
      const session = this.session();
      const message = outbox.first;
      if (session === undefined || message === undefined) break;
      const { number, topic, payload } = message;
      if (this.tries.number !== number) this.tries = { number, count: 0 };
      this.tries.count++;
      if (await session.publish(topic, payload, { qos: 1 })) outbox.remove(number);
      else if (session.up || this.tries.count >= mostTries) {
        // The broker does not want it; those behind it are to get through.
        outbox.giveUp(number);
      }
    }
    this.running = false;
  }
}

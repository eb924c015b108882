import { batteryTopics, type BatteryTopics } from '../../protocol/mqtt/topics';
import { BrokerLink, type BrokerLinkParts, type LinkStatus } from '../mqtt/broker-link';
import type { BrokerSession } from '../mqtt/broker-session';
import type { Outbox } from '../mqtt/outbox';
import { OutboxDrain } from '../mqtt/outbox-drain';
import type { RetainedMessages } from '../mqtt/retained-messages';

/** A message beside CompleteStatus: QoS 0, not retained. */
export interface ToldMessage {
  readonly topic: string;
  readonly payload: string | Uint8Array;
}

/** Messages that are published again and again, the latest and nothing else. */
export interface Telling {
  /** ms between two questions. */
  readonly every: number;
  /** What is to be published now. @param all what has not changed too: somebody may have begun to listen */
  readonly messages: (all: boolean) => readonly ToldMessage[];
}

/** What an MqttSender needs, beside what its connection does. */
export interface MqttSenderParts extends Omit<
  BrokerLinkParts,
  'up' | 'message' | 'tooLong' | 'will' | 'leaving' | 'status'
> {
  readonly bmsId: string;
  /** CompleteStatus as of now; `undefined` while nothing has been heard. */
  readonly read: () => string | undefined;
  /** The message of the energies as of now; `undefined` while none is known. */
  readonly energy?: () => string | undefined;
  /** What else is published. */
  readonly tellings?: readonly Telling[];
  /** What must arrive. */
  readonly outbox: Outbox;
  /** Messages that the broker is to keep, sent with each connection: Home Assistant's discovery. */
  readonly retained?: Pick<RetainedMessages, 'publish'>;
  /** Somebody wants the controller to be configured. */
  readonly config?: (payload: Uint8Array) => void;
  readonly status: (status: LinkStatus) => void;
  /** ms from one CompleteStatus to the next: the manual's. */
  readonly interval?: number;
  /** ms after which what a broker does not keep is told once more. Default: a minute. */
  readonly repeat?: number;
}

const usualInterval = 500;
/** ms from one message of the energies to the next. */
const energyInterval = 10_000;
/** ms after which what a broker does not keep is told once more. */
const repeatInterval = 60_000;

/**
 * Publishes a battery: everything that is known twice a second, the latest and nothing else; alarms and answers one by one,
 * until they have arrived. While the broker is away nothing piles up but what the outbox holds.
 */
export class MqttSender {
  /** CompleteStatus messages that were written, and those that were left out because the way was not free. */
  readonly counters = { published: 0, skipped: 0 };
  private readonly topics: BatteryTopics;
  private readonly link: BrokerLink;
  private busy = false;
  /** Tellings with when the one before has left. */
  private readonly tellings: readonly { readonly telling: Telling; underWay: boolean }[];
  private readonly drain: OutboxDrain;

  constructor(private readonly parts: MqttSenderParts) {
    const { bmsId, config, energy, tellings = [] } = parts;
    this.topics = batteryTopics(bmsId);
    const { availability, energy: topic } = this.topics;
    const energies: Telling = {
      every: energyInterval,
      messages: () => {
        const payload = energy?.();
        return payload === undefined ? [] : [{ topic, payload }];
      },
    };
    this.tellings = [energies, ...tellings].map((telling) => ({ telling, underWay: false }));
    this.drain = new OutboxDrain(parts.outbox, () => this.link.session);
    this.link = new BrokerLink({
      ...parts,
      will: { topic: availability, payload: 'offline' },
      up: (session) => void this.greet(session),
      message: ({ topic, payload, retained }) => {
        if (topic === this.topics.config && !retained) config?.(payload);
      },
      leaving: async (session) => {
        await session.publish(availability, 'offline', { qos: 1, retain: true });
      },
    });
  }

  /** Runs until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    await this.parts.outbox.open();
    const timer = setInterval(() => void this.publish(), this.parts.interval ?? usualInterval);
    const tellingTimers = this.tellings.map((each) =>
      setInterval(() => void this.tell(each), each.telling.every),
    );
    const repeatTimer = setInterval(() => {
      const { session } = this.link;
      if (session?.retains === false) void this.announce(session);
    }, this.parts.repeat ?? repeatInterval);
    try {
      await this.link.run(signal);
    } finally {
      clearInterval(timer);
      for (const each of tellingTimers) clearInterval(each);
      clearInterval(repeatTimer);
    }
  }

  /** See BrokerLink. */
  again(): void {
    this.link.again();
  }

  /** Sends something that must arrive, when that is possible. */
  send(topic: 'alarm' | 'configReply', payload: string): void {
    this.parts.outbox.add({ topic: this.topics[topic], payload });
    void this.drain.run();
  }

  private async announce(session: BrokerSession): Promise<void> {
    await session.publish(this.topics.availability, 'online', { qos: 1, retain: true });
    await this.parts.retained?.publish(session);
  }

  private async greet(session: BrokerSession): Promise<void> {
    await this.announce(session);
    if (this.parts.config !== undefined) await session.subscribe([this.topics.config]);
    await Promise.all(this.tellings.map((each) => this.tell(each, true)));
    await this.drain.run();
  }

  private async tell(each: (typeof this.tellings)[number], all = false): Promise<void> {
    const { session } = this.link;
    // Where those before have not left yet, it is not made worse by others.
    if (session === undefined || each.underWay) return;
    const messages = each.telling.messages(all);
    each.underWay = true;
    await Promise.all(messages.map(({ topic, payload }) => session.publish(topic, payload)));
    each.underWay = false;
  }

  private async publish(): Promise<void> {
    const { session } = this.link;
    if (session === undefined) return;
    if (this.busy) {
      // The one before has not left yet: it is not made worse by another one.
      this.counters.skipped++;
      return;
    }
    const payload = this.parts.read();
    if (payload === undefined) return;
    this.busy = true;
    if (await session.publish(this.topics.status, payload)) this.counters.published++;
    else this.counters.skipped++;
    this.busy = false;
  }
}

import * as v from 'valibot';
import type { TextStore } from '../text-store';
import type { BrokerSession } from './broker-session';

/** A message that the broker is to keep. */
export interface RetainedMessage {
  readonly topic: string;
  readonly payload: string;
}

/** Topics of one display, and their length: a file with more is none of ours. */
const topics = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(1000))), v.maxLength(10_000));

/**
 * The messages that the broker keeps of this display: a file has their topics, so that those which are sent no more, as of a device
 * that was taken out or of a discovery that was switched off, are taken away there with the next connection.
 */
export class RetainedMessages {
  private known: readonly string[] | undefined;

  /** @param store the topics' file, as a JSON array */
  constructor(
    private readonly messages: readonly RetainedMessage[],
    private readonly store: Pick<TextStore, 'read' | 'write'>,
  ) {}

  /** Publishes all of them, and an empty message where there was one before. Never rejects. */
  async publish(session: Pick<BrokerSession, 'publish'>): Promise<void> {
    const own = this.messages.map(({ topic }) => topic);
    const before = await this.read();
    const gone = before.filter((topic) => !own.includes(topic));
    // What is on its way must not be forgotten when the power goes.
    await this.write([...own, ...gone]);
    for (const { topic, payload } of this.messages)
      await session.publish(topic, payload, { qos: 1, retain: true });
    const left: string[] = [];
    for (const topic of gone)
      if (!(await session.publish(topic, '', { qos: 1, retain: true }))) left.push(topic);
    await this.write([...own, ...left]);
  }

  private async read(): Promise<readonly string[]> {
    if (this.known !== undefined) return this.known;
    try {
      const parsed = v.safeParse(topics, JSON.parse(await this.store.read()));
      this.known = parsed.success ? parsed.output : [];
    } catch {
      // There is none yet, or it can't be read: then nothing is taken away.
      this.known = [];
    }
    return this.known;
  }

  private async write(list: readonly string[]): Promise<void> {
    if (this.known !== undefined && JSON.stringify(list) === JSON.stringify(this.known)) return;
    this.known = list;
    await this.store.write(`${JSON.stringify(list)}\n`).catch(() => undefined);
  }
}

import { batteryTopics, type BatteryTopics } from '../../protocol/mqtt/topics';
import { StatusReceiver, type StatusReader } from '../../protocol/mqtt/status-receiver';
import { BrokerLink, type BrokerLinkParts, type LinkStatus } from '../mqtt/broker-link';
import type { BrokerMessage, BrokerSession } from '../mqtt/broker-session';
import type { FrameSink, FrameSource } from './frame-source';
import { RunOnce } from './run-once';
import { StatusReporter } from './status-reporter';

/** What an MqttSource needs, beside what its connection does. */
export interface MqttSourceOptions extends Omit<
  BrokerLinkParts,
  'up' | 'message' | 'tooLong' | 'status' | 'will' | 'leaving'
> {
  /** Whose battery is heard. */
  readonly bmsId: string;
  /** Turns what its sender publishes into readings. */
  readonly read: StatusReader;
  /** What the sender tells of the controller's configuration, with each of its messages; `undefined` when nothing. */
  readonly config?: (config: unknown) => void;
  /** Answers of the sender to configuration that was sent. */
  readonly configReply?: (payload: Uint8Array) => void;
  /** A connection is there, or (undefined) not any more. */
  readonly session?: (session: BrokerSession | undefined) => void;
}

/** Letters of the battery's name that the status strip has room for. */
const shortName = 12;

/** Hears one battery from a broker: what its sender publishes, and whether there is one. */
export class MqttSource implements FrameSource {
  readonly name = 'mqtt';
  private readonly topics: BatteryTopics;
  private readonly receiver: StatusReceiver;
  private readonly once = new RunOnce();
  private link: BrokerLink | undefined;
  private host = '';
  private senderIsOffline = false;
  private refused = '';

  constructor(private readonly options: MqttSourceOptions) {
    this.topics = batteryTopics(options.bmsId);
    this.receiver = new StatusReceiver(options.bmsId, options.read);
  }

  async run(signal: AbortSignal, sink: FrameSink): Promise<void> {
    this.once.start();
    const status = new StatusReporter(sink, `MQTT ${this.options.bmsId.slice(0, shortName)}`);
    let link: LinkStatus = { up: false, report: { code: 'broker-starting', values: {} } };
    const tell = (): void => this.tell(link, status);
    this.link = new BrokerLink({
      ...this.options,
      up: (session, host) => {
        this.host = host;
        this.options.session?.(session);
        void this.subscribe(session).then(tell);
      },
      message: (message) => {
        if (signal.aborted) return;
        this.hear(message, sink);
        if (message.topic === this.topics.availability) tell();
      },
      tooLong: (bytes) => sink.rejected('too long', `more than ${bytes} bytes from the broker`),
      status: (changed) => {
        link = changed;
        if (!changed.up) this.options.session?.(undefined);
        if (!signal.aborted) tell();
      },
    });
    await this.link.run(signal);
  }

  /** See BrokerLink. */
  again(): void {
    this.link?.again();
  }

  private async subscribe(session: BrokerSession): Promise<void> {
    const { status, availability, configReply } = this.topics;
    const wanted = this.options.configReply === undefined ? [] : [configReply];
    // Before it is known, nobody is said to be missing.
    this.senderIsOffline = false;
    const refused = await session.subscribe([status, availability, ...wanted]);
    this.refused = refused.includes(status) ? status : '';
  }

  private hear({ topic, payload, retained }: BrokerMessage, sink: FrameSink): void {
    const { status, availability, configReply } = this.topics;
    if (topic === availability) this.senderIsOffline = isOffline(payload);
    else if (topic === configReply && !retained) this.options.configReply?.(payload);
    else if (topic === status) {
      const received = this.receiver.take(payload, retained, this.options.clock.monotonic());
      if ('rejected' in received) sink.rejected(received.rejected, received.detail);
      else {
        sink.readings?.(received.readings, this.host);
        this.options.config?.(received.config);
      }
    }
  }

  private tell(link: LinkStatus, status: StatusReporter): void {
    const { host, refused: topic } = this;
    const { bmsId } = this.options;
    if (!link.up) status.report('connecting', link.report, link.nextTry);
    else if (topic !== '') {
      status.report('connecting', { code: 'broker-topic-refused', values: { host, topic } });
    } else if (this.senderIsOffline) {
      status.report('up', { code: 'broker-sender-offline', values: { host, bmsId } });
    } else status.report('up', { code: 'broker-receiving', values: { host, bmsId } });
  }
}

function isOffline(payload: Uint8Array): boolean {
  return payload.length === 7 && new TextDecoder().decode(payload) === 'offline';
}

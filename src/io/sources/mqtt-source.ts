import { DevicesReceiver } from '../../protocol/mqtt/devices-receiver';
import { parseSite, type RemoteSite } from '../../protocol/mqtt/site-message';
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
  /** Which devices it had when it was received last. */
  readonly before?: RemoteSite | undefined;
  /** Which devices the sender has, each time that it may be others; without, they are not asked for. */
  readonly site?: (site: RemoteSite) => void;
  /** A connection is there, or (undefined) not any more. */
  readonly session?: (session: BrokerSession | undefined) => void;
}

/** Letters of the battery's name that the status strip has room for. */
const shortName = 12;

/** Hears one sender from a broker: its battery or its devices, and whether there is one. */
export class MqttSource implements FrameSource {
  readonly name = 'mqtt';
  private readonly topics: BatteryTopics;
  private readonly receiver: StatusReceiver;
  private readonly devices: DevicesReceiver;
  private readonly once = new RunOnce();
  private link: BrokerLink | undefined;
  private host = '';
  private senderIsOffline = false;
  private refused = '';
  /** The connection of a broker that lets devices be heard only by their names. */
  private namedOnly: BrokerSession | undefined;

  constructor(private readonly options: MqttSourceOptions) {
    this.topics = batteryTopics(options.bmsId);
    this.receiver = new StatusReceiver(options.bmsId, options.read);
    this.devices = new DevicesReceiver(options.bmsId, options.before);
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
    const { status, availability, configReply, site, devices } = this.topics;
    const wanted = [
      ...(this.options.configReply === undefined ? [] : [configReply]),
      ...(this.options.site === undefined ? [] : [site, `${devices}/+`]),
    ];
    // Before it is known, nobody is said to be missing.
    this.senderIsOffline = false;
    this.namedOnly = undefined;
    const refused = await session.subscribe([status, availability, ...wanted]);
    this.refused = refused.includes(status) ? status : '';
    if (!refused.includes(`${devices}/+`)) return;
    this.namedOnly = session;
    await this.subscribeNamed(this.devices.site);
  }

  private async subscribeNamed(heard: RemoteSite | undefined): Promise<void> {
    const topics = (heard?.devices ?? []).map(({ name }) => `${this.topics.devices}/${name}`);
    if (topics.length > 0) await this.namedOnly?.subscribe(topics);
  }

  private hear(message: BrokerMessage, sink: FrameSink): void {
    const { topic, payload, retained } = message;
    const { status, availability, configReply, site, devices } = this.topics;
    if (topic === availability) this.senderIsOffline = isOffline(payload);
    else if (topic === configReply && !retained) this.options.configReply?.(payload);
    else if (topic === status) {
      const received = this.receiver.take(payload, retained, this.options.clock.monotonic());
      if ('rejected' in received) sink.rejected(received.rejected, received.detail);
      else {
        sink.readings?.(received.readings, this.host);
        this.options.config?.(received.config);
      }
    } else if (topic === site) this.hearSite(payload, sink);
    else if (topic.startsWith(`${devices}/`)) this.hearDevice(message, sink);
  }

  private hearSite(payload: Uint8Array, sink: FrameSink): void {
    // An empty one takes back what the broker has kept.
    if (payload.length === 0) return;
    const site = parseSite(payload, this.options.bmsId);
    if (site === undefined) sink.rejected('not a site', `${payload.length} bytes`);
    else {
      this.devices.list(site);
      void this.subscribeNamed(site);
      this.options.site?.(site);
    }
  }

  private hearDevice({ topic, payload, retained }: BrokerMessage, sink: FrameSink): void {
    const name = topic.slice(this.topics.devices.length + 1);
    const received = this.devices.take(name, payload, retained, this.options.clock.monotonic());
    if ('rejected' in received) {
      sink.rejected(received.rejected, received.detail);
      return;
    }
    sink.deviceReadings?.(received.device, received.readings, this.host);
    const { site } = this.devices;
    if (site !== undefined) this.options.site?.(site);
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

import type { SecureContextOptions } from 'node:tls';
import type { IClientOptions, MqttClient } from 'mqtt';
import { longestMessage } from '../../protocol/mqtt/status-message';
import type { BrokerRemark } from '../../model/broker-reports';
import { brokerPlace, type BrokerAccess } from './broker-access';
import type { Demands } from './broker-demands';
import type { BrokerFailure } from './broker-trouble';
import { packetSize, reasonOf, referenceIn } from './broker-packets';

/** Bytes that may come without making up a message: a larger one is not waited for. */
const longestPacket = 1 << 20;
/** ms until a broker must have let us in. */
const connectTimeout = 15_000;
/** ms for the last words. */
const farewell = 1000;
/** ms after which a broker that is there has forgotten to acknowledge. */
const longestAnswer = 60_000;

/** A message that was heard. */
export interface BrokerMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** The broker has kept it from before. */
  readonly retained: boolean;
}

/** What one connection is made with, and who hears of it. */
export interface SessionParts {
  readonly access: BrokerAccess;
  /** Unlike that of any other client, or the broker ends one of the two. */
  readonly clientId: string;
  /** s of silence after which the broker is asked whether it is there; half as much again, and it is given up. */
  readonly keepalive: number;
  /** 5, or 4 (MQTT 3.1.1) for older brokers. */
  readonly version: 4 | 5;
  /** What the broker publishes for it when it has gone without a word. */
  readonly will?: { readonly topic: string; readonly payload: string };
  /** What the broker may be asked for. */
  readonly demands: Demands;
  /** The broker has let it in. Called once at the most. */
  readonly up: (session: BrokerSession) => void;
  readonly message: (message: BrokerMessage) => void;
  /** Somebody sends more than anybody should. */
  readonly tooLong: (bytes: number) => void;
  /** A message of ours does not get through, and the connection stays. */
  readonly remark?: (remark: BrokerRemark) => void;
  /** ms that an acknowledgement may take. Default: a minute. */
  readonly longestAnswer?: number;
}

/** One connection with a broker, from the first try to its end; nothing of it is used for the next one. */
export class BrokerSession {
  /** Resolves with why it has ended; never rejects. */
  readonly ended: Promise<BrokerFailure>;
  private client: MqttClient | undefined;
  private failure: BrokerFailure | undefined;
  private isUp = false;
  private keeps: boolean;
  private acknowledges: boolean;
  private hasAcknowledged = false;
  private wildcards = true;
  /** Bytes that the broker takes at once. */
  private most = Infinity;
  /** Where the broker says that another one is. */
  private elsewhere: string | undefined;
  private readonly pending = new Map<object, Pick<BrokerFailure, 'unanswered' | 'topic'>>();
  /** The message before that is to be acknowledged: a broker may take only one at a time. */
  private before: Promise<unknown> = Promise.resolve();
  private over = false;
  private finish: (failure: BrokerFailure) => void = () => undefined;

  constructor(private readonly parts: SessionParts) {
    this.keeps = parts.demands.retain;
    this.acknowledges = parts.demands.acknowledge;
    this.ended = new Promise((resolve) => (this.finish = resolve));
  }

  /** True from being let in until it ends. */
  get up(): boolean {
    return this.isUp;
  }

  /** Messages that are to be kept are. A broker of MQTT 5 says that it keeps none when it lets us in. */
  get retains(): boolean {
    return this.keeps;
  }

  /** What it is asked for, less what it has said when it let us in. */
  get grants(): Demands {
    return { ...this.parts.demands, retain: this.keeps, acknowledge: this.acknowledges };
  }

  /** A message was acknowledged. */
  get acknowledged(): boolean {
    return this.hasAcknowledged;
  }

  /** Begins. The package is loaded when it is needed: a display without MQTT does without its memory. */
  async open(): Promise<void> {
    const { connect } = await import('mqtt');
    if (this.over) return;
    const { access } = this.parts;
    let client: MqttClient;
    try {
      client = connect(access.url, this.options());
    } catch (error) {
      this.end(asFailure(error));
      return;
    }
    this.client = client;
    client.on('error', (error) => (this.failure ??= asFailure(error)));
    client.on('packetreceive', (packet) => (this.elsewhere = referenceIn(packet) ?? this.elsewhere));
    client.on('disconnect', ({ reasonCode = 0 }) => {
      if (reasonCode >= 128) this.failure = { code: reasonCode, message: 'disconnected by the broker' };
    });
    client.on('message', (topic, payload, { retain }) =>
      this.parts.message({ topic, payload, retained: retain }),
    );
    client.on('connect', ({ properties }) => {
      this.isUp = true;
      if (properties?.retainAvailable === false) this.keeps = false;
      if (properties?.maximumQoS === 0) this.acknowledges = false;
      if (properties?.wildcardSubscriptionAvailable === false) this.wildcards = false;
      this.most = properties?.maximumPacketSize ?? Infinity;
      this.boundPackets(client);
      this.parts.up(this);
    });
    client.on('close', () => this.end(this.failure ?? { message: 'connection closed', found: 'closed' }));
  }

  /**
   * Sends. Resolves with whether it was taken: written for QoS 0, acknowledged for QoS 1, which is one message at a time. Never
   * queues otherwise, never rejects.
   */
  publish(
    topic: string,
    payload: string | Uint8Array,
    { qos = 0, retain = false }: { qos?: 0 | 1; retain?: boolean } = {},
  ): Promise<boolean> {
    const message = { topic, payload: Buffer.from(payload), retain: retain && this.keeps };
    if (qos === 0 || !this.acknowledges) return this.send(message, 0);
    const sent = this.before.then(() => this.send(message, 1));
    this.before = sent;
    return sent;
  }

  private async send(
    { topic, payload, retain }: { topic: string; payload: Buffer; retain: boolean },
    qos: 0 | 1,
  ): Promise<boolean> {
    const { client } = this;
    if (client === undefined || !this.isUp || this.over) return false;
    const { host } = brokerPlace(this.parts.access.url);
    const bytes = packetSize(topic, payload.length);
    if (bytes > this.most) {
      const values = { host, topic, bytes, most: this.most };
      this.parts.remark?.({ code: 'broker-takes-less', values });
      return false;
    }
    return this.answered(qos === 1 ? { unanswered: 'publish', topic } : undefined, false, (resolve) => {
      client.publish(topic, payload, { qos, retain }, (error, packet) => {
        // MQTT 5 brokers acknowledge what they do not pass on too, with a reason.
        const reason = reasonOf(packet) || reasonOf(error);
        if (qos === 1 && !this.over) this.hasAcknowledged = true;
        if (reason >= 128 && !this.over)
          this.parts.remark?.({ code: 'broker-publish-refused', values: { host, topic, reason } });
        resolve(!error && reason < 128);
      });
    });
  }

  /** Asks for messages. Resolves with the topics that the broker does not let us hear. */
  async subscribe(topics: readonly string[]): Promise<readonly string[]> {
    const { client } = this;
    if (client === undefined || !this.isUp || this.over) return [];
    const patterns = this.wildcards ? [] : topics.filter((topic) => /[+#]/.test(topic));
    const wanted = topics.filter((topic) => !patterns.includes(topic));
    const [topic] = wanted;
    if (topic === undefined) return patterns;
    return this.answered<readonly string[]>({ unanswered: 'subscribe', topic }, [], (resolve) => {
      client.subscribe([...wanted], { qos: 1 }, (error, granted) => {
        const refused = (granted ?? []).filter(({ qos }) => qos >= 128).map((each) => each.topic);
        resolve([...patterns, ...(refused.length === 0 && error ? wanted : refused)]);
      });
    });
  }

  /** Waits for the answer to what was asked; `otherwise` when the connection ends before, which it does where none comes. */
  private async answered<T>(
    question: Pick<BrokerFailure, 'unanswered' | 'topic'> | undefined,
    otherwise: T,
    ask: (resolve: (answer: T) => void) => void,
  ): Promise<T> {
    const key = {};
    let timer: NodeJS.Timeout | undefined;
    if (question !== undefined) {
      this.pending.set(key, question);
      const { longestAnswer: patience = longestAnswer } = this.parts;
      timer = setTimeout(() => this.end({ message: 'no answer', found: 'closed' }), patience);
    }
    const answer = await Promise.race([new Promise(ask), this.ended.then(() => otherwise)]);
    clearTimeout(timer);
    this.pending.delete(key);
    return answer;
  }

  /** Ends it in order, or at once where that takes too long. */
  async close(): Promise<void> {
    const { client } = this;
    if (client === undefined || !this.isUp) {
      this.end({ message: 'stopped' });
      return;
    }
    const timer = setTimeout(() => this.end({ message: 'stopped' }), farewell);
    client.end(false);
    await this.ended;
    clearTimeout(timer);
  }

  private options(): IClientOptions {
    const { access, clientId, keepalive, version, will, demands } = this.parts;
    const { retain, acknowledge } = demands;
    const { user, password, ca, cert, key } = access;
    // The package hands it on to the TLS socket, but not to one below a WebSocket; its types know only of the latter.
    const tls: Pick<SecureContextOptions, 'minVersion'> = { minVersion: 'TLSv1.2' };
    return {
      clientId,
      keepalive,
      connectTimeout,
      protocolVersion: version,
      // The next connection is made by BrokerLink, anew.
      reconnectPeriod: 0,
      clean: true,
      resubscribe: false,
      queueQoSZero: false,
      rejectUnauthorized: true,
      timerVariant: 'native',
      ...tls,
      wsOptions: { ...tls },
      ...(user !== '' && { username: user, ...(password !== '' && { password }) }),
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && key !== undefined && { cert, key }),
      ...(version === 5 && { properties: { maximumPacketSize: 2 * longestMessage } }),
      ...(will !== undefined && demands.will && { will: { ...will, qos: acknowledge ? 1 : 0, retain } }),
    };
  }

  /** A broker of MQTT 3.1.1 can't be told how much is too much, and a message of 256 MB would be put together in memory. */
  private boundPackets(client: MqttClient): void {
    let bytes = 0;
    client.on('packetreceive', () => (bytes = 0));
    client.stream.on('data', (chunk: Uint8Array) => {
      bytes += chunk.length;
      if (bytes <= longestPacket || this.over) return;
      this.parts.tooLong(bytes);
      this.end({ code: 149, message: 'a message is too large' });
    });
  }

  private end(failure: BrokerFailure): void {
    if (this.over) return;
    this.over = true;
    this.isUp = false;
    // Its listeners stay: what it says from now on changes nothing, and nobody else may be hurt by an error.
    this.client?.end(true);
    const { elsewhere } = this;
    const [question] = this.pending.values();
    this.finish({ ...failure, ...question, ...(elsewhere !== undefined && { elsewhere }) });
  }
}

function asFailure(error: unknown): BrokerFailure {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { code, message, errors } = error as Partial<BrokerFailure> & {
    readonly errors?: readonly unknown[];
  };
  // A name with several addresses fails with all of their failures.
  const inner = errors?.[0] as Partial<BrokerFailure> | undefined;
  const found = code ?? inner?.code;
  return { message: message ?? 'unknown', ...(found !== undefined && { code: found }) };
}

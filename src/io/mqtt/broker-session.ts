import type { SecureContextOptions } from 'node:tls';
import type { IClientOptions, MqttClient } from 'mqtt';
import { longestMessage } from '../../protocol/mqtt/status-message';
import type { BrokerAccess } from './broker-access';
import type { BrokerFailure } from './broker-trouble';

/** Bytes that may come without making up a message: a larger one is not waited for. */
const longestPacket = 1 << 20;
/** ms until a broker must have let us in. */
const connectTimeout = 15_000;
/** ms for the last words. */
const farewell = 1000;

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
  /** The broker may be asked to keep messages, the will among them. */
  readonly retain: boolean;
  /** The broker has let it in. Called once at the most. */
  readonly up: (session: BrokerSession) => void;
  readonly message: (message: BrokerMessage) => void;
  /** Somebody sends more than anybody should. */
  readonly tooLong: (bytes: number) => void;
}

/** One connection with a broker, from the first try to its end; nothing of it is used for the next one. */
export class BrokerSession {
  /** Resolves with why it has ended; never rejects. */
  readonly ended: Promise<BrokerFailure>;
  private client: MqttClient | undefined;
  private failure: BrokerFailure | undefined;
  private isUp = false;
  private keeps: boolean;
  private over = false;
  private finish: (failure: BrokerFailure) => void = () => undefined;

  constructor(private readonly parts: SessionParts) {
    this.keeps = parts.retain;
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
    client.on('disconnect', ({ reasonCode = 0 }) => {
      if (reasonCode >= 128) this.failure = { code: reasonCode, message: 'disconnected by the broker' };
    });
    client.on('message', (topic, payload, { retain }) =>
      this.parts.message({ topic, payload, retained: retain }),
    );
    client.on('connect', ({ properties }) => {
      this.isUp = true;
      if (properties?.retainAvailable === false) this.keeps = false;
      this.boundPackets(client);
      this.parts.up(this);
    });
    client.on('close', () => this.end(this.failure ?? { message: 'connection closed', found: 'closed' }));
  }

  /** Sends. Resolves with whether it was taken: written for QoS 0, acknowledged for QoS 1. Never queues, never rejects. */
  publish(
    topic: string,
    payload: string | Uint8Array,
    { qos = 0, retain = false }: { qos?: 0 | 1; retain?: boolean } = {},
  ) {
    const { client } = this;
    if (client === undefined || !this.isUp || this.over) return Promise.resolve(false);
    const done = new Promise<boolean>((resolve) => {
      client.publish(
        topic,
        typeof payload === 'string' ? payload : Buffer.from(payload),
        { qos, retain: retain && this.keeps },
        (error, packet) => {
          // MQTT 5 brokers acknowledge what they do not pass on too, with a reason.
          const reason = (packet as { reasonCode?: number } | undefined)?.reasonCode ?? 0;
          resolve(!error && reason < 128);
        },
      );
    });
    return Promise.race([done, this.ended.then(() => false)]);
  }

  /** Asks for messages. Resolves with the topics that the broker does not let us hear. */
  subscribe(topics: readonly string[]): Promise<readonly string[]> {
    const { client } = this;
    if (client === undefined || !this.isUp || this.over) return Promise.resolve([]);
    const done = new Promise<readonly string[]>((resolve) => {
      client.subscribe([...topics], { qos: 1 }, (error, granted) => {
        const refused = (granted ?? []).filter(({ qos }) => qos >= 128).map(({ topic }) => topic);
        resolve(refused.length === 0 && error ? topics : refused);
      });
    });
    return Promise.race([done, this.ended.then(() => [])]);
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
    const { access, clientId, keepalive, version, will, retain } = this.parts;
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
      ...(will !== undefined && { will: { ...will, qos: 1, retain } }),
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
    this.finish(failure);
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

import { systemClock } from '../../base/clock';
import type { MessageLink, TopicMessage } from '../../devices/device-type';
import type { BrokerReport } from '../../model/broker-reports';
import type { LinkReport } from '../../model/link-reports';
import type { BrokerAccess } from '../mqtt/broker-access';
import { BrokerLink, type LinkStatus } from '../mqtt/broker-link';
import type { BrokerMessage, BrokerSession } from '../mqtt/broker-session';
import { passingClientId } from '../mqtt/client-id';
import { systemTimers, type Timers } from '../timers';
import { within } from '../within';
import { LinkError, type LinkOpener, type OpenedLink } from './link-opener';

/** Which broker, and what is to be heard of it. */
export interface MqttLinkOptions {
  /** For people: the broker's host, or what else it is called. */
  readonly host: string;
  /** Asked before each connection. @throws AccessError */
  readonly access: () => Promise<BrokerAccess>;
  readonly topics: readonly string[];
  /** An empty message that is published at the beginning, and every so many s. */
  readonly keepAlive?: { readonly topic: string; readonly every: number };
  /** Default: the machine's own. */
  readonly timers?: Timers;
}

/** s of silence after which the broker is asked whether it is there. */
const keepalive = 30;
/** ms that an orderly end may take. */
const longestFarewell = 1500;
/** Messages that are kept until somebody listens: those that a broker has kept come with its first answer. */
const mostWaiting = 2000;
/** Letters of the host that the status strip has room for. */
const shortHost = 15;

/** Connects with a broker again and again, each time as a client of its own, and hears topics. */
export class MqttLinkOpener implements LinkOpener {
  readonly label: string;
  readonly place: string;
  /** Unlike any other client's, another packdial's of the same machine among them. Nothing is kept for it. */
  private readonly clientId = passingClientId();

  constructor(private readonly options: MqttLinkOptions) {
    this.place = options.host;
    this.label = `MQTT ${options.host.slice(0, shortHost)}`;
  }

  async open(signal?: AbortSignal): Promise<OpenedLink> {
    const { access, topics, keepAlive, timers = systemTimers } = this.options;
    const stop = new AbortController();
    const end = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    const link = new BrokerTopics();
    let opened: () => void = () => undefined;
    let failed: (error: LinkError) => void = () => undefined;
    const opening = new Promise<void>((resolve, reject) => {
      [opened, failed] = [resolve, reject];
    });
    let cancel = (): void => undefined;
    const beg = (session: BrokerSession): void => {
      if (keepAlive === undefined || end.aborted) return;
      void session.publish(keepAlive.topic, '');
      cancel = timers.after(1000 * keepAlive.every, () => beg(session));
    };
    const lose = (report: BrokerReport): void => {
      failed(new LinkError(report, false));
      link.end(report);
      stop.abort();
    };
    const subscribe = async (session: BrokerSession, host: string): Promise<void> => {
      const [refused] = await session.subscribe(topics);
      if (refused !== undefined)
        return lose({ code: 'broker-topic-refused', values: { host, topic: refused } });
      beg(session);
      opened();
    };
    const broker = new BrokerLink({
      access,
      clientId: () => Promise.resolve(this.clientId),
      keepalive,
      clock: systemClock,
      timers,
      up: (session, host) => void subscribe(session, host),
      message: (message) => link.message(message),
      status: ({ up, report, nextTry }: LinkStatus) => {
        if (!up && nextTry !== undefined) lose(report);
      },
    });
    const running = broker.run(end);
    void running.then(() => {
      cancel();
      // Nobody waits any more where the signal was aborted.
      lose({ code: 'broker-closed', values: { host: this.place, certificate: false } });
    });
    const close = async (): Promise<void> => {
      stop.abort();
      await within(longestFarewell, running, timers);
    };
    try {
      await opening;
    } catch (error) {
      await close();
      throw error;
    }
    return { link, close };
  }
}

/** The messages of one connection. */
class BrokerTopics implements MessageLink {
  readonly kind = 'messages';
  readonly closed: Promise<LinkReport>;
  private readonly listeners = new Set<(message: TopicMessage) => void>();
  private waiting: TopicMessage[] | undefined = [];
  private finish: (report: LinkReport) => void = () => undefined;

  constructor() {
    this.closed = new Promise((resolve) => (this.finish = resolve));
  }

  receive(listener: (message: TopicMessage) => void): () => void {
    this.listeners.add(listener);
    const { waiting = [] } = this;
    this.waiting = undefined;
    for (const message of waiting) listener(message);
    return () => this.listeners.delete(listener);
  }

  message(message: BrokerMessage): void {
    if (this.waiting !== undefined && this.waiting.length < mostWaiting) this.waiting.push(message);
    for (const listener of this.listeners) listener(message);
  }

  end(report: LinkReport): void {
    this.finish(report);
  }
}

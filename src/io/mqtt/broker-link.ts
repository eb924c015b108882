import { isAborted } from '../../base/is-aborted';
import { isPlausible, type Clock } from '../../base/clock';
import type { BrokerReport, BrokerTrouble } from '../../model/broker-reports';
import { sameCoded } from '../../model/coded';
import { sleep, systemTimers, type Timers } from '../timers';
import { within } from '../within';
import { AccessError, brokerPlace, type BrokerAccess } from './broker-access';
import { BrokerDemands, type Demands } from './broker-demands';
import { BrokerSession, type BrokerMessage } from './broker-session';
import { brokerTrouble, type BrokerFailure } from './broker-trouble';
import { FlappingWatch, ReconnectDelay, type DelayLimits } from './reconnect-delay';

/** ms that a connection must have held to be called good. */
const settled = 20_000;

/** ms that the last words may take. */
const longestFarewell = 1000;

/** How the way to the broker is. */
export interface LinkStatus {
  readonly up: boolean;
  readonly report: BrokerReport;
  /** s until the next try; absent while nothing is wrong. */
  readonly nextTry?: number;
}

/** What a BrokerLink needs of the program. */
export interface BrokerLinkParts {
  /** Asked before every connection, for what there is to connect with may be another. @throws AccessError */
  readonly access: () => Promise<BrokerAccess>;
  /** Unlike that of any other client. */
  readonly clientId: () => Promise<string>;
  /** s, see SessionParts. */
  readonly keepalive: number;
  readonly will?: { readonly topic: string; readonly payload: string };
  readonly clock: Clock;
  /** A connection is there. */
  readonly up: (session: BrokerSession, host: string) => void;
  readonly message?: (message: BrokerMessage) => void;
  readonly tooLong?: (bytes: number) => void;
  /** What could be connected with, or not: for who keeps several. */
  readonly tried?: (access: BrokerAccess, trouble: BrokerTrouble | undefined) => Promise<void>;
  /** Called on each change. */
  readonly status: (status: LinkStatus) => void;
  /** Last words before an orderly end. */
  readonly leaving?: (session: BrokerSession) => Promise<void>;
  readonly delays?: DelayLimits;
  /** ms, see SessionParts. */
  readonly longestAnswer?: number;
  readonly timers?: Timers;
}

/** Keeps a connection with a broker for as long as it runs: makes one, and another when it is lost. */
export class BrokerLink {
  private current: BrokerSession | undefined;
  private version: 4 | 5 = 5;
  private readonly demands = new BrokerDemands();
  private told: LinkStatus | undefined;
  private wake: (() => void) | undefined;
  private readonly flapping = new FlappingWatch();
  private readonly delay: ReconnectDelay;

  constructor(private readonly parts: BrokerLinkParts) {
    this.delay = new ReconnectDelay(parts.delays);
  }

  /** The connection, while there is one. */
  get session(): BrokerSession | undefined {
    return this.current?.up === true ? this.current : undefined;
  }

  /** Runs until the signal is aborted. Never rejects for what the network or the broker did. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const trouble = await this.once(signal);
      if (isAborted(signal)) return;
      if (trouble === undefined) continue;
      const wait = this.delay.next();
      this.tell({ up: false, report: trouble, nextTry: Math.ceil(wait / 1000) });
      await this.pause(wait, signal);
    }
  }

  /** What there is to connect with is another: ends the connection, if there is one, and makes another one now. */
  again(): void {
    this.delay.reset();
    this.wake?.();
    void this.current?.close();
  }

  private async pause(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    const wake = (): void => woken.abort();
    this.wake = wake;
    signal.addEventListener('abort', wake, { once: true });
    if (!signal.aborted) await sleep(ms, woken.signal, this.parts.timers ?? systemTimers);
    signal.removeEventListener('abort', wake);
    this.wake = undefined;
  }

  /** One connection. Resolves with why there is none any more; `undefined` to try another way at once. */
  private async once(signal: AbortSignal): Promise<BrokerTrouble | undefined> {
    let access: BrokerAccess;
    let clientId: string;
    try {
      [access, clientId] = await Promise.all([this.parts.access(), this.parts.clientId()]);
    } catch (error) {
      if (error instanceof AccessError) return error.trouble;
      return { code: 'broker-access-failed', values: { reason: (error as Error).message } };
    }
    if (isAborted(signal)) return undefined;
    const { failure, wasUp } = await this.connect(access, clientId, signal);
    if (isAborted(signal)) return undefined;
    if (this.demands.refused(failure)) return undefined;
    if (!wasUp && this.anotherVersion(failure)) return undefined;
    if (!wasUp && this.parts.will !== undefined && this.demands.withoutFor(failure)) return undefined;
    const trouble = this.trouble(failure, access, wasUp);
    if (!wasUp) await this.parts.tried?.(access, trouble);
    return trouble;
  }

  private async connect(
    access: BrokerAccess,
    clientId: string,
    signal: AbortSignal,
  ): Promise<{ readonly failure: BrokerFailure; readonly wasUp: boolean }> {
    const { parts, version } = this;
    const { clock, keepalive, will } = parts;
    const { host } = brokerPlace(access.url);
    if (this.told === undefined)
      this.tell({ up: false, report: { code: 'broker-connecting', values: { host } } });
    let upSince: number | undefined;
    let remarked = false;
    const session = new BrokerSession({
      access,
      clientId,
      keepalive,
      version,
      demands: this.demands.wanted,
      ...(will !== undefined && { will }),
      ...(parts.longestAnswer !== undefined && { longestAnswer: parts.longestAnswer }),
      up: () => {
        upSince = clock.monotonic();
        this.flapping.connected(upSince);
        this.current = session;
        void parts.tried?.(access, undefined);
        parts.up(session, host);
        this.demands.connected();
        const lacks = will === undefined ? [] : lacking(session.grants);
        const report: BrokerReport =
          lacks.length === 0
            ? { code: 'broker-connected', values: { host } }
            : { code: 'broker-does-less', values: { host, lacks } };
        this.tell({ up: true, report });
      },
      // The first one is the one to mend.
      remark: (report) => {
        if (!remarked) this.tell({ up: true, report });
        remarked = true;
      },
      message: (message) => parts.message?.(message),
      tooLong: (bytes) => parts.tooLong?.(bytes),
    });
    const onAbort = (): void => void this.leave(session);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await session.open();
      const failure = await session.ended;
      const held = upSince !== undefined && clock.monotonic() - upSince >= settled;
      if (held) this.delay.reset();
      if (upSince !== undefined) this.demands.ended(failure, held, session.acknowledged);
      return { failure, wasUp: upSince !== undefined };
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.current = undefined;
    }
  }

  private async leave(session: BrokerSession): Promise<void> {
    const { leaving } = this.parts;
    if (session.up && leaving !== undefined) {
      // A broker that does not answer any more is not waited for.
      const farewell = leaving(session).catch(() => undefined);
      await within(longestFarewell, farewell, this.parts.timers);
    }
    await session.close();
  }

  /** Older brokers refuse MQTT 5 with a code, or without a word. */
  private anotherVersion({ code, found }: BrokerFailure): boolean {
    const refused = code === 1 || code === 132 || found === 'closed';
    if (!refused || this.version === 4) {
      this.version = 5;
      return false;
    }
    this.version = 4;
    return true;
  }

  private trouble(failure: BrokerFailure, access: BrokerAccess, wasUp: boolean): BrokerTrouble {
    const { clock } = this.parts;
    const wall = clock.wall();
    const context = {
      ...brokerPlace(access.url),
      ownCa: access.ca !== undefined,
      withCertificate: access.cert !== undefined,
      withUser: access.user !== '',
      wall,
      plausible: isPlausible(wall),
    };
    // Where it ends on a question, that is why.
    const again = wasUp && failure.unanswered === undefined && this.flapping.flapping(clock.monotonic());
    return brokerTrouble(again ? { ...failure, found: 'id in use' } : failure, context);
  }

  private tell(status: LinkStatus): void {
    if (sameCoded(this.told, status)) return;
    this.told = status;
    this.parts.status(status);
  }
}

function lacking(grants: Demands): (keyof Demands)[] {
  const all = ['retain', 'acknowledge', 'will'] as const;
  return all.filter((each) => !grants[each]);
}

import { messageOf } from '../../base/message-of';
import { DBusError, Message, MessageFlag, MessageType, sessionBus, systemBus } from '@jellybrick/dbus-next';
import { systemTimers, type Timers } from '../timers';
import { within } from '../within';

/** A signal of another program on the bus. */
export interface BusSignal {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

/** A call that failed, with the name that the other side gives the failure, such as `org.bluez.Error.NotReady`. */
export class BusError extends Error {
  override readonly name = 'BusError';

  /**
   * @param reason D-Bus name of the failure; `late` when no answer came in time, `gone` when the bus is lost, `aborted` when
   *   the caller gave it up
   */
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** A method of an object, and what it is called with. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  /** D-Bus types of `body`, such as `aya{sv}`. */
  readonly signature?: string;
  readonly body?: readonly unknown[];
  /** ms that the answer may take. */
  readonly limit: number;
  /** Gives the call up; the other side is not told. */
  readonly signal?: AbortSignal | undefined;
}

/** A call from another program. */
export type ServedCall = BusSignal;

/** The answer to it. */
export interface ServedAnswer {
  readonly signature: string;
  readonly body: readonly unknown[];
}

/** The package's connection to a bus, as far as it is used. */
export interface BusConnection {
  on(event: 'message', listener: (message: Message) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'connect', listener: () => void): unknown;
  call(message: Message): Promise<Message | null>;
  send(message: Message): void;
  addMethodHandler(handler: (message: Message) => boolean): void;
  disconnect(): void;
  /** The package's own; the only place that tells when the bus closes the connection. */
  readonly _connection?: { on(event: 'end', listener: () => void): unknown };
}

/** Which bus. */
export interface BusOptions {
  /** Such as `unix:path=/run/dbus/system_bus_socket`. Default: the machine's system bus. */
  readonly address?: string;
  /** Default: the package's connection to that address. */
  readonly open?: (address: string | undefined) => BusConnection;
  /** Default: the machine's own. */
  readonly timers?: Timers;
}

/** Calls given up that the other side may still answer; the package keeps each of them until the connection ends. */
const mostUnanswered = 100;

/** A connection to D-Bus. Every call has a time limit, since the program behind it may never answer. */
export class SystemBus {
  private readonly listeners = new Set<(signal: BusSignal) => void>();
  private readonly closeListeners = new Set<() => void>();
  private open = true;
  private unanswered = 0;

  private constructor(
    private readonly bus: BusConnection,
    private readonly timers: Timers,
  ) {
    // A socket that is absent or lost is an event; without a listener it would end the process.
    bus.on('error', () => this.disconnect());
    bus._connection?.on('end', () => this.disconnect());
    bus.on('message', (message) => this.received(message));
  }

  /**
   * Connects.
   *
   * @throws BusError (as a rejection) when there is no bus, or it does not let us in within 5 s
   */
  static async connect({
    address,
    timers = systemTimers,
    open = openBus,
  }: BusOptions = {}): Promise<SystemBus> {
    const bus = new SystemBus(open(address), timers);
    const connected = new Promise<boolean>((resolve) => {
      bus.bus.once('connect', () => resolve(true));
      bus.onClosed(() => resolve(false));
    });
    if ((await within(5000, connected, timers)) === true) return bus;
    bus.disconnect();
    throw gone();
  }

  /**
   * Calls a method. Resolves with what it returns; integers of 64 bits are BigInt, variants are `Variant`. Too many calls that
   * are never answered end the connection.
   *
   * @throws BusError (as a rejection)
   */
  call(call: BusCall): Promise<readonly unknown[]> {
    const { limit, signal, signature = '', body = [], ...target } = call;
    if (!this.open) return Promise.reject(gone());
    if (signal?.aborted === true) return Promise.reject(aborted(call));
    return new Promise((resolve, reject) => {
      let isGivenUp = false;
      const finish = (settle: () => void): void => {
        cancel();
        release();
        signal?.removeEventListener('abort', onAbort);
        settle();
      };
      const giveUp = (error: BusError): void => {
        isGivenUp = true;
        finish(() => reject(error));
        if (++this.unanswered > mostUnanswered) this.disconnect();
      };
      const answered = (settle: () => void): void => {
        if (isGivenUp) this.unanswered--;
        else finish(settle);
      };
      const onAbort = (): void => giveUp(aborted(call));
      const cancel = this.timers.after(limit, () =>
        giveUp(new BusError('late', `${call.member} was not answered within ${limit} ms`)),
      );
      const release = this.onClosed(() => finish(() => reject(gone())));
      signal?.addEventListener('abort', onAbort, { once: true });
      this.bus.call(new Message({ ...target, signature, body: [...body] })).then(
        (reply) => answered(() => resolve(reply?.body ?? [])),
        (error: unknown) => answered(() => reject(asBusError(error))),
      );
    });
  }

  /**
   * Asks the bus for signals that match a rule of D-Bus, from now on and until the connection ends.
   *
   * @throws BusError (as a rejection)
   */
  async match(rule: string): Promise<void> {
    await this.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'AddMatch',
      signature: 's',
      body: [rule],
      limit: 5000,
    });
  }

  /** Calls back with every signal that is matched, until the returned function is called. */
  onSignal(listener: (signal: BusSignal) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls back once when the connection is lost or closed, at once if it is, until the returned function is called. */
  onClosed(listener: () => void): () => void {
    if (this.open) this.closeListeners.add(listener);
    else listener();
    return () => this.closeListeners.delete(listener);
  }

  /**
   * Answers calls of other programs to objects below a path.
   *
   * @param answer gives what a method returns with its D-Bus types, or `undefined` for one that does not exist; what it throws
   *   is the caller's failure
   */
  serve(below: string, answer: (call: ServedCall) => ServedAnswer | undefined): void {
    this.bus.addMethodHandler((message: Message) => {
      const { path, interface: name, member, body } = message;
      if (path !== below && !path.startsWith(`${below}/`)) return false;
      const reply = answer({ path, interface: name, member, body });
      if (reply === undefined) return false;
      // The bus refuses answers that nobody waits for.
      if ((message.flags & MessageFlag.NO_REPLY_EXPECTED) === 0)
        this.bus.send(Message.newMethodReturn(message, reply.signature, [...reply.body]));
      return true;
    });
  }

  /** Sends a signal of an object of our own; without a bus it is lost. */
  emit({ path, interface: name, member, body }: BusSignal, signature: string): void {
    if (!this.open) return;
    try {
      this.bus.send(Message.newSignal(path, name, member, signature, [...body]));
    } catch {
      this.disconnect();
    }
  }

  /** Closes the connection; the bus then forgets our match rules. */
  disconnect(): void {
    if (!this.open) return;
    this.open = false;
    for (const listener of [...this.closeListeners]) listener();
    this.closeListeners.clear();
    this.listeners.clear();
    this.bus.disconnect();
  }

  private received({ type, path, interface: name, member, body }: Message): void {
    if (type !== MessageType.SIGNAL) return;
    for (const listener of this.listeners) listener({ path, interface: name, member, body });
  }
}

function openBus(busAddress: string | undefined): BusConnection {
  try {
    // The package's session bus is one with an address of its own.
    return busAddress === undefined ? systemBus() : sessionBus({ busAddress });
  } catch (error) {
    throw new BusError('gone', error instanceof Error ? error.message : 'there is no D-Bus');
  }
}

function gone(): BusError {
  return new BusError('gone', 'there is no D-Bus');
}

function aborted({ member }: BusCall): BusError {
  return new BusError('aborted', `${member} was given up`);
}

function asBusError(error: unknown): BusError {
  if (error instanceof DBusError) return new BusError(error.type, error.text);
  return new BusError('failed', messageOf(error));
}

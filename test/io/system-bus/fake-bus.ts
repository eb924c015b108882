import { EventEmitter } from 'node:events';
import { DBusError, Message } from '@jellybrick/dbus-next';
import type { BusConnection } from '../../../src/io/system-bus/system-bus';

/** A service of the bus as a test plays it. */
export interface PlayedService {
  isRunning: boolean;
  /** D-Bus can have it started. */
  readonly isInstalled: boolean;
  start(): void;
  /**
   * The body of the answer, with its D-Bus types.
   *
   * @throws an error whose `type` is the D-Bus name of the failure
   */
  call(path: string, member: string, body: readonly unknown[]): Promise<[string, unknown[]]>;
  /** Delivers a signal to whoever listens. */
  signal: (path: string, name: string, member: string, signature: string, body: unknown[]) => void;
}

/** A bus within the process, with a service on it. */
export class FakeBus extends EventEmitter implements BusConnection {
  readonly matches: string[] = [];
  readonly _connection = new EventEmitter();
  readonly sent: Message[] = [];
  private handler: (message: Message) => boolean = () => false;
  isOpen = true;

  constructor(private readonly service: PlayedService) {
    super();
    const others = service.signal;
    service.signal = (path, name, member, signature, body) => {
      others(path, name, member, signature, body);
      if (this.isOpen) this.emit('message', Message.newSignal(path, name, member, signature, body));
    };
    setImmediate(() => this.emit('connect'));
  }

  async call(message: Message): Promise<Message | null> {
    const { destination, path, member, body } = message;
    message.serial ??= 1;
    if (destination === 'org.freedesktop.DBus') {
      if (member === 'AddMatch') this.matches.push(String(body[0]));
      if (member === 'StartServiceByName') return this.startService(message);
      return Message.newMethodReturn(message, 'b', [this.service.isRunning]);
    }
    await Promise.resolve();
    try {
      const [signature, result] = await this.service.call(path, member, body);
      return Message.newMethodReturn(message, signature, result);
    } catch (error) {
      const { type, message: text } = error as { type?: string; message: string };
      throw type === undefined ? error : new DBusError(type, text);
    }
  }

  private startService(message: Message): Message {
    if (!this.service.isInstalled)
      throw new DBusError('org.freedesktop.DBus.Error.ServiceUnknown', 'it is not activatable');
    this.service.start();
    return Message.newMethodReturn(message, 'u', [1]);
  }

  send(message: Message): void {
    this.sent.push(message);
  }

  addMethodHandler(handler: (message: Message) => boolean): void {
    this.handler = handler;
  }

  /**
   * Asks the program's agent for the passkey of a device, as BlueZ does while it pairs.
   *
   * @throws what the agent refuses with
   */
  passkeyOf(device: string): unknown {
    const question = { path: '/packdial/agent', interface: 'org.bluez.Agent1', member: 'RequestPasskey' };
    this.handler(new Message({ ...question, sender: ':1.7', serial: 3, signature: 'o', body: [device] }));
    return this.sent.pop()?.body[0];
  }

  disconnect(): void {
    this.isOpen = false;
  }

  /** The bus ends, as it does when dbus-daemon is killed. */
  close(): void {
    this._connection.emit('end');
  }
}

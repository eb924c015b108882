import {
  Message,
  MessageFlag,
  MessageType,
  sessionBus,
  Variant,
  type MessageBus,
} from '@jellybrick/dbus-next';
import type { BusConnection } from '../../../src/io/system-bus/system-bus';
import { BluezFailure, FakeBluez } from '../../io/bluetooth/fake-bluez';

const properties = 'org.freedesktop.DBus.Properties';
const characteristic = 'org.bluez.GattCharacteristic1';
const dbus = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

type Interfaces = Record<string, Record<string, Variant>>;

/** A device that a program on the bus plays on one of the adapters. */
interface Played {
  readonly owner: string;
  readonly address: string;
  readonly objects: Readonly<Record<string, Interfaces>>;
  name: Variant | undefined;
  services: Variant | undefined;
  /** Path of the device at the first adapter while it is connected. */
  connected: string | undefined;
}

/**
 * The fake BlueZ under its name on a real bus. Devices that programs play on its other adapters, as packdial does, are found
 * and connected from the first one.
 */
export class BluezService extends FakeBluez {
  private bus: MessageBus | undefined;
  private readonly played = new Map<string, Played>();

  constructor(private readonly address: string) {
    super();
    this.signal = (path, name, member, signature, body) => {
      // Who owns the name is told by the bus.
      if (member !== 'NameOwnerChanged')
        this.bus?.send(Message.newSignal(path, name, member, signature, body));
    };
  }

  /** Takes BlueZ's name, with the objects that there are. */
  async open(): Promise<void> {
    const bus = sessionBus({ busAddress: this.address });
    const connection: BusConnection = bus;
    // A bus that ends, where a test ends it.
    connection.on('error', () => undefined);
    bus.on('message', (message: Message) => this.heard(message));
    bus.addMethodHandler((message: Message) => {
      void this.answer(bus, message);
      return true;
    });
    for (const rule of [
      `type='signal',interface='${properties}',path_namespace='/packdial'`,
      `type='signal',member='NameOwnerChanged'`,
    ])
      await bus.call(new Message({ ...dbus, member: 'AddMatch', signature: 's', body: [rule] }));
    this.bus = bus;
    await bus.requestName('org.bluez', 0);
  }

  /** Ends as a bluetoothd that was killed; the objects are those of a new one when it is opened again. */
  close(): void {
    this.bus?.disconnect();
    this.bus = undefined;
    this.played.clear();
    this.objects.clear();
    this.plugIn();
  }

  override async call(
    path: string,
    member: string,
    body: readonly unknown[],
    sender = '',
  ): Promise<[string, unknown[]]> {
    if (member === 'RegisterApplication') return this.register(path, String(body[0]), sender);
    if (member === 'RegisterAdvertisement') return this.advertise(path, String(body[0]), sender);
    if (member === 'StartDiscovery') for (const each of this.played.values()) this.hearPlayed(each, path);
    const played = [...this.played.values()].find(
      ({ connected }) => connected !== undefined && path.startsWith(connected),
    );
    const target = played?.connected;
    if (played !== undefined && target !== undefined && path !== target) {
      this.calls.push(`${member} ${path.slice(target.length)}`);
      return this.pass(played, path.slice(target.length), member, body);
    }
    if (played !== undefined && member === 'Disconnect') played.connected = undefined;
    return super.call(path, member, body);
  }

  protected override connected(path: string): void {
    const played = [...this.played.values()].find(({ address }) => path.endsWith(asPart(address)));
    if (played === undefined) return super.connected(path);
    played.connected = path;
    this.change(path, 'org.bluez.Device1', { Connected: new Variant('b', true) });
    for (const [part, interfaces] of Object.entries(played.objects)) this.add(`${path}${part}`, interfaces);
    this.change(path, 'org.bluez.Device1', { ServicesResolved: new Variant('b', true) });
  }

  private async answer(bus: MessageBus, message: Message): Promise<void> {
    const { path, member, body, sender, flags } = message;
    try {
      const [signature, result] = await this.call(path, member, body, sender);
      if ((flags & MessageFlag.NO_REPLY_EXPECTED) === 0)
        bus.send(Message.newMethodReturn(message, signature, result));
    } catch (error) {
      const type = error instanceof BluezFailure ? error.type : 'org.bluez.Error.Failed';
      bus.send(Message.newError(message, type, (error as Error).message));
    }
  }

  private async ask(
    owner: string,
    path: string,
    name: string,
    member: string,
    signature = '',
    body: unknown[] = [],
  ): Promise<unknown[]> {
    const reply = await this.bus?.call(
      new Message({ destination: owner, path, interface: name, member, signature, body }),
    );
    return reply?.body ?? [];
  }

  private async register(adapter: string, root: string, owner: string): Promise<[string, unknown[]]> {
    const [managed] = await this.ask(owner, root, 'org.freedesktop.DBus.ObjectManager', 'GetManagedObjects');
    const address = String(this.objects.get(adapter)?.['org.bluez.Adapter1']?.['Address']?.value);
    const objects = Object.fromEntries(
      Object.entries(managed as Record<string, Interfaces>).map(([path, each]) => [
        path.slice(root.length),
        each,
      ]),
    );
    this.played.set(adapter, {
      owner,
      address,
      objects,
      name: undefined,
      services: undefined,
      connected: undefined,
    });
    return ['', []];
  }

  private async advertise(adapter: string, path: string, owner: string): Promise<[string, unknown[]]> {
    const [told] = await this.ask(owner, path, properties, 'GetAll', 's', ['org.bluez.LEAdvertisement1']);
    const { LocalName: name, ServiceUUIDs: services } = told as Record<string, Variant>;
    const played = this.played.get(adapter);
    if (played === undefined) throw new BluezFailure('org.bluez.Error.Failed', 'nothing is played there');
    Object.assign(played, { name, services });
    return ['', []];
  }

  private hearPlayed({ address, name, services, connected }: Played, adapter: string): void {
    if (name === undefined || services === undefined || connected !== undefined) return;
    this.add(`${adapter}/${asPart(address)}`, {
      'org.bluez.Device1': {
        Address: new Variant('s', address),
        Name: name,
        UUIDs: services,
        RSSI: new Variant('n', -50),
        Connected: new Variant('b', false),
        ServicesResolved: new Variant('b', false),
      },
    });
  }

  private async pass(
    played: Played,
    part: string,
    member: string,
    body: readonly unknown[],
  ): Promise<[string, unknown[]]> {
    const signatures: Record<string, [string, string]> = {
      ReadValue: ['a{sv}', 'ay'],
      WriteValue: ['aya{sv}', ''],
    };
    const [taken, given] = signatures[member] ?? ['', ''];
    return [
      given,
      await this.ask(played.owner, `/packdial/device${part}`, characteristic, member, taken, [...body]),
    ];
  }

  private heard({ type, sender, path, interface: name, member, body }: Message): void {
    if (type !== MessageType.SIGNAL) return;
    if (member === 'NameOwnerChanged' && body[2] === '') this.gone(String(body[0]));
    const played = [...this.played.values()].find(({ owner }) => owner === sender);
    if (played?.connected === undefined || name !== properties) return;
    const { Value: value } = body[1] as Record<string, Variant>;
    if (value !== undefined)
      this.change(`${played.connected}${path.slice('/packdial/device'.length)}`, characteristic, {
        Value: value,
      });
  }

  /** A program has ended, and with it what it played. */
  private gone(owner: string): void {
    for (const [adapter, played] of this.played) {
      if (played.owner !== owner) continue;
      this.played.delete(adapter);
      if (played.connected !== undefined)
        this.change(played.connected, 'org.bluez.Device1', {
          Connected: new Variant('b', false),
          ServicesResolved: new Variant('b', false),
        });
    }
  }
}

function asPart(address: string): string {
  return `dev_${address.replaceAll(':', '_')}`;
}

import { Variant } from '@jellybrick/dbus-next';
import { Radio } from '../../../src/io/bluetooth/radio';
import { FakeBus, type PlayedService } from '../system-bus/fake-bus';

type Interfaces = Record<string, Record<string, Variant>>;

const base = '-0000-1000-8000-00805f9b34fb';
const text = (value: string): Variant => new Variant('s', value);
const flag = (value: boolean): Variant => new Variant('b', value);

/** A failure with its D-Bus name, such as `org.bluez.Error.Failed`. */
export class BluezFailure extends Error {
  constructor(
    readonly type: string,
    message = '',
  ) {
    super(message);
  }
}

/** A battery in the air: service FF00 with FF01 and FF02. */
export const battery = 'A4:C1:37:04:2D:BE';
export const hci0 = '/org/bluez/hci0';
export const batteryPath = `${hci0}/dev_${battery.replaceAll(':', '_')}`;
export const tells = `${batteryPath}/service0001/char0002`;
export const takes = `${batteryPath}/service0001/char0004`;

/** BlueZ as a test plays it: one adapter, and devices that are found by scanning. */
export class FakeBluez implements PlayedService {
  readonly objects = new Map<string, Interfaces>();
  /** All calls, as `Member last-part-of-the-path`. */
  readonly calls: string[] = [];
  isRunning = true;
  /** D-Bus can have it started. */
  isInstalled = false;
  /** Takes the place of an answer: throws, or resolves when it is answered. By member. */
  readonly instead = new Map<string, (path: string) => Promise<void>>();
  /** Connects without telling what the device can do. */
  hidesServices = false;
  /** Never tells that a device is connected, only what it can do, as BlueZ 5.66 does where the link is up before the kernel's event. */
  hidesConnected = false;
  /** Found by the next scan. */
  inTheAir: readonly string[] = [battery];
  /** Delivers a signal to whoever listens. */
  signal: (path: string, name: string, member: string, signature: string, body: unknown[]) => void = () =>
    undefined;

  constructor() {
    this.plugIn();
  }

  plugIn(path = hci0, address = '00:AA:01:00:00:42'): void {
    this.add(path, {
      'org.bluez.Adapter1': { Address: text(address), Powered: flag(false) },
    });
  }

  unplug(): void {
    for (const path of [...this.objects.keys()].reverse()) this.remove(path);
  }

  /** Switches an adapter off. */
  switchOff(path: string): void {
    this.change(path, 'org.bluez.Adapter1', { Powered: flag(false) });
  }

  stop(): void {
    this.isRunning = false;
    this.objects.clear();
    this.owner('');
  }

  start(): void {
    this.isRunning = true;
    this.owner(':1.7');
    this.plugIn();
  }

  /** Sends a notification of a characteristic. */
  notify(path: string, hex: string): void {
    this.change(path, 'org.bluez.GattCharacteristic1', { Value: new Variant('ay', Buffer.from(hex, 'hex')) });
  }

  change(path: string, name: string, changes: Record<string, Variant>, invalidated: string[] = []): void {
    Object.assign(this.objects.get(path)?.[name] ?? {}, changes);
    this.signal(path, 'org.freedesktop.DBus.Properties', 'PropertiesChanged', 'sa{sv}as', [
      name,
      changes,
      invalidated,
    ]);
  }

  /** The body of the answer, with its D-Bus types. */
  async call(path: string, member: string, body: readonly unknown[]): Promise<[string, unknown[]]> {
    this.calls.push(
      member === 'Set' ? `Powered ${String((body[2] as Variant).value)}` : `${member} ${last(path)}`,
    );
    await this.instead.get(member)?.(path);
    switch (member) {
      case 'GetManagedObjects':
        return ['a{oa{sa{sv}}}', [Object.fromEntries(this.objects)]];
      case 'Set':
        this.change(path, 'org.bluez.Adapter1', { Powered: body[2] as Variant });
        break;
      case 'StartDiscovery':
        for (const address of this.inTheAir) this.hear(address);
        break;
      case 'StopDiscovery':
        for (const each of this.devices()) this.change(each, 'org.bluez.Device1', {}, ['RSSI']);
        break;
      case 'Connect':
        this.connected(path);
        break;
      case 'Disconnect':
        this.change(path, 'org.bluez.Device1', { Connected: flag(false), ServicesResolved: flag(false) });
        break;
      case 'Get': {
        const value = this.objects.get(path)?.[String(body[0])]?.[String(body[1])];
        return ['v', [value ?? flag(false)]];
      }
      case 'ReadValue':
        return ['ay', [Buffer.from('0102', 'hex')]];
    }
    return ['', []];
  }

  protected devices(): string[] {
    return [...this.objects].filter(([, each]) => 'org.bluez.Device1' in each).map(([path]) => path);
  }

  protected hear(address: string): void {
    this.add(`${hci0}/dev_${address.replaceAll(':', '_')}`, {
      'org.bluez.Device1': {
        Address: text(address),
        Name: text('JBD-TEST'),
        UUIDs: new Variant('as', [`0000ff00${base}`]),
        RSSI: new Variant('n', -60),
        Connected: flag(false),
        ServicesResolved: flag(false),
      },
    });
  }

  protected connected(path: string): void {
    if (!this.hidesConnected) this.change(path, 'org.bluez.Device1', { Connected: flag(true) });
    if (this.hidesServices) return;
    this.tellServices(path);
    this.change(path, 'org.bluez.Device1', { ServicesResolved: flag(true) });
  }

  /** Tells what a device has. */
  tellServices(path: string): void {
    this.add(`${path}/service0001`, { 'org.bluez.GattService1': { UUID: text(`0000ff00${base}`) } });
    for (const [name, uuid, flags] of [
      ['char0002', 'ff01', ['read', 'notify']],
      ['char0004', 'ff02', ['write-without-response']],
    ] as const)
      this.add(`${path}/service0001/${name}`, {
        'org.bluez.GattCharacteristic1': {
          UUID: text(`0000${uuid}${base}`),
          Flags: new Variant('as', flags),
        },
      });
  }

  protected add(path: string, interfaces: Interfaces): void {
    this.objects.set(path, interfaces);
    this.signal('/', 'org.freedesktop.DBus.ObjectManager', 'InterfacesAdded', 'oa{sa{sv}}', [
      path,
      interfaces,
    ]);
  }

  protected remove(path: string): void {
    const names = Object.keys(this.objects.get(path) ?? {});
    this.objects.delete(path);
    this.signal('/', 'org.freedesktop.DBus.ObjectManager', 'InterfacesRemoved', 'oas', [path, names]);
  }

  /** Only where the bus is faked, too: a real one tells this itself. */
  protected owner(name: string): void {
    this.signal('/org/freedesktop/DBus', 'org.freedesktop.DBus', 'NameOwnerChanged', 'sss', [
      'org.bluez',
      '',
      name,
    ]);
  }
}

/** A radio that reaches this BlueZ, and the buses over which it has, in order. */
export function radioWith(
  bluez: FakeBluez,
  options: ConstructorParameters<typeof Radio>[0] = {},
): { readonly radio: Radio; readonly buses: FakeBus[] } {
  const buses: FakeBus[] = [];
  const open = (): FakeBus => {
    const bus = new FakeBus(bluez);
    buses.push(bus);
    return bus;
  };
  return { radio: new Radio({ ...options, open }), buses };
}

function last(path: string): string {
  return path.split('/').at(-1) ?? '';
}

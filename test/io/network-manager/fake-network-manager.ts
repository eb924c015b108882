import { Variant } from '@jellybrick/dbus-next';
import { NetworkManager } from '../../../src/io/network-manager/network-manager';
import { FakeTimers } from '../fake-timers';
import { FakeBus, type PlayedService } from '../system-bus/fake-bus';

type Interfaces = Record<string, Record<string, Variant>>;
type Settings = Record<string, Record<string, Variant>>;

const service = 'org.freedesktop.NetworkManager';
const manager = '/org/freedesktop/NetworkManager';
export const wlan0 = `${manager}/Devices/2`;
const address = `${manager}/IP4Config/1`;

/** An access point that is in the air. */
export interface Played {
  readonly name: string;
  readonly strength: number;
  /** Absent of an open one. */
  readonly password?: string;
  /** As NetworkManager tells them; default: WPA2 where there is a password, else none. */
  readonly flags?: readonly [flags: number, wpa: number, rsn: number];
  /** No DHCP answers there. */
  readonly hasNoAddresses?: boolean;
  /** It is received, and never lets anybody in. */
  readonly isDeaf?: boolean;
}

/** NetworkManager as a test plays it: one Wi-Fi adapter, access points, and profiles that it keeps. */
export class FakeNetworkManager implements PlayedService {
  readonly name = service;
  readonly root = '/org/freedesktop';
  readonly objects = new Map<string, Interfaces>();
  isRunning = true;
  isInstalled = false;
  /** All calls, by member. */
  readonly calls: string[] = [];
  permission = 'yes';
  /** It refuses to join with this failure. */
  refusal: string | undefined;
  /** It does not go back by itself where a network is not joined. */
  staysAway = false;
  signal: PlayedService['signal'] = () => undefined;
  private readonly settings = new Map<string, Settings>();
  private last = 0;

  constructor(private air: readonly Played[]) {
    this.objects.set(manager, {
      [service]: { WirelessEnabled: flag(true), WirelessHardwareEnabled: flag(true) },
    });
    this.objects.set(address, {
      [`${service}.IP4Config`]: { AddressData: new Variant('aa{sv}', [{ address: text('10.9.1.64') }]) },
    });
    this.plugIn();
  }

  plugIn(): void {
    this.objects.set(wlan0, {
      [`${service}.Device`]: {
        Interface: text('wlan0'),
        State: number(30),
        ActiveConnection: path('/'),
        Ip4Config: path('/'),
        Ip6Config: path('/'),
      },
      [`${service}.Device.Wireless`]: {
        AccessPoints: new Variant('ao', []),
        ActiveAccessPoint: path('/'),
        LastScan: new Variant('x', -1n),
      },
    });
  }

  start(): void {
    this.isRunning = true;
  }

  /** Everything that it keeps, as it is on its disk: name, password. */
  get kept(): readonly (readonly [name: string, password: unknown])[] {
    return [...this.settings]
      .filter(([each]) => !this.isVolatile(each))
      .map(([, { '802-11-wireless': wireless, '802-11-wireless-security': security }]) => [
        (wireless?.['ssid']?.value as Buffer).toString(),
        security?.['psk']?.value,
      ]);
  }

  /** Keeps a profile, as one that was set up before. */
  keep(name: string, password?: string, timestamp = 1n): string {
    const own = `${manager}/Settings/${++this.last}`;
    this.settings.set(own, {
      connection: { timestamp: new Variant('t', timestamp) },
      '802-11-wireless': { ssid: new Variant('ay', Buffer.from(name)) },
      ...(password !== undefined && { '802-11-wireless-security': { psk: text(password) } }),
    });
    this.add(own, { [`${service}.Settings.Connection`]: { Flags: number(0) } });
    return own;
  }

  /** Another set of access points is in the air; they are found by the next search. */
  change(air: readonly Played[]): void {
    this.air = air;
  }

  set(own: string, name: string, changes: Record<string, Variant>): void {
    Object.assign(this.objects.get(own)?.[name] ?? {}, changes);
    this.signal(own, 'org.freedesktop.DBus.Properties', 'PropertiesChanged', 'sa{sv}as', [name, changes, []]);
  }

  async call(own: string, member: string, body: readonly unknown[]): Promise<[string, unknown[]]> {
    this.calls.push(member);
    await Promise.resolve();
    switch (member) {
      case 'GetManagedObjects':
        return ['a{oa{sa{sv}}}', [Object.fromEntries(this.objects)]];
      case 'GetPermissions':
        return [
          'a{ss}',
          [{ [`${service}.network-control`]: 'yes', [`${service}.settings.modify.system`]: this.permission }],
        ];
      case 'GetSettings': {
        const all = Object.entries(this.settings.get(own) ?? {});
        return ['a{sa{sv}}', [Object.fromEntries(all.filter(([part]) => !part.endsWith('security')))]];
      }
      case 'RequestScan':
        this.scan();
        return ['', []];
      case 'ActivateConnection':
        this.refuse();
        return ['o', [this.activate(String(body[0]))]];
      case 'AddAndActivateConnection2': {
        this.refuse();
        const profile = `${manager}/Settings/${++this.last}`;
        this.settings.set(profile, body[0] as Settings);
        const { persist } = body[3] as Record<string, Variant | undefined>;
        this.add(profile, {
          [`${service}.Settings.Connection`]: { Flags: number(persist?.value === 'volatile' ? 5 : 0) },
        });
        return ['ooa{sv}', [profile, this.activate(profile), {}]];
      }
      case 'Save':
        this.set(own, `${service}.Settings.Connection`, { Flags: number(0) });
        return ['', []];
      case 'Delete':
        this.delete(own);
        return ['', []];
    }
    return ['', []];
  }

  /** Puts the adapter into a state, as it tells it. */
  state(state: number, reason = 0): void {
    const before = this.objects.get(wlan0)?.[`${service}.Device`]?.['State']?.value;
    this.set(wlan0, `${service}.Device`, { State: number(state) });
    this.signal(wlan0, `${service}.Device`, 'StateChanged', 'uuu', [state, before, reason]);
  }

  private refuse(): void {
    if (this.refusal !== undefined) throw Object.assign(new Error(''), { type: this.refusal });
  }

  private isVolatile(own: string): boolean {
    const flags = this.objects.get(own)?.[`${service}.Settings.Connection`]?.['Flags']?.value;
    return ((flags as number) & 4) !== 0;
  }

  private scan(): void {
    const paths = this.air.map(({ name, strength, password, flags }) => {
      const own = `${manager}/AccessPoint/${name}`;
      const [any, wpa, rsn] = flags ?? (password === undefined ? [0, 0, 0] : [1, 0, 0x188]);
      this.add(own, {
        [`${service}.AccessPoint`]: {
          Ssid: new Variant('ay', Buffer.from(name)),
          Strength: new Variant('y', strength),
          Flags: number(any),
          WpaFlags: number(wpa),
          RsnFlags: number(rsn),
        },
      });
      return own;
    });
    const { LastScan: last } = this.objects.get(wlan0)?.[`${service}.Device.Wireless`] ?? {};
    this.set(wlan0, `${service}.Device.Wireless`, {
      AccessPoints: new Variant('ao', paths),
      LastScan: new Variant('x', (last?.value as bigint) + 1n),
    });
  }

  /** Begins to join by a profile, and goes on in steps of its own. */
  private activate(profile: string): string {
    const active = `${manager}/ActiveConnection/${++this.last}`;
    this.add(active, { [`${service}.Connection.Active`]: { Connection: path(profile), State: number(1) } });
    void this.join(profile, active);
    return active;
  }

  private async join(profile: string, active: string): Promise<void> {
    const before = this.objects.get(wlan0)?.[`${service}.Device`]?.['ActiveConnection']?.value as string;
    const old = this.objects.get(before)?.[`${service}.Connection.Active`]?.['Connection']?.value;
    if (before !== '/') {
      this.state(110, 60);
      this.state(30, 60);
      this.remove(before);
    }
    this.set(wlan0, `${service}.Device`, { ActiveConnection: path(active) });
    this.state(40);
    await turn();
    this.state(50);
    const { '802-11-wireless': wireless, '802-11-wireless-security': security } =
      this.settings.get(profile) ?? {};
    const name = (wireless?.['ssid']?.value as Buffer).toString();
    const point = this.air.find((each) => each.name === name);
    if (point === undefined || point.isDeaf === true)
      return this.fail(profile, active, 53, old as string | undefined);
    if (point.password !== security?.['psk']?.value) {
      this.state(60, 8);
      await turn();
      return this.fail(profile, active, 7, old as string | undefined);
    }
    this.state(70);
    await turn();
    if (point.hasNoAddresses === true) return this.fail(profile, active, 5, old as string | undefined);
    this.set(wlan0, `${service}.Device`, { Ip4Config: path(address) });
    this.set(wlan0, `${service}.Device.Wireless`, {
      ActiveAccessPoint: path(`${manager}/AccessPoint/${name}`),
    });
    this.set(active, `${service}.Connection.Active`, { State: number(2) });
    this.state(100);
  }

  private fail(profile: string, active: string, reason: number, before: string | undefined): void {
    this.state(120, reason);
    if (this.isVolatile(profile)) this.delete(profile);
    this.set(wlan0, `${service}.Device`, { ActiveConnection: path('/') });
    this.remove(active);
    this.state(30);
    if (before !== undefined && !this.staysAway) this.activate(before);
  }

  private delete(own: string): void {
    this.settings.delete(own);
    this.remove(own);
  }

  private add(own: string, interfaces: Interfaces): void {
    this.objects.set(own, interfaces);
    this.signal(this.root, 'org.freedesktop.DBus.ObjectManager', 'InterfacesAdded', 'oa{sa{sv}}', [
      own,
      interfaces,
    ]);
  }

  private remove(own: string): void {
    const names = Object.keys(this.objects.get(own) ?? {});
    this.objects.delete(own);
    this.signal(this.root, 'org.freedesktop.DBus.ObjectManager', 'InterfacesRemoved', 'oas', [own, names]);
  }
}

/** Something that reaches this NetworkManager over a bus, with timers that stand still. */
export function reaching(played: FakeNetworkManager): {
  readonly wifi: NetworkManager;
  readonly timers: FakeTimers;
  readonly buses: FakeBus[];
} {
  const timers = new FakeTimers();
  const buses: FakeBus[] = [];
  const open = (): FakeBus => {
    const bus = new FakeBus(played);
    buses.push(bus);
    return bus;
  };
  return { wifi: new NetworkManager({ open, timers }), timers, buses };
}

/** Lets all that waits for nothing but its turn go on. */
export async function turn(times = 1): Promise<void> {
  for (let i = 0; i < times; i++) await new Promise((resolve) => setImmediate(resolve));
}

function text(value: string): Variant {
  return new Variant('s', value);
}

function flag(value: boolean): Variant {
  return new Variant('b', value);
}

function number(value: number): Variant {
  return new Variant('u', value);
}

function path(value: string): Variant {
  return new Variant('o', value);
}

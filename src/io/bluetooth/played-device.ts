import { Variant } from '@jellybrick/dbus-next';
import type { GattLink, GattOffer } from '../../devices/device-type';
import { fullUuid, shortUuid } from '../../protocol/uuid';
import type { LinkReport } from '../../model/link-reports';
import { adapterInterface, bluez, characteristicInterface, serviceInterface } from './bluez-objects';
import { propertiesInterface, type BusObjects } from '../system-bus/bus-objects';
import type { ServedAnswer, ServedCall, SystemBus } from '../system-bus/system-bus';

const root = '/packdial';
const application = `${root}/device`;
const advertisement = `${root}/advertisement`;

/** Bytes of a notification that fit on the smallest link. */
const longestPiece = 20;
/** ms that BlueZ may take to register it. */
const limit = 10_000;

const nothing: ServedAnswer = { signature: '', body: [] };

interface Served {
  readonly path: string;
  readonly uuid: string;
  readonly interfaces: Readonly<Record<string, Readonly<Record<string, Variant>>>>;
  readonly notifies: boolean;
  value: Uint8Array;
  /** What a read in several pieces began with. */
  reading: Uint8Array;
}

/**
 * A device that this machine plays on one of its adapters: BlueZ serves its characteristics and advertises it. As a link it is
 * the other way round, see `DeviceSimulation`.
 */
export class PlayedDevice implements GattLink {
  readonly kind = 'gatt';
  readonly services: readonly string[];
  readonly closed: Promise<LinkReport>;
  private readonly served: Served[];
  private readonly listeners = new Map<string, Set<(data: Uint8Array) => void>>();
  private end: (reason: LinkReport) => void = () => undefined;

  /** @param adapter BlueZ's path of it, such as `/org/bluez/hci1` @param address of that adapter */
  constructor(
    private readonly bus: SystemBus,
    objects: BusObjects,
    private readonly adapter: string,
    readonly address: string,
    private readonly offer: GattOffer,
  ) {
    this.services = offer.services.map(({ uuid }) => uuid);
    this.closed = new Promise((resolve) => {
      this.end = resolve;
    });
    const release = objects.onChange(() => {
      // With the adapter BlueZ forgets what is played on it.
      if (objects.isRunning && objects.get(adapter, adapterInterface) !== undefined) return;
      release();
      this.end(
        objects.isRunning
          ? { code: 'bluetooth-no-own-adapter', values: { address } }
          : { code: 'bluetooth-no-service', values: {} },
      );
    });
    this.served = offer.services.flatMap((service, s) => [
      {
        path: `${application}/s${s}`,
        uuid: service.uuid,
        interfaces: {
          [serviceInterface]: {
            UUID: new Variant('s', fullUuid(service.uuid)),
            Primary: new Variant('b', true),
          },
        },
        notifies: false,
        value: Uint8Array.of(),
        reading: Uint8Array.of(),
      },
      ...service.characteristics.map(({ uuid, flags }, c) => ({
        path: `${application}/s${s}/c${c}`,
        uuid,
        interfaces: {
          [characteristicInterface]: {
            UUID: new Variant('s', fullUuid(uuid)),
            Service: new Variant('o', `${application}/s${s}`),
            Flags: new Variant('as', [...flags]),
          },
        },
        notifies: flags.includes('notify'),
        value: Uint8Array.of(),
        reading: Uint8Array.of(),
      })),
    ]);
  }

  /**
   * Registers and advertises it.
   *
   * @throws BusError (as a rejection) when BlueZ refuses it
   */
  async start(): Promise<void> {
    this.bus.serve(root, (call) => this.answer(call));
    await this.ask('org.bluez.GattManager1', 'RegisterApplication', application);
    await this.ask('org.bluez.LEAdvertisingManager1', 'RegisterAdvertisement', advertisement);
  }

  /** The value that was written to it last. */
  read(characteristic: string): Promise<Uint8Array> {
    return Promise.resolve(this.find(characteristic)?.value ?? Uint8Array.of());
  }

  write(characteristic: string, data: Uint8Array): Promise<void> {
    const served = this.find(characteristic);
    if (served === undefined) return Promise.resolve();
    served.value = data;
    if (!served.notifies) return Promise.resolve();
    for (let from = 0; from < data.length; from += longestPiece) {
      const value = new Variant('ay', Buffer.from(data.subarray(from, from + longestPiece)));
      this.bus.emit(
        {
          path: served.path,
          interface: propertiesInterface,
          member: 'PropertiesChanged',
          body: [characteristicInterface, { Value: value }, []],
        },
        'sa{sv}as',
      );
    }
    return Promise.resolve();
  }

  notifications(characteristic: string, chunk: (data: Uint8Array) => void): Promise<() => void> {
    const uuid = shortUuid(characteristic);
    const listeners = this.listeners.get(uuid) ?? new Set();
    this.listeners.set(uuid, listeners.add(chunk));
    return Promise.resolve(() => listeners.delete(chunk));
  }

  private find(characteristic: string): Served | undefined {
    return this.served.find(
      ({ uuid, interfaces }) =>
        characteristicInterface in interfaces && shortUuid(uuid) === shortUuid(characteristic),
    );
  }

  private answer({ path, interface: name, member, body }: ServedCall): ServedAnswer | undefined {
    if (member === 'GetManagedObjects')
      return {
        signature: 'a{oa{sa{sv}}}',
        body: [Object.fromEntries(this.served.map((each) => [each.path, each.interfaces]))],
      };
    if (path === advertisement) return member === 'Release' ? nothing : this.advertised(member);
    if (name !== characteristicInterface) return undefined;
    const served = this.served.find((each) => each.path === path);
    switch (member) {
      case 'ReadValue':
        return { signature: 'ay', body: [Buffer.from(readFrom(served, offsetOf(body[0])))] };
      case 'WriteValue': {
        const data = Uint8Array.from(body[0] as Iterable<number>);
        for (const listener of this.listeners.get(shortUuid(served?.uuid ?? '')) ?? []) listener(data);
        return nothing;
      }
      case 'StartNotify':
      case 'StopNotify':
        return nothing;
      default:
        return undefined;
    }
  }

  private advertised(member: string): ServedAnswer | undefined {
    if (member !== 'GetAll') return undefined;
    const properties = {
      Type: new Variant('s', 'peripheral'),
      LocalName: new Variant('s', this.offer.name),
      ServiceUUIDs: new Variant('as', this.services.map(fullUuid)),
    };
    return { signature: 'a{sv}', body: [properties] };
  }

  private async ask(name: string, member: string, path: string): Promise<void> {
    await this.bus.call({
      destination: bluez,
      path: this.adapter,
      interface: name,
      member,
      signature: 'oa{sv}',
      body: [path, {}],
      limit,
    });
  }
}

/** A long value is read in pieces, which must be of one value. */
function readFrom(served: Served | undefined, offset: number): Uint8Array {
  if (served === undefined) return Uint8Array.of();
  if (offset === 0) served.reading = served.value;
  return served.reading.subarray(offset);
}

function offsetOf(options: unknown): number {
  const { offset } = options as { readonly offset?: Variant };
  return offset === undefined ? 0 : Number(offset.value);
}

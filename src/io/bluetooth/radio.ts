import type { Advertisement, GattOffer } from '../../devices/device-type';
import { shortUuid } from '../../protocol/uuid';
import { LinkError } from '../links/link-opener';
import { systemTimers } from '../timers';
import { Adapter, adapterPaths } from './adapter';
import { asLinkError } from './bluez-failures';
import { BluezGattLink } from './bluez-gatt-link';
import { deviceInterface, openBluez } from './bluez-objects';
import { PairingAgent } from './pairing-agent';
import { PlayedDevice } from './played-device';
import { PowerCycles } from './power-cycles';
import type { BusObjects, Properties } from '../system-bus/bus-objects';
import { SystemBus, type BusOptions } from '../system-bus/system-bus';

/** A device that was heard. */
export interface HeardDevice extends Advertisement {
  /** dBm; `undefined` where it is not told, and while the device is connected. */
  readonly signal: number | undefined;
  /** Connected to this machine, and therefore silent. */
  readonly isConnected: boolean;
}

/** dBm of a device whose signal is not known, for the order. */
const weakest = -200;

/** dBm that stand for an unknown signal. */
const unknownSignal = 127;

/** The connection to BlueZ. */
interface Connected {
  readonly bus: SystemBus;
  readonly objects: BusObjects;
  readonly agent: PairingAgent;
}

/**
 * The machine's Bluetooth through BlueZ and D-Bus, for all devices of a site. Scans and connects one after another, since
 * connecting ends a scan, and adapters make one connection at a time; connections that are made stay open beside each other.
 * Uses the first adapter.
 */
export class Radio {
  private connected: Promise<Connected> | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly cycles = new PowerCycles();
  private readonly links = new Set<BluezGattLink>();
  /** dBm by address, of devices that were heard. */
  private readonly signals = new Map<string, number>();

  /** @param options `sysfs`: where the kernel has its adapters, if elsewhere */
  constructor(private readonly options: BusOptions & { readonly sysfs?: string } = {}) {}

  /**
   * Connects a device.
   *
   * @param address such as `A4:C1:37:04:2D:BE` @param signal gives it up, also while it waits for its turn
   * @throws LinkError (as a rejection) that says which step failed
   */
  connect(address: string, signal?: AbortSignal): Promise<BluezGattLink> {
    return this.inTurn(async () => {
      if (signal?.aborted === true)
        throw new LinkError({ code: 'link-closed', values: { place: address } }, false);
      const { bus, objects, agent } = await this.bluetooth();
      const adapter = await this.firstAdapter();
      try {
        const path = await adapter.connect(address, signal);
        this.cycles.succeeded();
        const link = new BluezGattLink(bus, objects, agent, path, address);
        this.links.add(link);
        void link.closed.then(() => this.links.delete(link));
        return link;
      } catch (error) {
        const failure = asLinkError(error, address);
        // An adapter with a connection that works is not what is wrong, and the connection would be lost.
        if (this.links.size === 0 && this.cycles.failed(failure.report.code)) await adapter.cyclePower();
        throw failure;
      }
    });
  }

  /** dBm of a device when it was last searched for or scanned; `undefined` where that is not known. */
  signalOf(address: string): number | undefined {
    return this.signals.get(address);
  }

  /**
   * Scans for so many ms. Resolves with the devices that were heard, the strongest first, and those that are connected.
   *
   * @param signal ends it early, also while it waits for its turn @param heard is told when the scan begins, and of all
   * that were heard so far whenever something of them is another
   * @throws LinkError (as a rejection) without an adapter that can scan
   */
  scan(
    ms: number,
    signal?: AbortSignal,
    heard: (devices: HeardDevice[]) => void = () => undefined,
  ): Promise<HeardDevice[]> {
    return this.inTurn(async () => {
      if (signal?.aborted === true) return [];
      const { objects } = await this.bluetooth();
      const adapter = await this.firstAdapter();
      const earlier = new Set(objects.paths(deviceInterface, adapter.path));
      try {
        return await adapter.whileScanning(async () => {
          const all = (): HeardDevice[] => {
            const devices = heardDevices(objects, adapter.path, earlier);
            for (const { address, signal: strength } of devices) this.note(address, strength);
            return devices;
          };
          const isOver = (): boolean => {
            heard(all());
            return !objects.isRunning;
          };
          if (await objects.until(isOver, ms, signal))
            throw new LinkError({ code: 'bluetooth-no-service', values: {} }, true);
          return all();
        });
      } catch (error) {
        throw asLinkError(error, '');
      }
    });
  }

  /**
   * Plays a device on the adapter that has its address, until `close`.
   *
   * @throws LinkError (as a rejection) without such an adapter, or when BlueZ refuses it
   */
  play(address: string, offer: GattOffer): Promise<PlayedDevice> {
    return this.inTurn(async () => {
      const { bus, objects } = await this.bluetooth();
      const adapter = (await this.adapters()).find((each) => each.address === address);
      if (adapter === undefined)
        throw new LinkError({ code: 'bluetooth-no-own-adapter', values: { address } }, false);
      await adapter.switchOn();
      try {
        const device = new PlayedDevice(bus, objects, adapter.path, address, offer);
        await device.start();
        return device;
      } catch (error) {
        throw asLinkError(error, '');
      }
    });
  }

  /**
   * Addresses of the machine's adapters. The first is the one that devices are read with.
   *
   * @throws LinkError (as a rejection) without Bluetooth
   */
  adapterAddresses(): Promise<string[]> {
    return this.inTurn(async () => (await this.adapters()).map(({ address }) => address));
  }

  /** True when there is an adapter. */
  async isThere(): Promise<boolean> {
    try {
      const { objects } = await this.bluetooth();
      return adapterPaths(objects).length > 0;
    } catch {
      return false;
    }
  }

  /** Ends the connection to the bus, and with it all links. The next step connects again. */
  async close(): Promise<void> {
    const connected = await this.connected?.catch(() => undefined);
    connected?.bus.disconnect();
  }

  private note(address: string, signal: number | undefined): void {
    if (signal !== undefined) this.signals.set(address, signal);
  }

  /** One after another; a step that fails stops no other. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }

  private async bluetooth(): Promise<Connected> {
    this.connected ??= this.open();
    try {
      return await this.connected;
    } catch (error) {
      this.connected = undefined;
      throw asLinkError(error, '');
    }
  }

  private async open(): Promise<Connected> {
    const bus = await SystemBus.connect(this.options);
    bus.onClosed(() => (this.connected = undefined));
    try {
      const objects = await openBluez(bus, this.options.timers ?? systemTimers);
      return { bus, objects, agent: new PairingAgent(bus) };
    } catch (error) {
      bus.disconnect();
      throw error;
    }
  }

  private async adapters(): Promise<Adapter[]> {
    const { bus, objects } = await this.bluetooth();
    if (!(await objects.start())) throw new LinkError({ code: 'bluetooth-no-service', values: {} }, true);
    const heard = (address: string, rssi: unknown): void => this.note(address, signalFrom(rssi));
    return adapterPaths(objects).map((path) => new Adapter(bus, objects, path, heard, this.options.sysfs));
  }

  private async firstAdapter(): Promise<Adapter> {
    const [adapter] = await this.adapters();
    if (adapter === undefined) throw new LinkError({ code: 'bluetooth-no-adapter', values: {} }, true);
    await adapter.switchOn();
    return adapter;
  }
}

/** @param earlier devices that BlueZ knew before the scan, which may be gone; not all adapters tell the signal of those that are there */
function heardDevices(objects: BusObjects, adapter: string, earlier: ReadonlySet<string>): HeardDevice[] {
  return objects
    .paths(deviceInterface, adapter)
    .filter((path) => {
      const { RSSI: signal, Connected: connected } = objects.get(path, deviceInterface) ?? {};
      return signal !== undefined || connected === true || !earlier.has(path);
    })
    .map((path) => heardDevice(objects.get(path, deviceInterface) ?? {}))
    .sort((a, b) => (b.signal ?? weakest) - (a.signal ?? weakest));
}

function heardDevice({ Address, Name, UUIDs, RSSI, Connected }: Properties): HeardDevice {
  return {
    address: String(Address),
    name: typeof Name === 'string' ? Name : '',
    services: Array.isArray(UUIDs) ? UUIDs.map((uuid) => shortUuid(String(uuid))) : [],
    signal: signalFrom(RSSI),
    isConnected: Connected === true,
  };
}

function signalFrom(rssi: unknown): number | undefined {
  return typeof rssi === 'number' && rssi !== unknownSignal ? rssi : undefined;
}

import { basename } from 'node:path';
import { Variant } from '@jellybrick/dbus-next';
import { LinkError } from '../links/link-opener';
import { asLinkError } from './bluez-failures';
import { adapterInterface, bluez, deviceInterface } from './bluez-objects';
import { isBlocked } from './rfkill';
import { propertiesInterface, type BusObjects } from '../system-bus/bus-objects';
import { BusError, type SystemBus } from '../system-bus/system-bus';

/** ms that each step may take. */
const limits = { power: 5000, scan: 15_000, connect: 15_000, services: 10_000, call: 5000 } as const;
/** ms that an adapter stays off when it is switched off and on. */
const offTime = 1000;

/** Paths of all adapters that BlueZ has, sorted. */
export function adapterPaths(objects: BusObjects): string[] {
  return objects.paths(adapterInterface);
}

/** A Bluetooth adapter of this machine. Each step has a time limit. */
export class Adapter {
  /** @param path BlueZ's, such as `/org/bluez/hci0` @param heard is told how strongly a device was heard that was searched for */
  constructor(
    private readonly bus: SystemBus,
    private readonly objects: BusObjects,
    readonly path: string,
    private readonly heard: (address: string, rssi: unknown) => void = () => undefined,
    /** Where the kernel has its adapters, if elsewhere. */
    private readonly sysfs?: string,
  ) {}

  get address(): string {
    return String(this.objects.get(this.path, adapterInterface)?.['Address']);
  }

  /** Switches it on if it is off. @throws LinkError (as a rejection) where that is not possible */
  async switchOn(): Promise<void> {
    if (this.objects.get(this.path, adapterInterface)?.['Powered'] === true) return;
    try {
      await this.power(true);
    } catch (error) {
      const isFailed = error instanceof BusError && error.reason === 'org.bluez.Error.Failed';
      if (!isFailed) throw asLinkError(error, '');
      const code = isBlocked(basename(this.path), this.sysfs) ? 'bluetooth-blocked' : 'bluetooth-off';
      throw new LinkError({ code, values: {} }, false);
    }
  }

  /** Switches it off and on; never rejects, for the next step tells what is wrong with it. */
  async cyclePower(): Promise<void> {
    try {
      await this.power(false);
      await this.objects.until(() => false, offTime);
      await this.power(true);
    } catch {
      // See above.
    }
  }

  /** Lets the adapter listen while work is done. @throws BusError (as a rejection), and what the work throws */
  async whileScanning<T>(work: () => Promise<T>): Promise<T> {
    await this.ask('SetDiscoveryFilter', 'a{sv}', [{ Transport: new Variant('s', 'le') }]);
    await this.ask('StartDiscovery').catch((error: unknown) => {
      // It is scanning already.
      if (!(error instanceof BusError && error.reason === 'org.bluez.Error.InProgress')) throw error;
    });
    try {
      return await work();
    } finally {
      await this.ask('StopDiscovery').catch(() => undefined);
    }
  }

  /**
   * Connects a device, after a scan where BlueZ does not know it, until its services are read.
   *
   * @param signal gives it up
   * @returns BlueZ's path of the device
   * @throws LinkError or BusError (as a rejection)
   */
  async connect(address: string, signal?: AbortSignal): Promise<string> {
    const path = await this.find(address, signal);
    try {
      await this.call(path, 'Connect', limits.connect, signal).catch((error: unknown) => {
        if (!(error instanceof BusError && error.reason === 'late')) throw error;
        throw new LinkError({ code: 'bluetooth-no-answer', values: { address } }, false);
      });
      const isReady = (): boolean => this.objects.get(path, deviceInterface)?.['ServicesResolved'] === true;
      if (!(await this.objects.until(isReady, limits.services, signal)))
        throw new LinkError({ code: 'bluetooth-no-services', values: { address } }, false);
      await this.settle(path);
      return path;
    } catch (error) {
      // Even when it is still connecting: nobody hears a device that is half connected.
      await this.call(path, 'Disconnect', limits.call).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Waits until all is told that BlueZ had to tell by now: it may say that it knows the services of a device before it says which,
   * but sends what waits before it answers a call.
   */
  private async settle(path: string): Promise<void> {
    await this.bus.call({
      destination: bluez,
      path,
      interface: propertiesInterface,
      member: 'Get',
      signature: 'ss',
      body: [deviceInterface, 'ServicesResolved'],
      limit: limits.call,
    });
  }

  private async find(address: string, signal?: AbortSignal): Promise<string> {
    const path = `${this.path}/dev_${address.replaceAll(':', '_')}`;
    const isKnown = (): boolean => this.objects.get(path, deviceInterface) !== undefined;
    const isOver = (): boolean => isKnown() || !this.objects.isRunning;
    if (!isKnown())
      await this.whileScanning(async () => {
        await this.objects.until(isOver, limits.scan, signal);
        // BlueZ forgets it when the scan ends.
        this.heard(address, this.objects.get(path, deviceInterface)?.['RSSI']);
      });
    if (isKnown()) return path;
    if (!this.objects.isRunning) throw new LinkError({ code: 'bluetooth-no-service', values: {} }, true);
    throw new LinkError({ code: 'bluetooth-not-heard', values: { address } }, false);
  }

  private async power(on: boolean): Promise<void> {
    await this.bus.call({
      destination: bluez,
      path: this.path,
      interface: propertiesInterface,
      member: 'Set',
      signature: 'ssv',
      body: [adapterInterface, 'Powered', new Variant('b', on)],
      limit: limits.power,
    });
  }

  private async ask(member: string, signature = '', body: unknown[] = []): Promise<void> {
    await this.bus.call({
      destination: bluez,
      path: this.path,
      interface: adapterInterface,
      member,
      signature,
      body,
      limit: limits.call,
    });
  }

  private async call(path: string, member: string, limit: number, signal?: AbortSignal): Promise<void> {
    await this.bus.call({ destination: bluez, path, interface: deviceInterface, member, limit, signal });
  }
}

import { Variant } from '@jellybrick/dbus-next';
import type { GattLink, PairResult } from '../../devices/device-type';
import { shortUuid } from '../../protocol/uuid';
import type { LinkReport } from '../../model/link-reports';
import { LinkError } from '../links/link-opener';
import { asLinkError } from './bluez-failures';
import { bluez, characteristicInterface, deviceInterface, serviceInterface } from './bluez-objects';
import type { PairingAgent } from './pairing-agent';
import type { BusObjects } from '../system-bus/bus-objects';
import { BusError, type SystemBus } from '../system-bus/system-bus';

/** ms that an answer may take. */
const answerLimit = 5000;

/** A connected Bluetooth device, whose services BlueZ has read. */
export class BluezGattLink implements GattLink {
  readonly kind = 'gatt';
  readonly services: readonly string[];
  readonly closed: Promise<LinkReport>;
  private end: (reason: LinkReport) => void = () => undefined;
  private isOpen = true;
  private readonly releases = new Set<() => void>();

  constructor(
    private readonly bus: SystemBus,
    private readonly objects: BusObjects,
    private readonly agent: PairingAgent,
    private readonly path: string,
    readonly address: string,
  ) {
    this.services = objects
      .paths(serviceInterface, path)
      .map((service) => shortUuid(String(objects.get(service, serviceInterface)?.['UUID'])));
    this.closed = new Promise((resolve) => {
      this.end = (reason) => {
        this.isOpen = false;
        for (const release of this.releases) release();
        this.releases.clear();
        resolve(reason);
      };
    });
    this.watch();
  }

  async read(characteristic: string): Promise<Uint8Array> {
    const [bytes] = await this.ask(this.find(characteristic), 'ReadValue', 'a{sv}', [{}]);
    return Uint8Array.from(bytes as Iterable<number>);
  }

  async write(characteristic: string, data: Uint8Array): Promise<void> {
    const path = this.find(characteristic);
    const { Flags: flags } = this.objects.get(path, characteristicInterface) ?? {};
    const type = Array.isArray(flags) && flags.includes('write-without-response') ? 'command' : 'request';
    await this.ask(path, 'WriteValue', 'aya{sv}', [Buffer.from(data), { type: new Variant('s', type) }]);
  }

  async notifications(characteristic: string, chunk: (data: Uint8Array) => void): Promise<() => void> {
    const path = this.find(characteristic);
    const release = this.objects.onProperties((changedPath, name, { Value: value }) => {
      if (changedPath === path && name === characteristicInterface && value !== undefined)
        chunk(Uint8Array.from(value as Iterable<number>));
    });
    this.releases.add(release);
    try {
      await this.ask(path, 'StartNotify');
    } catch (error) {
      this.release(release);
      throw error;
    }
    return () => {
      if (this.release(release)) void this.ask(path, 'StopNotify').catch(() => undefined);
    };
  }

  pair(passkey: number): Promise<PairResult> {
    return this.agent.pair(this.path, passkey);
  }

  /** Ends the connection; resolves when BlueZ has done so, or after 5 s. */
  async close(): Promise<void> {
    this.end({ code: 'link-closed', values: { place: this.address } });
    await this.bus
      .call({
        destination: bluez,
        path: this.path,
        interface: deviceInterface,
        member: 'Disconnect',
        limit: answerLimit,
      })
      .catch(() => undefined);
  }

  /** Notices when the device, the adapter, the service or the bus is gone. */
  private watch(): void {
    // Where the link is up before the kernel's event of it arrives, BlueZ never signals `Connected`; it does signal the end.
    let hasToldConnected = false;
    const check = (): void => {
      const device = this.objects.get(this.path, deviceInterface);
      hasToldConnected ||= device?.['Connected'] === true;
      if (device?.[hasToldConnected ? 'Connected' : 'ServicesResolved'] === true) return;
      this.end({ code: 'bluetooth-lost', values: { address: this.address } });
    };
    this.releases.add(this.objects.onChange(check));
    check();
  }

  private release(release: () => void): boolean {
    if (!this.releases.delete(release)) return false;
    release();
    return true;
  }

  /** Its path. After a new connection of the device it may be the same, which is no business of this link. */
  private find(characteristic: string): string {
    if (!this.isOpen)
      throw new LinkError({ code: 'bluetooth-lost', values: { address: this.address } }, false);
    const wanted = shortUuid(characteristic);
    const path = this.objects
      .paths(characteristicInterface, this.path)
      .find(
        (each) => shortUuid(String(this.objects.get(each, characteristicInterface)?.['UUID'])) === wanted,
      );
    if (path !== undefined) return path;
    throw new LinkError(
      { code: 'bluetooth-no-characteristic', values: { address: this.address, characteristic } },
      false,
    );
  }

  private async ask(
    path: string,
    member: string,
    signature = '',
    body: readonly unknown[] = [],
  ): Promise<readonly unknown[]> {
    const { address } = this;
    try {
      return await this.bus.call({
        destination: bluez,
        path,
        interface: characteristicInterface,
        member,
        signature,
        body,
        limit: answerLimit,
      });
    } catch (error) {
      if (error instanceof BusError && error.reason === 'late')
        throw new LinkError({ code: 'bluetooth-no-answer', values: { address } }, false);
      throw asLinkError(error, address);
    }
  }
}

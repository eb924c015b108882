import type { AgedReading } from '../../model/reading';
import { deviceReadings } from './device-readings';
import { mostNames, parseDeviceMessage, type NotADevice, type ReceivedDevice } from './device-schema';
import { NewReadings } from './new-readings';
import { mostDevices, type RemoteDevice, type RemoteSite } from './site-message';
import { StatusOrder, TransitDelay } from './status-order';

/** What became of a message that came under Devices. */
export type ReceivedDeviceMessage =
  | {
      readonly device: string;
      /** What is new in it, with ages as of now; none of a bank, which is computed from its members here too. */
      readonly readings: readonly AgedReading[];
    }
  | {
      readonly rejected: NotADevice['rejected'] | 'retained' | 'older' | 'other battery' | 'unknown device';
      readonly detail: string;
    };

interface KnownDevice {
  readonly order: StatusOrder;
  readonly news: NewReadings;
  /** Names of groups and texts that it has told: a site keeps all of them. */
  names: ReadonlySet<string>;
}

/**
 * Takes in the messages of one sender's devices and tells what they bring that is new; and which devices there are, where the
 * sender does not say so under Site. Never throws, and keeps no more than so many devices and names, whatever comes.
 */
export class DevicesReceiver {
  private readonly delay = new TransitDelay();
  private readonly known = new Map<string, KnownDevice>();
  private told: RemoteSite | undefined;
  private readonly seen = new Map<string, RemoteDevice>();
  private bank: RemoteSite['bank'] = null;

  /** @param before which devices it had when it was received last: one that is silent since is one of them still */
  constructor(
    private readonly bmsId: string,
    before?: RemoteSite,
  ) {
    for (const device of before?.devices ?? []) this.seen.set(device.name, device);
    this.bank = before?.bank ?? null;
  }

  /** Which devices the sender has, as far as it is known. */
  get site(): RemoteSite | undefined {
    if (this.told !== undefined) return this.told;
    if (this.seen.size === 0) return undefined;
    const { bank } = this;
    const whole =
      bank !== null && [...bank.members, bank.meter ?? []].flat().every((name) => this.seen.has(name));
    // Batteries first, as a site has them.
    const isBattery = ({ kind }: RemoteDevice): number => (kind === 'battery' ? 0 : 1);
    const devices = [...this.seen.values()].sort((a, b) => isBattery(a) - isBattery(b));
    return { devices, bank: whole ? bank : null };
  }

  /** The sender says which devices it has: others are not taken from now on. */
  list(site: RemoteSite): void {
    this.told = site;
  }

  /**
   * @param name the last part of the topic
   * @param retained the broker kept it from some time before @param now monotonic ms
   */
  take(name: string, payload: Uint8Array, retained: boolean, now: number): ReceivedDeviceMessage {
    if (retained) return { rejected: 'retained', detail: `${payload.length} bytes` };
    const message = parseDeviceMessage(payload);
    if ('rejected' in message) return message;
    const { device, bmsId, timestamp } = message;
    if (bmsId !== undefined && bmsId !== this.bmsId)
      return { rejected: 'other battery', detail: JSON.stringify(bmsId.slice(0, 64)) };
    if (device !== name) return { rejected: 'not a device', detail: 'its name is not that of its topic' };
    const sentAt = Date.parse(timestamp);
    if (Number.isNaN(sentAt)) return { rejected: 'not a device', detail: 'timestamp is not right' };
    if (!this.isOfTheSite(message)) return { rejected: 'unknown device', detail: device };
    if (message.bank !== undefined) return { device, readings: [] };
    const known = this.knownOf(device);
    const readings = deviceReadings(message);
    const names = new Set(known.names);
    for (const { reading } of readings)
      for (const told of [reading.group, ...Object.keys(reading.texts ?? {})]) names.add(told);
    if (names.size > 2 * mostNames)
      return { rejected: 'not a device', detail: `more than ${2 * mostNames} names` };
    const order = known.order.take(sentAt, now);
    if (order === 'older') return { rejected: 'older', detail: timestamp };
    if (order === 'restarted') this.delay.reset();
    const late = this.delay.note(sentAt, now);
    known.names = names;
    return {
      device,
      readings: readings
        .map(({ reading, age }) => ({ reading, age: age + late }))
        .filter((aged) => known.news.isNew(aged, now)),
    };
  }

  private isOfTheSite({ device: name, kind, type, role, bank }: ReceivedDevice): boolean {
    if (this.told !== undefined)
      return bank !== undefined || this.told.devices.some((each) => each.name === name && each.kind === kind);
    if (bank !== undefined) {
      this.bank = bank;
      return true;
    }
    const known = this.seen.get(name);
    if (known !== undefined) return known.kind === kind;
    const others = [...this.seen.keys()].map((each) => each.toLowerCase());
    if (others.length >= mostDevices || others.includes(name.toLowerCase())) return false;
    this.seen.set(name, { name, kind, type, ...(role !== undefined && { role }) });
    return true;
  }

  private knownOf(name: string): KnownDevice {
    let known = this.known.get(name);
    if (known === undefined) {
      known = { order: new StatusOrder(), news: new NewReadings(), names: new Set() };
      this.known.set(name, known);
    }
    return known;
  }
}

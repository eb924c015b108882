import { isPlausible, type Clock } from '../../base/clock';
import { deviceRecord, type RawDevice } from '../../devices/parse-device';
import type { Telling, ToldMessage } from '../../io/recorders/mqtt-sender';
import { Battery } from '../../model/battery';
import type { Device } from '../../model/device';
import type { Site } from '../../model/site';
import type { DescribedDevice } from '../../protocol/device-json';
import { batteryData, meterData } from '../../protocol/mqtt/data-json';
import { batteryPack, batterySample, chargerPack, chargerSample } from '../../protocol/mqtt/message-pack';
import { telegrafValues } from '../../protocol/telegraf-values';
import { HeardSince } from './heard-since';

/** ms between two looks for something new. */
const interval = 1000;
/** ms between two messages of one device in the JSON: its programs ask a battery every 7 s. */
const jsonInterval = 5000;

/** What the shapes of other monitors are made of. */
export interface OtherTellingParts {
  readonly site: Site;
  readonly described: readonly DescribedDevice[];
  /** As in the settings. */
  readonly devices: readonly RawDevice[];
  readonly clock: Clock;
}

/** Batteries and meters as tgalarneau/bms publishes them, when they were received, five seconds apart. */
export function dataTelling({ site, clock }: Pick<OtherTellingParts, 'site' | 'clock'>): Telling {
  const heard = new HeardSince();
  const toldAt = new Map<string, number>();
  return {
    every: interval,
    messages: () => {
      const now = clock.monotonic();
      return Array.from(site.devices()).flatMap((device): ToldMessage[] => {
        if (device === site.bank || now - (toldAt.get(device.name) ?? -Infinity) < jsonInterval) return [];
        const values = telegrafValues(device, now);
        if (values === undefined || !heard.take(device, now)) return [];
        toldAt.set(device.name, now);
        const { name } = device;
        return 'battery' in values ? batteryData(name, values.battery) : meterData(name, values.meter);
      });
    },
  };
}

/** JBD batteries and LiTime chargers in MessagePack, numbered in the order of the settings: each new sample once. */
export function packTelling({ site, described, devices, clock }: OtherTellingParts): Telling {
  const addresses = new Map(
    devices
      .map(deviceRecord)
      .map(({ name, address }) => [name, typeof address === 'string' ? address : null]),
  );
  const sources = [
    ...numbered(described, /^jbd-/, 'JBD_BMS'),
    ...numbered(described, /^litime-/, 'LiTime_MPPT'),
  ].flatMap(({ name, topic }) => {
    const device = Array.from(site.devices()).find((each) => each.name === name);
    return device === undefined ? [] : [{ device, topic, toldAt: -Infinity }];
  });
  return {
    every: interval,
    messages: () => {
      const [now, wall] = [clock.monotonic(), clock.wall()];
      // A sample without its time is none.
      if (!isPlausible(wall)) return [];
      return sources.flatMap((source): ToldMessage[] => {
        const { device, topic } = source;
        if (!hasSample(device, now, source.toldAt)) return [];
        source.toldAt = now;
        const bus = { name: device.name, address: addresses.get(device.name) ?? null };
        const payload =
          device instanceof Battery
            ? batteryPack(bus, device, now, wall)
            : chargerPack(bus, device, now, wall);
        return [{ topic, payload }];
      });
    },
  };
}

/** True where every group of a sample was received after the last one was told. */
function hasSample(device: Device, now: number, toldAt: number): boolean {
  const groups = device instanceof Battery ? batterySample : chargerSample;
  return groups.every((group) => now - device.groupAge(group, now) > toldAt);
}

function numbered(described: readonly DescribedDevice[], types: RegExp, base: string) {
  return described
    .filter(({ type }) => types.test(type))
    .map(({ name }, i) => ({ name, topic: `${base}/${i + 1}/msgpack` }));
}

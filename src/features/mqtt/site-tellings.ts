import type { Clock } from '../../base/clock';
import type { Telling, ToldMessage } from '../../io/recorders/mqtt-sender';
import { isNotice } from '../../model/alarm-reports';
import type { Site } from '../../model/site';
import { describedAs, deviceJson, type DescribedDevice } from '../../protocol/device-json';
import { alarmsMessage, type StandingAlarms } from '../../protocol/mqtt/alarms-message';
import { deviceMessage } from '../../protocol/mqtt/device-message';
import type { RemoteSite } from '../../protocol/mqtt/site-message';
import { batteryTopics } from '../../protocol/mqtt/topics';
import { alarmText } from '../../words/en';
import { HeardSince } from './heard-since';

/** ms between two messages of a device that is received more often. */
const interval = 1000;
/** ms after which a device that is silent is told again: somebody may have begun to listen. */
const repeatInterval = 30_000;
/** ms between two messages of the alarms that stand, as long as they are the same. */
const alarmsInterval = 10_000;

/** What is published of all devices of a site. */
export interface SiteTellingParts {
  readonly bmsId: string;
  readonly site: Site;
  readonly described: readonly DescribedDevice[];
  readonly clock: Clock;
}

/** The devices of a site and its bank as a receiver builds them again. Undescribed ones are left out. */
export function sentSite(site: Site, described: readonly DescribedDevice[]): RemoteSite {
  const { bank } = site;
  const devices = Array.from(site.devices()).flatMap((device) => {
    const found = device === bank ? undefined : described.find(({ name }) => name === device.name);
    if (found === undefined) return [];
    const { name, kind, type } = found;
    return [{ name, kind, type, ...(device.role !== undefined && { role: device.role }) }];
  });
  return {
    devices,
    bank:
      bank === undefined
        ? null
        : { members: bank.members.map(({ name }) => name), meter: bank.meter?.name ?? null },
  };
}

/** Each device on a topic of its own: when it was received, a second apart, and every half minute while it is silent. */
export function devicesTelling({ bmsId, site, described, clock }: SiteTellingParts): Telling {
  const { devices: base } = batteryTopics(bmsId);
  const toldAt = new Map<string, number>();
  const heard = new HeardSince();
  return {
    every: interval,
    messages: (all) => {
      const [now, wall] = [clock.monotonic(), clock.wall()];
      return Array.from(site.devices()).flatMap((device): ToldMessage[] => {
        const found = describedAs(device, described);
        if (found === undefined || device.age(now) === Infinity) return [];
        const isNew = heard.take(device, now);
        const silentFor = now - (toldAt.get(device.name) ?? -Infinity);
        if (!all && !isNew && silentFor < repeatInterval) return [];
        toldAt.set(device.name, now);
        const json = deviceJson(found, device, now, wall);
        return [{ topic: `${base}/${device.name}`, payload: deviceMessage(bmsId, json, device, now) }];
      });
    },
  };
}

/** How many alarms of each device stand and which they are: when that changes, and every ten seconds. */
export function alarmsTelling({ bmsId, site, clock }: Omit<SiteTellingParts, 'described'>): Telling {
  const { alarms: topic } = batteryTopics(bmsId);
  let toldAt = -Infinity;
  let told = '';
  return {
    every: interval,
    messages: (all) => {
      const now = clock.monotonic();
      const standing = standingAlarms(site);
      const compared = JSON.stringify(standing);
      if (!all && compared === told && now - toldAt < alarmsInterval) return [];
      told = compared;
      toldAt = now;
      return [{ topic, payload: alarmsMessage(standing, clock.wall()) }];
    },
  };
}

function standingAlarms(site: Site): StandingAlarms[] {
  return Array.from(site.watched(), ({ alarmsOf, alarms }) => ({
    device: alarmsOf,
    alarms: alarms.list
      .filter(({ report }) => !isNotice(report))
      .map(({ report }) => alarmText(report, { units: site.units })),
  }));
}

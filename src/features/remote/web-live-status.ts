import type { Clock } from '../../base/clock';
import type { LiveStatus } from '../../io/web/web-parts';
import { madeUp } from '../../settings/made-up';
import type { Site } from '../../model/site';
import { completeStatus } from '../../protocol/complete-status';
import { describedAs, type DescribedDevice } from '../../protocol/device-json';
import { computedOf } from '../../protocol/energy-json';
import { alarmText } from '../../words/en';
import { alarmWording, linkNotice, severalDevices } from '../../screens/notices';
import type { Surroundings } from '../../screens/screen';
import type { Settings } from '../../settings/settings';
import { statusOrigin } from '../../settings/status-origin';

/** What the live values are made of. */
export interface LiveNeeds {
  /** As packdial was started with; what is saved later and holds at once is in `surroundings`. */
  readonly settings: Settings;
  readonly site: Site;
  readonly clock: Clock;
  /** What devices are beside their values. */
  readonly devices: () => readonly DescribedDevice[];
  readonly surroundings: () => Surroundings;
}

/**
 * What is sent to pages that show live values.
 *
 * @param name of a battery; the bank by default, or the only one @returns `undefined` for an unknown one
 */
export function liveStatus(
  { settings, site, clock, devices, surroundings }: LiveNeeds,
  name?: string,
): LiveStatus | undefined {
  const found =
    name === undefined ? site.main : Array.from(site.all()).find(({ battery }) => battery.name === name);
  if (found === undefined) return undefined;
  const { battery } = found;
  const now = clock.monotonic();
  const type = describedAs(battery, devices())?.type;
  const around = surroundings();
  const units = around.preferences?.units ?? settings.units;
  return {
    status: completeStatus(battery, statusOrigin(settings, type), now, clock.wall()),
    display: {
      device: severalDevices(around).length > 0 ? battery.name : null,
      link: linkNotice(battery.age(now), battery.current(now), around),
      // The page of the whole site shows all alarms.
      alarms: Array.from(name === undefined ? site.watched() : [found]).flatMap(({ alarmsOf, alarms }) => {
        const wording = { ...alarmWording(alarmsOf, around), units };
        return alarms.list.map(({ report, past, acknowledged }) => ({
          text: alarmText(report, wording, past),
          acknowledged,
        }));
      }),
      flow: battery.flow(now) ?? null,
      energy: computedOf(site.devices(), now),
      madeUp: madeUp(settings) !== undefined,
      demo: settings.demo === 'off' ? null : settings.demo,
      units,
    },
  };
}

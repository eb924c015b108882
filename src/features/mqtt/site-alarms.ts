import { randomUUID } from 'node:crypto';
import type { Site } from '../../model/site';
import { AlarmFeed, type AlarmMessage } from '../../protocol/mqtt/alarm-message';
import { alarmText } from '../../words/en';

/** Tells what has happened to the alarms of a site: of every device, and of the bank where there is one. */
export class SiteAlarms {
  private readonly feeds = new Map<string, AlarmFeed>();

  /** @param bmsId under which the site is sent */
  constructor(
    private readonly site: Site,
    private readonly bmsId: string,
  ) {}

  /** What is new since the last call; the parameters are those of AlarmFeed. */
  take(now: number, wall: Date | undefined): AlarmMessage[] {
    return Array.from(this.site.watched()).flatMap(({ alarmsOf, alarms }) =>
      this.feedOf(alarmsOf).take(alarms.log, now, wall),
    );
  }

  private feedOf(name: string): AlarmFeed {
    let feed = this.feeds.get(name);
    if (feed === undefined) {
      // A device of several counts its own alarms: its ids are another's than those of the others.
      feed = new AlarmFeed(this.bmsId, randomUUID(), (report) => {
        const several = Array.from(this.site.devices()).length > 1;
        return alarmText(report, { units: this.site.units, device: several ? name : undefined });
      });
      this.feeds.set(name, feed);
    }
    return feed;
  }
}

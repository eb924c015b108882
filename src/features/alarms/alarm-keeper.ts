import { isPlausible, type Clock } from '../../base/clock';
import { KeptText, type KeptTextReader } from '../../io/kept-text';
import { textStore, type TextStore } from '../../io/text-store';
import type { Log } from '../../logging/log';
import type { AlarmEntry } from '../../model/alarm-log';
import type { CarriedAlarm } from '../../model/alarms';
import type { Site } from '../../model/site';
import { decodeAlarms, encodeAlarms, type KeptAlarm } from '../../protocol/alarm-file';
import { keptPath } from '../../settings/kept-path';
import type { Settings } from '../../settings/settings';
import { keptText } from '../../words/en';

/** ms between two writes: what a power cut can take, and what an alarm that comes and goes may cost the card. */
const writeInterval = 10_000;
/** The same where nothing has happened but that a value is another: that of a standing alarm changes all the time. */
const textInterval = 600_000;

/** ms without power after which what was acknowledged has to be acknowledged again. */
const longestPause = 3_600_000;

type Times = Pick<KeptAlarm, 'risen' | 'acknowledged' | 'ended' | 'seen'>;

/**
 * Keeps the list of alarms over restarts, in a small file. An alarm gets its times of day when it is plausible what time it
 * is, and then keeps them, however the clock is set later.
 */
export class AlarmKeeper {
  private readonly times = new Map<string, Times>();
  private readonly text: KeptText;
  private readonly reader: KeptTextReader;
  private writtenTimes = '';
  private wroteAt = -Infinity;

  constructor(
    private readonly parts: {
      readonly site: Site;
      readonly clock: Clock;
      readonly store: TextStore;
      readonly log: Pick<Log, 'info' | 'warn'>;
      /** The list is another. */
      readonly changed?: () => void;
    },
  ) {
    const { store, log, changed } = parts;
    this.text = new KeptText(store, (report) => log.warn(keptText('alarms', report)));
    this.reader = { take: (text) => this.restore(text), done: () => changed?.() };
  }

  /** Looks whether there is something to keep: to be called about once a second. */
  sample(): void {
    const { clock } = this.parts;
    if (!isPlausible(clock.wall()) || !this.text.isReady(this.reader)) return;
    this.stamp();
    const happened = this.timesText() !== this.writtenTimes;
    if (clock.monotonic() - this.wroteAt >= (happened ? writeInterval : textInterval)) this.write();
  }

  /** Writes what is new, as far as the disk takes it within two seconds. */
  close(): Promise<void> {
    return this.text.close(() => {
      this.stamp();
      this.write();
    });
  }

  private restore(text: string): boolean {
    const kept = decodeAlarms(text);
    if (kept === undefined) return false;
    this.putBack(kept);
    this.writtenTimes = this.timesText();
    return true;
  }

  private putBack(kept: readonly KeptAlarm[]): void {
    const { site, clock } = this.parts;
    const now = clock.monotonic();
    const wall = clock.wall().getTime();
    // A clock that was set back makes nothing happen in the future.
    const at = (time: number): number => now - Math.max(0, wall - time);
    for (const { alarmsOf, alarms } of site.watched()) {
      const own = kept.filter((alarm) => alarm.battery === alarmsOf);
      const numbers = alarms.log.restore(
        own.map(({ report, risen, acknowledged, accepted, ended }) => ({
          report,
          ...(accepted !== undefined && { acceptedExcess: accepted }),
          risenAt: at(risen),
          acknowledgedAt: acknowledged === undefined ? undefined : at(acknowledged),
          endedAt: ended === undefined ? undefined : at(ended),
          ...(ended === undefined && { leftStanding: true as const }),
        })),
      );
      const carried: CarriedAlarm[] = [];
      own.forEach((alarm, i) => {
        const number = numbers[i];
        if (number === undefined) return;
        const { report, risen, acknowledged, accepted, seen, ended } = alarm;
        this.times.set(keyOf(alarmsOf, number), { risen, acknowledged, seen, ended });
        const isCarried = seen !== undefined && Math.abs(wall - seen) <= longestPause;
        if (isCarried && acknowledged !== undefined && accepted !== undefined)
          carried.push({ number, report, acceptedExcess: accepted });
      });
      alarms.carryOn(carried, now);
    }
  }

  /** Gives what has happened its time of day. */
  private stamp(): void {
    const { site, clock } = this.parts;
    const origin = clock.wall().getTime() - clock.monotonic();
    const listed = new Set<string>();
    for (const { alarmsOf, alarms } of site.watched()) {
      for (const entry of alarms.log.list) {
        const key = keyOf(alarmsOf, entry.number);
        listed.add(key);
        const before = this.times.get(key);
        this.times.set(key, {
          risen: before?.risen ?? origin + entry.risenAt,
          acknowledged: timeOf(entry.acknowledgedAt, before?.acknowledged, origin),
          ended: timeOf(entry.endedAt, before?.ended, origin),
          seen: before?.seen,
        });
      }
    }
    for (const key of this.times.keys()) if (!listed.has(key)) this.times.delete(key);
  }

  private write(): void {
    if (this.text.isWriting) return;
    const content = encodeAlarms(this.kept());
    if (this.text.isNew && this.times.size === 0) return;
    const times = this.timesText();
    const begun = this.text.write(content, () => {
      this.writtenTimes = times;
    });
    if (begun) this.wroteAt = this.parts.clock.monotonic();
  }

  private timesText(): string {
    return JSON.stringify([...this.times]);
  }

  private kept(): KeptAlarm[] {
    const kept: KeptAlarm[] = [];
    for (const { alarmsOf, alarms } of this.parts.site.watched()) {
      for (const entry of alarms.log.list) {
        const times = this.times.get(keyOf(alarmsOf, entry.number));
        if (times === undefined) continue;
        const { report, acceptedExcess, endedAt, leftStanding } = entry;
        const stands = endedAt === undefined && leftStanding === undefined;
        kept.push({
          battery: alarmsOf,
          report,
          ...times,
          ...(acceptedExcess !== undefined && { accepted: acceptedExcess }),
          seen: stands ? this.parts.clock.wall().getTime() : endedAt === undefined ? times.seen : undefined,
        });
      }
    }
    return kept;
  }
}

const keyOf = (device: string, number: number): string => `${device} ${number}`;

/** A time that is known stays; one that is taken back, as an acknowledgement can be, is gone. */
function timeOf(at: AlarmEntry['endedAt'], before: number | undefined, origin: number): number | undefined {
  return at === undefined ? undefined : (before ?? origin + at);
}

/**
 * Starts to keep the alarms of a site in the data folder; those of a simulation or of a replay in a file of their own. Without a
 * folder that can be written nothing is kept: the log and the history tell of that.
 *
 * @param elsewhere where they are kept instead: a demonstration has a past of its own
 */
export function keepAlarms(
  settings: Settings,
  site: Site,
  log: Log,
  clock: Clock,
  changed: () => void,
  elsewhere?: TextStore,
): AlarmKeeper | undefined {
  try {
    const store = elsewhere ?? textStore(keptPath(settings, 'alarms'));
    return new AlarmKeeper({ site, clock, log, changed, store });
  } catch {
    return undefined;
  }
}

import { join } from 'node:path';
import { isPlausible, type Clock } from '../../base/clock';
import { dataDir } from '../../settings/data-dir';
import { diskTrouble } from '../../io/recorders/disk-trouble';
import { textStore, type TextStore } from '../../io/text-store';
import { within } from '../../io/within';
import type { Log } from '../../logging/log';
import { madeUp } from '../../settings/made-up';
import type { AlarmEntry } from '../../model/alarm-log';
import { sameCoded } from '../../model/coded';
import type { DiskTrouble } from '../../model/recorder-reports';
import type { Site } from '../../model/site';
import { decodeAlarms, encodeAlarms, type KeptAlarm } from '../../protocol/alarm-file';
import type { Settings } from '../../settings/settings';
import { diskText } from '../../words/en';

/** ms between two writes: what a power cut can take, and what an alarm that comes and goes may cost the card. */
const writeInterval = 10_000;
/** The same where nothing has happened but that a value is another: that of a standing alarm changes all the time. */
const textInterval = 600_000;
/** ms that the end of the program waits for the disk. */
const patience = 2000;

type Times = Pick<KeptAlarm, 'risen' | 'acknowledged' | 'ended'>;

/**
 * Keeps the list of alarms over restarts, in a small file. An alarm gets its times of day when it is plausible what time it
 * is, and then keeps them, however the clock is set later.
 */
export class AlarmKeeper {
  private readonly times = new Map<string, Times>();
  private state: 'new' | 'reading' | 'ready' = 'new';
  private written = '';
  private writtenTimes = '';
  private writing: Promise<void> | undefined;
  private wroteAt = -Infinity;
  private failed: DiskTrouble | undefined;

  constructor(
    private readonly parts: {
      readonly site: Site;
      readonly clock: Clock;
      readonly store: TextStore;
      readonly log: Pick<Log, 'info' | 'warn'>;
      /** The list is another. */
      readonly changed?: () => void;
    },
  ) {}

  /** Looks whether there is something to keep: to be called about once a second. */
  sample(): void {
    const { clock } = this.parts;
    if (!isPlausible(clock.wall())) return;
    if (this.state === 'new') {
      this.state = 'reading';
      void this.restore();
    }
    if (this.state !== 'ready') return;
    this.stamp();
    const happened = this.timesText() !== this.writtenTimes;
    if (clock.monotonic() - this.wroteAt >= (happened ? writeInterval : textInterval)) this.write();
  }

  /** Writes what is new, as far as the disk takes it within two seconds. */
  async close(): Promise<void> {
    const rest = async (): Promise<void> => {
      await this.writing;
      if (this.state !== 'ready') return;
      this.stamp();
      this.write();
      await this.writing;
    };
    await within(patience, rest());
  }

  private async restore(): Promise<void> {
    const { store, log, changed } = this.parts;
    try {
      const text = await store.read();
      const kept = decodeAlarms(text);
      if (kept === undefined) {
        log.warn(
          `The list of alarms was damaged: it is kept as ${await store.setAside()}, and a new one is begun`,
        );
      } else {
        this.written = text;
        this.putBack(kept);
        this.writtenTimes = this.timesText();
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') log.warn(`The list of alarms can't be read: ${diskText(diskTrouble(error))}`);
    }
    this.state = 'ready';
    changed?.();
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
        own.map(({ report, risen, acknowledged, ended }) => ({
          report,
          risenAt: at(risen),
          acknowledgedAt: acknowledged === undefined ? undefined : at(acknowledged),
          endedAt: ended === undefined ? undefined : at(ended),
          ...(ended === undefined && { leftStanding: true as const }),
        })),
      );
      own.forEach((alarm, i) => {
        const number = numbers[i];
        if (number !== undefined) this.times.set(keyOf(alarmsOf, number), alarm);
      });
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
        });
      }
    }
    for (const key of this.times.keys()) if (!listed.has(key)) this.times.delete(key);
  }

  private write(): void {
    if (this.writing !== undefined) return;
    const { store, clock, log } = this.parts;
    const content = encodeAlarms(this.kept());
    if (content === this.written || (this.written === '' && this.times.size === 0)) return;
    const times = this.timesText();
    this.wroteAt = clock.monotonic();
    this.writing = store
      .write(content)
      .then(
        () => {
          this.written = content;
          this.writtenTimes = times;
          this.failed = undefined;
        },
        (error: unknown) => {
          const trouble = diskTrouble(error);
          if (!sameCoded(trouble, this.failed))
            log.warn(`The list of alarms can't be written: ${diskText(trouble)}`);
          this.failed = trouble;
        },
      )
      .then(() => {
        this.writing = undefined;
      });
  }

  private timesText(): string {
    return JSON.stringify([...this.times]);
  }

  private kept(): KeptAlarm[] {
    const kept: KeptAlarm[] = [];
    for (const { alarmsOf, alarms } of this.parts.site.watched()) {
      for (const entry of alarms.log.list) {
        const times = this.times.get(keyOf(alarmsOf, entry.number));
        if (times !== undefined) kept.push({ battery: alarmsOf, report: entry.report, ...times });
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
 */
export function keepAlarms(
  settings: Settings,
  site: Site,
  log: Log,
  clock: Clock,
  changed: () => void,
): AlarmKeeper | undefined {
  const way = madeUp(settings);
  try {
    const path = join(dataDir(settings), way === undefined ? 'alarms.json' : `alarms-${way}.json`);
    return new AlarmKeeper({ site, clock, log, changed, store: textStore(path) });
  } catch {
    return undefined;
  }
}

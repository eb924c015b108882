import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isPlausible, type Clock } from '../../base/clock';
import { deviceRecord } from '../../devices/parse-device';
import { DatabaseRecorder, type DatabaseStatus } from '../../io/databases/database-recorder';
import { DatabaseThread } from '../../io/databases/database-thread';
import { TelegrafRecorder } from '../../io/databases/telegraf-recorder';
import type { Log } from '../../logging/log';
import type { DatabaseReport, LiveDatabase } from '../../model/database-reports';
import { HeldSamples } from '../../model/history/held-samples';
import type { Site } from '../../model/site';
import { parseDatabaseAddress, type DatabaseShape } from '../../protocol/database-address';
import type { InformationLine } from '../../screens/config/service';
import type { OwnNotice } from '../../screens/config/own-notice';
import { dataDir } from '../../settings/data-dir';
import { madeUp } from '../../settings/made-up';
import type { Settings } from '../../settings/settings';
import { databaseText, databaseWaitingText } from '../../words/en';
import { rowShape, type RowShape, type TakenRow } from './row-shapes';
import { RowTimes } from './row-times';

/** Rows of a device that are held while nobody knows the time: an hour of one each second. */
const heldLimit = 3600;
/** ms that a database may be away before that stands on the main screen. */
const patience = 60_000;

/** One database as others see it. */
export interface KeptDatabase {
  /** Host and name, without user and password. */
  readonly place: string;
  readonly status: DatabaseStatus;
}

/** What the databases need of the display. */
export interface DatabaseParts {
  readonly site: Site;
  readonly clock: Clock;
  readonly log: Log;
  /** Something looks different now. */
  readonly changed: () => void;
  /** Makes the recorder of an address; replaced in tests. */
  readonly record?: (url: string, place: string, changed: (status: DatabaseStatus) => void) => Recording;
}

/** What is used of a recorder. */
export type Recording = Pick<DatabaseRecorder, 'keep' | 'close' | 'status'>;

interface Way {
  readonly url: string;
  readonly place: string;
  readonly shape: DatabaseShape;
  readonly recorder: Recording;
  /** Monotonic ms since when it is down. */
  downSince: number | undefined;
  /** Rows that were lost before the start, as far as is known. */
  lostBefore: number | undefined;
  /** What was wrong last, and until when, monotonic ms; Infinity while it lasts. */
  lastTrouble: { readonly report: DatabaseReport; readonly until: number } | undefined;
}

/** Rows of all devices for every database that is set, each with a way of its own. */
export class Databases {
  private readonly ways: readonly Way[];
  /** By shape, as far as there is a database of it. */
  private readonly shapes: ReadonlyMap<DatabaseShape, RowShape>;
  private readonly held: HeldSamples<TakenRow & { readonly shape: DatabaseShape }>;
  private readonly times;

  constructor(
    settings: Settings,
    private readonly parts: DatabaseParts,
  ) {
    this.times = new RowTimes(settings.databaseEvery);
    const record = parts.record ?? recording(settings, parts.log);
    this.ways = settings.databases.flatMap((url) => this.begin(url, record));
    const rows = {
      site: parts.site,
      isMadeUp: madeUp(settings) !== undefined,
      addresses: bluetoothAddresses(settings),
    };
    this.shapes = new Map(this.ways.map(({ shape }) => [shape, rowShape(shape, rows)]));
    const devices = Math.max(1, Array.from(parts.site.devices()).length);
    this.held = new HeldSamples(heldLimit * devices * this.shapes.size);
  }

  /** Every database and how it is. */
  get all(): readonly KeptDatabase[] {
    return this.ways.map(({ place, recorder }) => ({ place, status: recorder.status }));
  }

  /** How the database of an address is; `undefined` for one that is not of the settings. */
  live(address: string): LiveDatabase | undefined {
    const way = this.ways.find(({ url }) => url === address);
    if (way === undefined) return undefined;
    const { status } = way.recorder;
    const { report, until } = way.lastTrouble ?? {};
    const age = Math.max(0, this.parts.clock.monotonic() - (until ?? 0));
    return { ...status, lastTrouble: report && { report, age } };
  }

  /** How each of them is, for the information page. */
  get lines(): readonly InformationLine[] {
    return this.all.map(({ status }) => ({
      label: 'Database',
      text: databaseText(status.report) + databaseWaitingText(status),
    }));
  }

  /** At most ten letters for the status strip while a database is away. */
  get note(): string | undefined {
    return this.notices.length > 0 ? 'database' : undefined;
  }

  /** What is wrong with them: short troubles are not told, for nothing gets lost. */
  get notices(): readonly OwnNotice[] {
    const now = this.parts.clock.monotonic();
    return this.ways.flatMap(({ place, shape, recorder, downSince, lostBefore }): readonly OwnNotice[] => {
      const { report, waiting, dropped } = recorder.status;
      // What can't be sent at once is not meant to wait for Telegraf.
      const lost = shape === 'telegraf' ? 0 : dropped - (lostBefore ?? dropped);
      const away = downSince !== undefined && now - downSince >= patience;
      return [
        ...(away
          ? [
              {
                name: `database ${place}`,
                report: { code: 'database-not-written', values: { report, waiting } },
                untilRead: false,
              } as const,
            ]
          : []),
        ...(lost > 0
          ? [
              {
                name: `database ${place} lost`,
                report: { code: 'database-rows-lost', values: { host: place, lost } },
                untilRead: true,
              } as const,
            ]
          : []),
      ];
    });
  }

  /** Takes rows when they are due: to be called about once a second. */
  everySecond(): void {
    const { clock } = this.parts;
    const now = clock.monotonic();
    const wall = clock.wall();
    const known = isPlausible(wall);
    const due = this.times.due(known ? wall.getTime() : now);
    for (const [shape, rows] of this.shapes)
      for (const row of rows.take(now, due))
        if (rows.isLive === true) this.hand(shape, row, wall.getTime());
        else this.held.hold({ ...row, shape }, row.at);
    if (!known) return;
    for (const { what, wall: at } of this.held.release(now, wall.getTime())) this.hand(what.shape, what, at);
  }

  private hand(shape: DatabaseShape, { device, text }: TakenRow, at: number): void {
    for (const way of this.ways) if (way.shape === shape) way.recorder.keep({ at, device, text });
  }

  /** Sends what it can within seconds; the rest waits on the disk. */
  async close(): Promise<void> {
    await Promise.all(this.ways.map(({ recorder }) => recorder.close()));
  }

  private begin(url: string, record: NonNullable<DatabaseParts['record']>): readonly Way[] {
    const { log, changed } = this.parts;
    const address = parseDatabaseAddress(url);
    if (address === undefined) return [];
    const { place, shape } = address;
    let told: DatabaseReport['code'] | undefined;
    const way: Way = {
      url,
      place,
      shape,
      recorder: record(url, place, (status) => {
        way.lostBefore ??= status.dropped;
        const now = this.parts.clock.monotonic();
        if (status.state === 'down') {
          way.downSince ??= now;
          way.lastTrouble = { report: status.report, until: Infinity };
        } else {
          way.downSince = undefined;
          if (way.lastTrouble?.until === Infinity) way.lastTrouble = { ...way.lastTrouble, until: now };
        }
        if (told !== status.report.code) {
          told = status.report.code;
          log[status.state === 'down' ? 'warn' : 'info'](
            databaseText(status.report) + databaseWaitingText(status),
          );
        }
        changed();
      }),
      downSince: undefined,
      lostBefore: undefined,
      lastTrouble: undefined,
    };
    return [way];
  }
}

/** Each database has a file of its own, and all have one thread; a Telegraf, for which nothing waits, has neither. */
function recording(settings: Settings, log: Log): NonNullable<DatabaseParts['record']> {
  const thread = new DatabaseThread(join(__dirname, 'database-worker.js'));
  return (url, place, changed) => {
    const address = parseDatabaseAddress(url);
    if (address?.kind === 'telegraf') return new TelegrafRecorder({ address, changed });
    return new DatabaseRecorder({
      url,
      place,
      file: join(dataDir(settings), 'databases', spoolName(url)),
      limits: {},
      thread,
      changed,
      aside: (path) => log.warn(`The rows that waited for ${place} were damaged; they are kept as ${path}`),
    });
  };
}

function bluetoothAddresses({ devices }: Settings): ReadonlyMap<string, string> {
  return new Map(
    devices.map(deviceRecord).flatMap(({ name, address }) => {
      return typeof address === 'string' ? [[name, address.toUpperCase()] as const] : [];
    }),
  );
}

/** The same name for the same database, whatever its password is. */
function spoolName(url: string): string {
  const { protocol, username, host, pathname, search } = new URL(url);
  // Of InfluxDB the name before the host may be a token.
  const user = protocol.startsWith('http') ? '' : username;
  const sum = createHash('sha256').update([protocol, user, host, pathname, search].join('\n')).digest('hex');
  const words = `${host}${pathname}`.replaceAll(/[^A-Za-z0-9.]+/g, '-').slice(0, 40);
  return `${words}-${sum.slice(0, 12)}.sqlite`;
}

/**
 * Starts to send rows to the databases of the settings. `undefined` where there is none or LOG TO DATABASE is off, where
 * something is only demonstrated, and where there is no folder for what waits, which is logged.
 */
export function startDatabases(settings: Settings, parts: DatabaseParts): Databases | undefined {
  if (!settings.logToDatabase || settings.databases.length === 0 || settings.demo !== 'off') return undefined;
  try {
    dataDir(settings);
  } catch (error) {
    parts.log.warn(
      databaseText({ code: 'database-no-folder', values: { reason: (error as Error).message } }),
    );
    return undefined;
  }
  return new Databases(settings, parts);
}

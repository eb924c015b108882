import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../base/clock';
import { dataDir } from '../../settings/data-dir';
import type { KeptHistory } from '../../model/history/kept-history';
import { ownAddress } from '../../io/own-address';
import type { FrameCounters } from '../../io/sources/frame-intake';
import { systemTimers } from '../../io/timers';
import type { Output } from '../../io/outputs/output';
import type { RfbServer } from '../../io/outputs/rfb/rfb-server';
import { deviceMetrics } from '../../io/web/device-metrics';
import type { DatabaseStatus } from '../../io/databases/database-recorder';
import { displayMetrics } from '../../io/web/display-metrics';
import { readSessions, SessionFile } from '../../io/web/session-file';
import { Sessions } from '../../io/web/sessions';
import { readStaticFiles } from '../../io/web/static-files';
import type { WebHistory } from '../../io/web/web-parts';
import type { Log } from '../../logging/log';
import { pastQuantities } from '../../model/history/device-sample';
import type { Site } from '../../model/site';
import type { DescribedDevice } from '../../protocol/device-json';
import type { EnergyJson } from '../../protocol/energy-json';
import type { Surroundings } from '../../screens/screen';
import type { Settings } from '../../settings/settings';
import { version } from '../../version';
import { devicesJson } from './devices-json';
import { displayHealth } from './health';
import { announceWeb } from './web-announcement';
import { WebEnergy } from './web-energy';
import { liveStatus } from './web-live-status';

/** What the page needs of the program. */
export interface WebNeeds {
  readonly settings: Settings;
  readonly site: Site;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly surroundings: () => Surroundings;
  readonly outputs: readonly Output[];
  readonly counters: () => FrameCounters;
  /** What devices are beside their values; a bank among them is described by the site. */
  readonly devices: () => readonly DescribedDevice[];
  readonly energy: () => readonly EnergyJson[];
  readonly history: () => KeptHistory | undefined;
  /** Databases that rows are sent to. */
  readonly databases: () => readonly { readonly place: string; readonly status: DatabaseStatus }[];
  /** Goes over to another demonstration. */
  readonly demonstrate: (demo: 'battery' | 'boat') => void;
  /** Resolves when the start is over: the address is the last line that it prints. */
  readonly started: Promise<void>;
  /** Takes viewers of the live screen; who guesses passwords waits here as there. */
  readonly remote: Pick<RfbServer, 'serve' | 'failures'>;
}

/** The page while it is served. */
export interface RunningWeb {
  /** Where it is, as it is typed into a browser: `http://192.168.1.72:8080`. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves the page, if it is switched on. Never rejects: what goes wrong is told in the log, and the display goes on without
 * the page. What serves it is loaded only here.
 */
export async function startWeb(needs: WebNeeds): Promise<RunningWeb | undefined> {
  const { settings, log } = needs;
  if (settings.web === 'off') return undefined;
  try {
    return await open(needs, settings.web);
  } catch (error) {
    log.warn(`There is no web page: ${reason(error as NodeJS.ErrnoException, settings.webPort)}`);
    return undefined;
  }
}

function reason({ code, message }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE')
    return `the ports from ${port} on are all in use; choose another with --web-port`;
  if (code === 'EACCES') return `port ${port} is not for everybody; choose one above 1023 with --web-port`;
  return message;
}

async function open(needs: WebNeeds, reach: 'localhost' | 'lan'): Promise<RunningWeb> {
  const { settings, clock, log } = needs;
  const { WebServer } = await import('../../io/web/web-server');
  const folder = folderOf(settings);
  const passwords = { control: settings.remotePassword, view: settings.remoteViewPassword };
  // Without a panel nobody could touch anything: who reads what packdial says in its terminal may.
  const key =
    settings.headless && reach === 'localhost' && passwords.control === ''
      ? await demonstrationKey(folder)
      : undefined;
  const file = folder === undefined ? undefined : join(folder, 'web-sessions.json');
  const kept = file === undefined ? undefined : new SessionFile(file);
  const sessions = new Sessions(
    { control: key ?? passwords.control, view: passwords.view },
    file === undefined ? [] : await readSessions(file),
    (list) => kept?.keep(list),
  );
  const past = new WebEnergy(needs.site, clock);
  const server = await WebServer.open(
    {
      version,
      wall: () => clock.wall().getTime(),
      passwords,
      sessions,
      ...(key !== undefined && { key }),
      names: [hostname(), settings.webName].filter((name) => name !== '').map((name) => name.toLowerCase()),
      files: await readStaticFiles(join(__dirname, 'web')),
      parquetWorker: join(__dirname, 'parquet-worker.js'),
      health: () => displayHealth(needs),
      live: (battery) => liveStatus(needs, battery),
      devices: () => devicesJson(needs.site, needs.devices(), clock),
      energy: needs.energy,
      energyPeriods: (by, device) => past.periods(by, device),
      changes: () => needs.site.changes,
      metrics: () => [
        ...deviceMetrics([...needs.site.devices()], clock.monotonic()),
        ...displayMetrics({
          version,
          counters: needs.counters(),
          alarms: Array.from(needs.site.watched()).flatMap(({ alarms }) => alarms.list),
          history: needs.history()?.status,
          databases: needs.databases(),
        }),
      ],
      history: () => webHistory(needs),
      ...(settings.demo !== 'off' && { demonstrate: demonstrateSoon(needs.demonstrate) }),
      failures: needs.remote.failures,
      screen: (stream, peer) => needs.remote.serve(stream, peer),
    },
    { reach, port: settings.webPort },
  );
  const { port } = server;
  const host = reach === 'lan' ? (ownAddress() ?? hostname()) : 'localhost';
  const address = `http://${host}:${port}`;
  if (port !== settings.webPort)
    log.warn(`Port ${settings.webPort} is in use; the web page has port ${port}`);
  const url = key === undefined ? address : `${address}/open?key=${key}`;
  const local = reach === 'localhost';
  const told = needs.started.then(() => announceWeb({ url, port, local, keyed: key !== undefined }, log));
  return {
    address,
    close: async () => {
      await Promise.all([told, server.close()]);
      await kept?.written();
    },
  };
}

/** The answer to whoever has asked for it goes out first: with the demonstration the page ends, and begins anew. */
function demonstrateSoon(demonstrate: WebNeeds['demonstrate']): WebNeeds['demonstrate'] {
  return (demo) => void systemTimers.after(100, () => demonstrate(demo));
}

function webHistory({ site, history }: WebNeeds): WebHistory | undefined {
  const keeper = history();
  if (keeper === undefined) return undefined;
  return {
    reader: keeper.reader,
    devices: () =>
      Array.from(site.devices(), (device) => ({
        name: device.name,
        kind: device.kind,
        kept: keeper.nameOf(device.name),
        quantities: pastQuantities(device),
      })),
  };
}

function folderOf(settings: Settings): string | undefined {
  try {
    return dataDir(settings);
  } catch {
    return undefined;
  }
}

/** A secret that stays the same from run to run, so that a bookmark stays good. */
async function demonstrationKey(folder: string | undefined): Promise<string> {
  const file = folder === undefined ? undefined : join(folder, 'web-key');
  try {
    if (file !== undefined) {
      const known = await readFile(file, 'utf8');
      if (/^[\w-]{22}$/.test(known)) return known;
    }
  } catch {
    // There is none yet.
  }
  const key = randomBytes(16).toString('base64url');
  if (file !== undefined) await writeFile(file, key, { mode: 0o600 }).catch(() => undefined);
  return key;
}

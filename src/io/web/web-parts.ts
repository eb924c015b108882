import type { Duplex } from 'node:stream';
import type { PeriodLength } from '../../model/energy/energy-periods';
import type { HistoryReader } from '../../model/history/history-reader';
import type { Kind } from '../../model/reading';
import type { CompleteStatus } from '../../protocol/complete-status';
import type { DeviceJson } from '../../protocol/device-json';
import type { ComputedValues, EnergyJson, EnergyPeriodsJson } from '../../protocol/energy-json';
import type { Metric } from '../../protocol/prometheus';
import type { FailureTable } from '../failure-table';
import type { RfbPeer } from '../outputs/rfb/rfb-peer';
import type { Timers } from '../timers';
import type { Passwords } from './passwords';
import type { Sessions } from './sessions';
import type { StaticFiles } from './static-files';

/** What the page says beside the battery's values. */
export interface DisplayStatus {
  /** The battery or bank that the values are of, where there are several devices; else null. */
  readonly device: string | null;
  /** How the battery is heard: `live`, `late` or `silent`, and a few words. */
  readonly link: { readonly tone: 'live' | 'late' | 'silent'; readonly text: string };
  /** What is wrong with the battery, most urgent first. */
  readonly alarms: readonly { readonly text: string; readonly acknowledged: boolean }[];
  /** Whether it is charged; null while the current is not known. */
  readonly flow: 'charging' | 'discharging' | 'idle' | null;
  /** True when no real battery is shown. */
  readonly madeUp: boolean;
  /** Which demonstration is shown; null where none is. */
  readonly demo: 'battery' | 'boat' | null;
  /** What packdial computes of each device, by quantity; null is unknown. */
  readonly energy: readonly ComputedValues[];
  /** What temperatures are shown in. */
  readonly units: 'celsius' | 'fahrenheit';
}

/** Whether a display does what it is there for. */
export interface DisplayHealth {
  readonly status: 'ok' | 'trouble';
  /** Whether the last picture is on the panel; `none` where there is no panel. */
  readonly panel: 'shown' | 'failing' | 'none';
  /** How the battery, or the bank, is received. */
  readonly source: DisplayStatus['link']['tone'];
}

/** What is sent to a page that shows live values. */
export interface LiveStatus {
  readonly status: CompleteStatus;
  readonly display: DisplayStatus;
}

/** A device with a past. */
export interface PastDevice {
  /** Its name in questions. */
  readonly name: string;
  readonly kind: Kind;
  /** Its name in the history. */
  readonly kept: string;
  /** Names of what is known of it; others of its kind can be asked for too. */
  readonly quantities: readonly string[];
}

/** The past, for charts. */
export interface WebHistory {
  readonly reader: HistoryReader;
  readonly devices: () => readonly PastDevice[];
}

/** What the web page is made of. */
export interface WebParts {
  readonly version: string;
  /** Who has guessed passwords, here or elsewhere. */
  readonly failures: FailureTable;
  /** ms since 1970. */
  readonly wall: () => number;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  /** A secret that opens control without a password, as part of an address that only the owner reads. */
  readonly key?: string;
  /** Names of this machine beyond addresses, `localhost` and `*.local`; in lower case. */
  readonly names: readonly string[];
  readonly files: StaticFiles;
  readonly health: () => DisplayHealth;
  /** Of the battery of this name, or the first; `undefined` for an unknown one. */
  readonly live: (battery?: string) => LiveStatus | undefined;
  /** All devices, the bank first where there is one. */
  readonly devices: () => readonly DeviceJson[];
  /** What went in and out of all devices by day, in the same order. */
  readonly energy: () => readonly EnergyJson[];
  /** The same by day, week, month or year, as far as the history goes back; of one device, or of all. */
  readonly energyPeriods: (by: PeriodLength, device?: string) => Promise<readonly EnergyPeriodsJson[]>;
  /** Counts what is new in `live`. */
  readonly changes: () => number;
  readonly metrics: () => readonly Metric[];
  readonly history: () => WebHistory | undefined;
  /** Path of the code of the thread that writes Parquet, see build.mjs. */
  readonly parquetWorker: string;
  /** Goes over to another demonstration, soon after; absent where none is shown. */
  readonly demonstrate?: (demo: 'battery' | 'boat') => void;
  /** Takes a viewer of the live screen: the protocol of RFC 6143 on a stream of bytes. */
  readonly screen: (stream: Duplex, peer: RfbPeer) => void;
  readonly timers?: Timers;
}

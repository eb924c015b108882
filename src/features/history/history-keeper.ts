import { join } from 'node:path';
import { isPlausible, type Clock } from '../../base/clock';
import { dataDir } from '../../settings/data-dir';
import type { Recorder, RecorderStatus } from '../../io/recorders/recorder';
import { SqliteRecorder } from '../../io/recorders/sqlite-recorder';
import type { Log } from '../../logging/log';
import { madeUp } from '../../settings/made-up';
import { longestTier } from '../../model/history/tiers';
import { sampleDevice, type DeviceSample } from '../../model/history/device-sample';
import { HeldSamples } from '../../model/history/held-samples';
import type { HistoryReader } from '../../model/history/history-reader';
import type { KeptHistory } from '../../model/history/kept-history';
import { powerLogKept, powerLogStep } from '../../model/power-log';
import { sameCoded } from '../../model/coded';
import type { HistoryEvent, HistoryReport } from '../../model/recorder-reports';
import type { RecorderState } from '../../model/recorder-state';
import type { Site } from '../../model/site';
import type { Settings } from '../../settings/settings';
import { historyEventText, historyText } from '../../words/en';

/** Samples of a device that are held while nobody knows the time: an hour. */
const heldLimit = 3600;
/** What the log of the state of charge is filled with again, s: the finest first, for only gaps are filled. */
const socPast = [
  { seconds: 3600, step: 1 },
  { seconds: 86_400, step: 8 },
  { seconds: 702 * 512, step: 120 },
] as const;
/** Seconds of one entry that the power log is filled with again. */
const restoreStep = 10;
/** What is simulated or replayed must never be taken for the battery's own past. */
const notReal = ' (not real)';

/**
 * Writes the past of all batteries of a site down, once a second, and gives it back to their logs after a restart. A sample
 * gets its time of day when it is plausible what time it is, and not before.
 */
export class HistoryKeeper implements KeptHistory {
  private readonly held: HeldSamples<DeviceSample>;
  private restored = false;

  /** @param parts `suffix`: added to the names of devices */
  constructor(
    private readonly parts: {
      readonly site: Site;
      readonly clock: Clock;
      readonly recorder: Recorder;
      readonly reader: HistoryReader;
      readonly suffix?: string;
      /** What has happened to the history and its owner should know. */
      readonly notes?: readonly HistoryEvent[];
    },
  ) {
    const devices = [...parts.site.devices()];
    this.held = new HeldSamples(heldLimit * Math.max(1, devices.length));
    for (const device of devices)
      device.remember((quantity, from, to) =>
        parts.reader.query({
          device: this.nameOf(device.name),
          quantity,
          from,
          to,
          points: 1,
          tier: longestTier.name,
        }),
      );
  }

  /** The past itself, for screens. */
  get reader(): HistoryReader {
    return this.parts.reader;
  }

  /** How the writing goes. */
  get status(): RecorderStatus {
    return this.parts.recorder.status;
  }

  /** What has happened to the history since the start, such as that it was damaged. */
  get notes(): readonly HistoryEvent[] {
    return this.parts.notes ?? [];
  }

  /** Samples that were lost because nobody knew the time for too long. */
  get untimed(): number {
    return this.held.dropped;
  }

  /** The name that a device has in the history. */
  nameOf(device: string): string {
    return device + (this.parts.suffix ?? '');
  }

  /** Takes a sample of everything: to be called about once a second. */
  sample(): void {
    const { site, clock, recorder } = this.parts;
    const now = clock.monotonic();
    for (const device of site.devices()) {
      const sample = sampleDevice(device, this.nameOf(device.name), now);
      if (sample !== undefined) this.held.hold(sample, now);
    }
    const wall = clock.wall();
    if (!isPlausible(wall)) return;
    if (!this.restored) {
      this.restored = true;
      void this.restore();
    }
    for (const { what, wall: at } of this.held.release(now, wall.getTime())) recorder.record({ ...what, at });
  }

  /** Writes what is under way. */
  close(): Promise<void> {
    return this.parts.recorder.close();
  }

  /** Fills the logs of the site with what the history knows. */
  private async restore(): Promise<void> {
    const { site, clock, reader } = this.parts;
    for (const { battery, powerLog, socLog } of site.all()) {
      let filled = 0;
      for (const { seconds, step } of socPast) {
        const charge = await reader.recent({
          device: this.nameOf(battery.name),
          quantity: 'stateOfCharge',
          seconds,
          step,
          now: clock.wall().getTime(),
        });
        // A coarse sample stands for a time that the finer ones know better, gaps and all.
        const older = charge.filter(({ age }) => age > filled);
        socLog.restore(older, clock.monotonic());
        filled = seconds * 1000;
      }
      const past = await reader.recent({
        device: this.nameOf(battery.name),
        quantity: 'power',
        seconds: (powerLogKept * powerLogStep) / 1000,
        step: restoreStep,
        now: clock.wall().getTime(),
      });
      powerLog.restore(past, clock.monotonic());
    }
  }
}

/**
 * Starts to keep the history of a site in the data folder. `undefined` when it is switched off; where there is no such folder
 * nothing is kept, which is told, and the display goes on.
 *
 * @param changed called when the state of the writing is another
 * @param elsewhere where it is kept instead: a demonstration has a past of its own
 */
export function startHistory(
  settings: Settings,
  site: Site,
  log: Log,
  clock: Clock,
  changed?: () => void,
  elsewhere?: Recorder & HistoryReader,
): HistoryKeeper | undefined {
  if (!settings.history) return undefined;
  if (elsewhere !== undefined)
    return new HistoryKeeper({ site, clock, recorder: elsewhere, reader: elsewhere });
  let file;
  try {
    file = join(dataDir(settings), 'history.sqlite');
  } catch (error) {
    log.warn(`${historyText(noFolder)}; ${(error as Error).message}`);
    return new HistoryKeeper({ site, clock, ...nowhere() });
  }
  const notes: HistoryEvent[] = [];
  let told: HistoryReport | undefined;
  const tell = ({ state, report }: RecorderState<HistoryReport>): void => {
    if (sameCoded(report, told)) return;
    told = report;
    log[state === 'up' ? 'info' : 'warn'](historyText(report));
  };
  const recorder = new SqliteRecorder({
    file,
    workerFile: join(__dirname, 'history-worker.js'),
    devices: Array.from(site.devices()).length,
    wall: () => clock.wall().getTime(),
    note: (event) => {
      log.warn(historyEventText(event));
      notes.push(event);
      // A card that spoils one file after the other must not fill the memory.
      if (notes.length > 5) notes.shift();
      changed?.();
    },
    changed: (status) => {
      tell(status);
      changed?.();
    },
  });
  // At the start, and not only with the first sample: the address of the page comes last.
  tell(recorder.status);
  const suffix = madeUp(settings) === undefined ? '' : notReal;
  return new HistoryKeeper({ site, clock, recorder, reader: recorder, suffix, notes });
}

const noFolder: HistoryReport = { code: 'history-no-folder', values: {} };

/** A recorder that has nothing to write to, and so no past. */
function nowhere(): { readonly recorder: Recorder; readonly reader: HistoryReader } {
  return {
    recorder: {
      status: { state: 'down', report: noFolder, waiting: 0, dropped: 0 },
      record: () => undefined,
      close: () => Promise.resolve(),
    },
    reader: { query: () => Promise.resolve([]), recent: () => Promise.resolve([]) },
  };
}

import { basename, extname, join } from 'node:path';
import type { Clock } from '../../base/clock';
import { dataDir } from '../../settings/data-dir';
import { LogAppender } from '../../io/recorders/log-appender';
import { LogFile } from '../../io/recorders/log-file';
import { LogCopy } from '../../io/stick/log-copy';
import { systemTimers, type Timers } from '../../io/timers';
import type { Log } from '../../logging/log';
import { madeUp } from '../../settings/made-up';
import { eraseLog } from './log-reset';
import type { ActionReport } from '../../model/action-view';
import type { Battery } from '../../model/battery';
import { freshValues } from '../../model/log-values';
import type { LogReport } from '../../model/recorder-reports';
import type { RecorderState } from '../../model/recorder-state';
import { logFileName } from '../../protocol/powersafe-log';
import type { Settings } from '../../settings/settings';
import { actionText, logText } from '../../words/en';

/** PowerSafe100.log while the display runs, and what can be done with it. */
export interface LogRecording {
  readonly path: string;
  /** How the log is, for the screens. */
  readonly state: RecorderState<LogReport>;
  /** COPY LOG. */
  readonly copy: LogCopy;
  /**
   * RESET LOG: erases the log and asks for the program's end, after which the service starts it anew. Resolves with what
   * keeps the log from being erased; the program then goes on.
   */
  reset(): Promise<ActionReport | undefined>;
  /** Writes what is in memory, for up to three seconds, and ends. */
  close(): Promise<void>;
}

export interface LogRecordingParts {
  readonly clock: Clock;
  /** Injected by tests. */
  readonly timers?: Timers;
  readonly battery: Battery;
  readonly log: Log;
  /** Asked for once: the program is to end with exit code 0. */
  readonly end: () => void;
  /** Told when the state of the log or of the copying has changed. */
  readonly changed: () => void;
}

/**
 * The log's file. A battery that is simulated or played back has one of its own: what never happened must not stand in the
 * log of what did.
 *
 * @throws UserError when there is no folder that can be written
 */
export function logPath(settings: Pick<Settings, 'dataDir' | 'mqtt' | 'source'>): string {
  const [stem, extension] = [basename(logFileName, extname(logFileName)), extname(logFileName)];
  const way = madeUp(settings);
  const name =
    way === undefined ? logFileName : `${stem}-${way === 'simulate' ? 'simulated' : 'replayed'}${extension}`;
  return join(dataDir(settings), name);
}

/** ms that the end of the program waits for a copy that was told to stop. */
const patience = 3000;

/** Begins to keep the log of a battery. Never throws: what is wrong is in its state, and in the journal. */
export function recordLog(settings: Settings, parts: LogRecordingParts): LogRecording {
  try {
    return keepLog(logPath(settings), settings, parts);
  } catch (error) {
    const values = { reason: (error as Error).message };
    const report: LogReport = { code: 'log-no-folder', values };
    parts.log.error(logText(report));
    return {
      path: '',
      state: { state: 'down', report },
      copy: new LogCopy({ path: '', onChange: parts.changed }),
      reset: () => Promise.resolve({ code: 'log-nowhere', values }),
      close: () => Promise.resolve(),
    };
  }
}

function keepLog(
  path: string,
  { logEvery: every, logDates: dates }: Pick<Settings, 'logEvery' | 'logDates'>,
  parts: LogRecordingParts,
): LogRecording {
  const { clock, timers = systemTimers, battery, log, end, changed } = parts;
  const file = new LogFile({
    clock,
    timers,
    appender: new LogAppender(path),
    read: (now) => freshValues(battery, now),
    every,
    dates,
    changed: ({ state, report }) => {
      log[state === 'down' ? 'error' : 'info'](logText(report));
      changed();
    },
  });
  const copy = new LogCopy({
    path,
    clock,
    flush: () => file.flush(),
    onChange: () => {
      // Who asks the journal the day after is told too.
      const { view } = copy;
      if (view.state === 'done') log.info(actionText(view));
      else if (view.state === 'failed') log.warn(actionText(view));
      changed();
    },
  });
  log.info(`The log is kept in ${path}`);
  file.start();
  return {
    path,
    copy,
    get state() {
      return file.state;
    },
    reset: async () => {
      copy.cancel();
      await copy.finished;
      const trouble = await eraseLog(path, file);
      if (trouble !== undefined) return { code: 'log-not-erased', values: { trouble } };
      log.info('The log is erased; starting anew');
      end();
      return undefined;
    },
    close: async () => {
      copy.cancel();
      let forget = (): void => undefined;
      const enough = new Promise<void>((resolve) => {
        forget = timers.after(patience, resolve);
      });
      await Promise.all([file.close(), Promise.race([copy.finished, enough])]).finally(() => forget());
    },
  };
}

import { loadKoffi } from './koffi-loader';

/**
 * What systemd is told while it supervises the process (sd_notify(3), Type=notify). Every call is a no-op where no service
 * manager started the process. Never throws.
 */
export interface ServiceManager {
  /** True when a service manager started the process and listens. */
  readonly present: boolean;
  /** The first picture is on the glass: the start is over. */
  ready(): void;
  /** One sentence for `systemctl status`. */
  status(text: string): void;
  /**
   * A pass of the loop that hears, applies and draws has come to its end. The watchdog is fed from here alone, so that a
   * process that lives but does not work is restarted.
   *
   * @param now monotonic ms
   */
  passed(now: number): void;
  /** The process is ending on purpose. */
  stopping(): void;
}

/** What findServiceManager needs of the process. */
export interface ServiceManagerOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  /** Sends one datagram of assignments, such as `READY=1`; returns a negative number on failure. */
  readonly notify?: (state: string) => number;
  /** Told once when the service manager can't be reached. */
  readonly warn: (text: string) => void;
}

/** Fed this many times in the interval in which the watchdog expects to be fed at least once. */
const feedsPerInterval = 4;

/** Finds out who started the process; the C library of systemd is loaded at the first message. */
export function findServiceManager({ env, pid, notify, warn }: ServiceManagerOptions): ServiceManager {
  const present = (env['NOTIFY_SOCKET'] ?? '') !== '';
  const feedInterval = present ? watchdogInterval(env, pid) / feedsPerInterval : Infinity;
  let send = notify;
  let failed = false;
  const tell = (state: string): void => {
    if (!present || failed) return;
    try {
      send ??= loadNotify();
      if (send(state) >= 0) return;
      warn('The service manager did not take a message: it may restart packdial');
    } catch (error) {
      warn(`The service manager can't be told that packdial is ready: ${(error as Error).message}`);
    }
    failed = true;
  };
  let fedAt = -Infinity;
  let lastStatus = '';
  return {
    present,
    ready: () => tell('READY=1'),
    status: (text) => {
      if (text === lastStatus) return;
      lastStatus = text;
      tell(`STATUS=${text.replaceAll('\n', ' ')}`);
    },
    passed: (now) => {
      if (now - fedAt < feedInterval) return;
      fedAt = now;
      if (feedInterval !== Infinity) tell('WATCHDOG=1');
    },
    stopping: () => tell('STOPPING=1'),
  };
}

/** ms within which the watchdog must be fed; Infinity without one, or with one that is another process's. */
function watchdogInterval(env: ServiceManagerOptions['env'], pid: number): number {
  const microseconds = Number(env['WATCHDOG_USEC'] ?? '');
  const owner = env['WATCHDOG_PID'];
  if (!(microseconds > 0) || (owner !== undefined && Number(owner) !== pid)) return Infinity;
  return microseconds / 1000;
}

function loadNotify(): (state: string) => number {
  const library = loadKoffi().load('libsystemd.so.0');
  const notify = library.func('int sd_notify(int unset_environment, const char *state)') as (
    unset: number,
    state: string,
  ) => number;
  return (state) => notify(0, state);
}

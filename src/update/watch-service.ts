import type { ReleaseFault } from '../model/update-steps';
import { runProgram, type RunProgram } from './run-program';

/** The service that shows the display. */
export const displayService = 'packdial.service';

/** What systemd knows of the service. */
export interface ServiceState {
  /** True once its first picture is on the glass (Type=notify). */
  readonly active: boolean;
  /** True when systemd has given it up. */
  readonly failed: boolean;
  /** Its process; 0 when there is none. */
  readonly pid: number;
}

/** Asks systemd; undefined when it gives no answer. */
export async function serviceState(run: RunProgram = runProgram): Promise<ServiceState | undefined> {
  const ran = await run('systemctl', ['show', '--property=ActiveState,MainPID', displayService], {
    seconds: 30,
  });
  if (ran.code !== 0) return undefined;
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(ran.stdout)?.[1] ?? '';
  const state = value('ActiveState');
  return { active: state === 'active', failed: state === 'failed', pid: Number(value('MainPID')) };
}

/** How a release is told to be well. */
export interface Watch {
  readonly state: () => Promise<ServiceState | undefined>;
  /** Waits ms. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Monotonic ms. */
  readonly now: () => number;
  /** Called with every look, with the part of the whole watch that is over, 0 to 1. */
  readonly looked: (part: number) => void;
  /** Seconds within which the first picture must come. */
  readonly startSeconds: number;
  /** Seconds for which the same process must then live. */
  readonly watchSeconds: number;
}

/** ms between two looks. */
const lookInterval = 500;

/**
 * Watches a service that was just started: its first picture has to come in time, and the process that drew it has to live on.
 * Resolves to what is wrong, or undefined when it is well.
 */
export async function watchService(watch: Watch): Promise<ReleaseFault | undefined> {
  const begun = watch.now();
  const whole = (watch.startSeconds + watch.watchSeconds) * 1000;
  let shown: { readonly pid: number; readonly since: number } | undefined;
  for (;;) {
    const state = await watch.state();
    const now = watch.now();
    if (shown === undefined) {
      if (state?.failed === true) return 'not started';
      if (state?.active === true && state.pid > 0) shown = { pid: state.pid, since: now };
      else if (now - begun >= watch.startSeconds * 1000) return 'no picture';
    } else if (state !== undefined && (!state.active || state.pid !== shown.pid)) {
      return 'not kept running';
    } else if (state !== undefined && now - shown.since >= watch.watchSeconds * 1000) {
      return undefined;
    } else if (now - shown.since >= watch.watchSeconds * 1000 + 60_000) {
      return 'not watched';
    }
    const spent = shown === undefined ? 0 : watch.startSeconds * 1000 + now - shown.since;
    watch.looked(Math.min(1, spent / whole));
    await watch.sleep(lookInterval);
  }
}

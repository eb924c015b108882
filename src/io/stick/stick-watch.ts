import { sleep, systemTimers, type Timers } from '../timers';
import { stickLabel } from '../../model/stick-reports';
import { findVolumes, type Volume } from './volumes';

/** ms between two looks. */
const lookInterval = 3000;

/**
 * Calls back whenever a stick named BATTERY is found that was not there at the look before, which the first look counts as.
 * Runs until the signal is aborted; one call is waited for before the next look. Never rejects.
 */
export async function watchForStick(
  signal: AbortSignal,
  found: () => Promise<void>,
  parts: { readonly volumes?: () => Promise<readonly Volume[]>; readonly timers?: Timers } = {},
): Promise<void> {
  const { volumes = findVolumes, timers = systemTimers } = parts;
  let before = new Set<string>();
  do {
    const named = (await volumes()).filter(({ label }) => label.toUpperCase() === stickLabel);
    const now = new Set(named.map(({ name, device }) => `${name} ${device}`));
    const isNew = [...now].some((key) => !before.has(key));
    before = now;
    if (isNew && !signal.aborted) await found().catch(() => undefined);
  } while (await sleep(lookInterval, signal, timers));
}

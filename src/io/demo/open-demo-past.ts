import type { Clock } from '../../base/clock';
import { boatDevices } from '../../simulation/boat-devices';
import type { Timers } from '../timers';
import { boatPast } from './boat-past';
import { DemoPast, type PastSilence } from './demo-past';
import { packPast } from './pack-past';

/** Which demonstration is shown. */
export interface ShownDemo {
  readonly demo: 'battery' | 'boat';
  /** Modules of the one battery. */
  readonly modules: number;
  readonly seed: number;
  readonly clock: Pick<Clock, 'monotonic' | 'wall'>;
  /** Names of the one battery, or of the bank of the boat's. */
  readonly main: string;
  /** Default: the machine's own. */
  readonly timers?: Timers;
}

const hour = 3600;
const day = 24 * hour;

/** The past of a demonstration that begins now. */
export function openDemoPast({ demo, modules, seed, main, ...parts }: ShownDemo): DemoPast {
  if (demo === 'battery') {
    const silences: readonly PastSilence[] = [
      { device: main, before: 4 * day + 6.2 * hour, lasted: 1860 },
      { device: main, before: 20 * day + 15.7 * hour, lasted: 1500 },
    ];
    return new DemoPast({ ...parts, silences, run: () => packPast(main, { modules, seed }) });
  }
  const silences: readonly PastSilence[] = [
    { device: 'charger', kind: 'solar-charger', before: 3 * day + 1.4 * hour, lasted: 900 },
    { device: 'bow', before: 22 * day + 9.3 * hour, lasted: 1260 },
  ];
  return new DemoPast({
    ...parts,
    silences,
    run: (wallTimeOfDay) => boatPast({ devices: boatDevices, bank: main, seed, wallTimeOfDay }),
  });
}

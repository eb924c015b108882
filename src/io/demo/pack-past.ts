import { cutoffs } from '../../simulation/simulated-pack';
import { earlierStep, latestPart, latestStep, leadUpDays, packBefore } from '../../simulation/lead-up';
import { BatterySamples } from './battery-samples';
import type { PastStep } from './past-step';

/** Steps of each part that one sample stands for: ten minutes, and one. */
export const stepsOfSample = { earlier: 6, latest: 1 } as const;

/** The past of the demonstration's one battery, in the order of time. @param device its name */
export function* packPast(
  device: string,
  options: { readonly modules: number; readonly seed: number },
): Generator<PastStep, void> {
  const maker = new BatterySamples(device);
  const count = 6 * options.modules;
  const more = { highCutoff: cutoffs.high, lowCutoff: cutoffs.low, maxCells: count, activeCells: count };
  let before = leadUpDays * 86_400;
  for (const part of ['earlier', 'latest'] as const) {
    const seconds = part === 'earlier' ? earlierStep : latestStep;
    const end = part === 'earlier' ? latestPart : 0;
    const pack = packBefore(part, options);
    let [amps, steps] = [0, 0];
    while (before > end) {
      const watts = pack.power;
      amps += pack.current;
      const flows = [{ device, watts, amps: pack.current }];
      pack.advance(seconds);
      before -= seconds;
      steps++;
      if (steps < stepsOfSample[part]) {
        yield { before, seconds, flows, states: [], samples: [] };
        continue;
      }
      const cells = pack.cellVoltages();
      const { voltage, temperatures } = pack;
      const stateOfCharge = 100 * pack.stateOfCharge;
      const moment = { cells, current: amps / steps, voltage, stateOfCharge, temperatures };
      const states = [{ device, stateOfCharge }];
      const ampHours = pack.ampHours;
      yield {
        before,
        seconds,
        flows,
        states,
        samples: [maker.of({ ...moment, more: { ...more, ampHours } })],
      };
      [amps, steps] = [0, 0];
    }
  }
}

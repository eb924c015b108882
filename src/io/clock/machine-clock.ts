import { systemClock } from '../../base/clock';
import { machineSigns } from './machine-signs';
import { StartingClock, type ToldOfTime } from './starting-clock';

/** This machine's clock, which is not believed before it can be right. */
export function machineClock(told?: ToldOfTime): StartingClock {
  return new StartingClock(systemClock, machineSigns(), told);
}

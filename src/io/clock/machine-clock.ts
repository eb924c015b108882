import { systemClock } from '../../base/clock';
import { machineSigns } from './machine-signs';
import { StartingClock } from './starting-clock';

/** This machine's clock, which is not believed before it can be right. @param told as `StartingClock` has it */
export function machineClock(told?: ConstructorParameters<typeof StartingClock>[2]): StartingClock {
  return new StartingClock(systemClock, machineSigns(), told);
}

import { usualAlarmLimits } from '../../model/alarm-limits';
import type { AlarmReport } from '../../model/alarm-reports';
import type { PastState, PastStep } from './past-step';

/** An alarm of the past; times are s before the demonstration began. */
export interface PastAlarm {
  readonly device: string;
  readonly report: AlarmReport;
  readonly risen: number;
  readonly ended: number;
}

const { stateOfChargeLow: limit = 10 } = usualAlarmLimits;
/** % that the charge is above the limit when the alarm is over. */
const hysteresis = 2;

/** Finds in what passes when a battery was nearly empty. */
export class PastAlarms {
  /** Oldest first. */
  readonly found: PastAlarm[] = [];
  private readonly standing = new Map<string, { readonly risen: number; worst: number }>();

  look({ before, states }: Pick<PastStep, 'before' | 'states'>): void {
    for (const state of states) this.lookAt(state, before);
  }

  private lookAt({ device, stateOfCharge }: PastState, before: number): void {
    const alarm = this.standing.get(device);
    if (alarm === undefined) {
      if (stateOfCharge <= limit) this.standing.set(device, { risen: before, worst: stateOfCharge });
    } else if (stateOfCharge < limit + hysteresis) alarm.worst = Math.min(alarm.worst, stateOfCharge);
    else {
      this.standing.delete(device);
      const values = { value: alarm.worst, limit, beyond: true };
      this.found.push({
        device,
        report: { code: 'charge-low', values },
        risen: alarm.risen,
        ended: before,
      });
    }
  }
}

import type { Clock } from '../../base/clock';
import type { Device } from '../../model/device';
import type { PeriodLength } from '../../model/energy/energy-periods';
import { localDay } from '../../model/energy/local-day';
import type { Site } from '../../model/site';
import { energyPeriodsJson, type EnergyPeriodsJson } from '../../protocol/energy-json';
import { EnergyPast } from '../../screens/energy/energy-past';

/** What went in and out of a site's devices over the years: the history is read once a day, for whoever asks first. */
export class WebEnergy {
  private pasts = new Map<Device, EnergyPast>();
  private date = '';

  constructor(
    private readonly site: Pick<Site, 'devices'>,
    private readonly clock: Pick<Clock, 'wall'>,
  ) {}

  /** The bank first where there is one. @param name of the only device to look at */
  async periods(by: PeriodLength, name?: string): Promise<readonly EnergyPeriodsJson[]> {
    const wall = this.clock.wall();
    // What is older than the days that are kept may reach one day further.
    const { date } = localDay(wall.getTime());
    if (date !== this.date) this.pasts = new Map();
    this.date = date;
    const answer: EnergyPeriodsJson[] = [];
    for (const device of this.site.devices()) {
      if (name !== undefined && device.name !== name) continue;
      let past = this.pasts.get(device);
      if (past === undefined) this.pasts.set(device, (past = new EnergyPast(device)));
      // One after the other: the history's thread has others to answer too.
      answer.push(energyPeriodsJson(device, await past.wholePeriods(by, wall)));
    }
    return answer;
  }
}

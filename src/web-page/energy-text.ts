import type { PeriodLength } from '../model/energy/energy-periods';
import type { EnergyPeriodJson } from '../protocol/energy-json';
import { formatEnergy, missing } from '../screens/format';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Which time a bar stands for, such as `29 Nov`, `23 to 29 Nov`, `Nov 2026` or `2026`. */
export function periodName(
  { from, to }: Pick<EnergyPeriodJson, 'from' | 'to'>,
  length: PeriodLength,
): string {
  const [first, last] = [dateParts(from), dateParts(to)];
  switch (length) {
    case 'day':
      return `${first.day} ${first.month}`;
    case 'week':
      return first.month === last.month
        ? `${first.day} to ${last.day} ${last.month}`
        : `${first.day} ${first.month} to ${last.day} ${last.month}`;
    case 'month':
      return `${first.month} ${first.year}`;
    case 'year':
      return first.year;
  }
}

function dateParts(date: string): { readonly year: string; readonly month: string; readonly day: number } {
  const [year = '', month = '', day = ''] = date.split('-');
  return { year, month: months[Number(month) - 1] ?? '', day: Number(day) };
}

/** What a period is compared with; of years nothing stands behind. */
export const beforeName: Readonly<Record<PeriodLength, string>> = {
  day: 'a year before',
  week: '52 weeks before',
  month: 'a year before',
  year: '',
};

/** Whether anything is known of the time that a period is compared with. */
export function isCompared({ energyInBefore, energyOutBefore }: EnergyPeriodJson): boolean {
  return energyInBefore !== null || energyOutBefore !== null;
}

/** All that a bar says, for whoever can't see it. @param isOneWay of what only gives, such as a solar charger */
export function periodSentence(period: EnergyPeriodJson, length: PeriodLength, isOneWay: boolean): string {
  const amounts = (into: number | null, out: number | null): string =>
    into === null && out === null
      ? 'nothing known'
      : isOneWay
        ? `${kilowattHours(into)} kWh`
        : `${kilowattHours(out)} kWh out, ${kilowattHours(into)} kWh in`;
  const { energyIn, energyOut, energyInBefore, energyOutBefore } = period;
  const now = `${periodName(period, length)}: ${amounts(energyIn, energyOut)}`;
  if (!isCompared(period)) return now;
  return `${now}; ${beforeName[length]}: ${amounts(energyInBefore, energyOutBefore)}`;
}

/** kWh as they are written everywhere; a dash for what is not known. @param wattHours Wh */
export function kilowattHours(wattHours: number | null): string {
  return wattHours === null ? missing : formatEnergy(wattHours / 1000);
}

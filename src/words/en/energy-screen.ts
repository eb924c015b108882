import type { PeriodLength } from '../../model/energy/energy-periods';

/** What the screen of energies says. */
export const energyWords = {
  title: 'ENERGY',
  lengths: ['DAY', 'WEEK', 'MONTH', 'YEAR'],
  in: 'in, kWh',
  out: 'out, kWh',
  /** Beneath what the same days of last year brought. */
  inBefore: 'in, last year',
  outBefore: 'out, last year',
  /** All that the chart shows. */
  all: { day: '31 days', week: '26 weeks', month: '12 months', year: '10 years' } satisfies Record<
    PeriodLength,
    string
  >,
  week: (from: string) => `week of ${from}`,
  unknownDay: 'The display does not know the day yet',
} as const;

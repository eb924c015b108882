import type { Coded } from '../../model/coded';
import type { CanReports, SourceStatus } from '../../model/source-status';
import type { LinkState } from './can-link';

/** What is reported of a CAN bus. */
export type CanReport = Coded<CanReports>;

/** A bus that can't be received on with these reports. */
const broken: readonly CanReport['code'][] = [
  'can-absent',
  'can-other-kind',
  'can-down',
  'can-not-open',
  'can-bus-off',
];

/** A report with the state that a source is in then. */
export function busStatus(report: CanReport): Pick<SourceStatus, 'state'> & { readonly report: CanReport } {
  return { state: broken.includes(report.code) ? 'connecting' : 'up', report };
}

/** Why nothing can be received through an interface. @param name such as `can0` */
export function unusableLink(state: Exclude<LinkState, 'up' | 'off the bus'>, name: string): CanReport {
  switch (state) {
    case 'absent':
      return { code: 'can-absent', values: { name } };
    case 'not CAN':
      return { code: 'can-other-kind', values: { name } };
    case 'down':
      return { code: 'can-down', values: { name } };
  }
}

/** Few, because each new report is a line in the log. */
const spans = [86_400, 3600, 600, 60] as const;

/** s of silence, rounded down to the greatest span that is reported; 10 at least. */
export function silenceSpan(seconds: number): number {
  return spans.find((least) => seconds >= least) ?? 10;
}

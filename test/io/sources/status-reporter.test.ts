import { StatusReporter } from '../../../src/io/sources/status-reporter';
import type { SourceStatus } from '../../../src/model/source-status';

test('each change of a status is reported, and nothing twice in a row', () => {
  const statuses: SourceStatus[] = [];
  const reporter = new StatusReporter({ status: (status) => statuses.push(status) }, 'UDP 6500');
  const taken = { code: 'udp-port-taken', values: { port: 6500 } } as const;
  const listening = { code: 'udp-listening', values: { port: 6500, broadcastsOnly: false } } as const;
  reporter.report('connecting', taken, 1);
  reporter.report('connecting', taken, 1);
  reporter.report('connecting', taken, 2);
  reporter.report('up', listening);
  reporter.report('up', { code: 'udp-listening', values: { port: 6500, broadcastsOnly: false } });
  reporter.report('up', { code: 'udp-listening', values: { port: 6500, broadcastsOnly: true } });
  const label = 'UDP 6500';
  expect(statuses).toEqual([
    { state: 'connecting', label, report: taken, nextTry: 1 },
    { state: 'connecting', label, report: taken, nextTry: 2 },
    { state: 'up', label, report: listening },
    { state: 'up', label, report: { code: 'udp-listening', values: { port: 6500, broadcastsOnly: true } } },
  ]);
});

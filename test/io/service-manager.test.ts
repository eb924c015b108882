import { findServiceManager } from '../../src/io/service-manager';

function manager(env: Record<string, string>, answer = 1) {
  const sent: string[] = [];
  const warnings: string[] = [];
  const found = findServiceManager({
    env,
    pid: 7,
    notify: (state) => {
      sent.push(state);
      return answer;
    },
    warn: (text) => warnings.push(text),
  });
  return { found, sent, warnings };
}

const socket = { NOTIFY_SOCKET: '/run/systemd/notify' };

test('without a service manager nothing is sent', () => {
  const { found, sent } = manager({ WATCHDOG_USEC: '1000' });
  found.ready();
  found.passed(0);
  found.status('Listening');
  found.stopping();
  expect(found.present).toBe(false);
  expect(sent).toEqual([]);
});

test('readiness, status once for each sentence, and the end are told', () => {
  const { found, sent } = manager(socket);
  found.ready();
  found.status('Listening on UDP 6500');
  found.status('Listening on UDP 6500');
  found.status('No\nnetwork');
  found.stopping();
  expect(sent).toEqual(['READY=1', 'STATUS=Listening on UDP 6500', 'STATUS=No network', 'STOPPING=1']);
});

test('the watchdog is fed four times an interval, and only while passes come', () => {
  const { found, sent } = manager({ ...socket, WATCHDOG_USEC: '8000000' });
  for (let now = 0; now < 8000; now += 100) found.passed(now);
  expect(sent).toEqual(['WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1']);
});

test.each([
  ['no watchdog', {}],
  ["another process's", { WATCHDOG_USEC: '8000000', WATCHDOG_PID: '8' }],
  ['nonsense', { WATCHDOG_USEC: 'soon' }],
])('with %s nothing is fed', (_what, env) => {
  const { found, sent } = manager({ ...socket, ...env });
  for (let now = 0; now < 80_000; now += 100) found.passed(now);
  expect(sent).toEqual([]);
});

test('a service manager that takes nothing is given up with one warning', () => {
  const { found, sent, warnings } = manager(socket, -111);
  found.ready();
  found.status('Listening');
  expect(sent).toEqual(['READY=1']);
  expect(warnings).toHaveLength(1);
});

import { bluetoothTypes } from '../../../src/devices/recognise';
import { setupServices, sorted, type SetupMachine } from '../../../src/features/hearing/setup-services';
import type { HeardDevice } from '../../../src/io/bluetooth/radio';
import { LinkError } from '../../../src/io/links/link-opener';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { FakeTimers } from '../../io/fake-timers';

const heard = (address: string, name: string, services: readonly string[] = []): HeardDevice => ({
  address,
  name,
  services,
  signal: -60,
  isConnected: false,
});

const air = [
  heard('A4:C1:37:04:2D:BE', 'JBD-TEST', ['ff00']),
  heard('C8:47:80:11:22:33', 'BT-LTMPPT-1234'),
  heard('11:22:33:44:55:66', 'Headphones'),
  heard('A4:C1:37:00:00:01', 'JBD-OTHER', ['ff00']),
];

function servicesWith(machine: Partial<SetupMachine>) {
  const settings = resolveSettings([{ values: {}, describe: (name) => name }]);
  return setupServices(settings, {
    scan: () => Promise.resolve(),
    ports: () => Promise.resolve([]),
    source: () => Promise.reject(new Error('none')),
    timers: new FakeTimers(),
    now: () => 0,
    ...machine,
  });
}

test('what was heard is sorted into what is new, what is on the list, and what nobody knows', async () => {
  const found = sorted(air, await bluetoothTypes(), new Set(['A4:C1:37:00:00:01']));
  expect(found).toMatchObject({ listed: 1, others: 1 });
  expect(found.devices.map(({ type, kind, hasPassword }) => [type, kind, hasPassword])).toEqual([
    ['jbd-ble', 'battery', true],
    ['litime-ble', 'solar-charger', false],
  ]);
});

test('a search takes 15 s at most, leaves out what is on the list in whatever letters, and tells why it can’t be', async () => {
  const times: number[] = [];
  const services = servicesWith({
    scan: (ms, _, tell) => {
      times.push(ms);
      tell(air);
      return Promise.resolve();
    },
  });
  const counts: number[] = [];
  const known = [{ type: 'jbd-ble', name: 'a', address: 'a4:c1:37:04:2d:be' }];
  const { signal } = new AbortController();
  expect(await services.search(known, signal, ({ devices }) => counts.push(devices.length))).toBeUndefined();
  expect([times, counts]).toEqual([[15_000], [2]]);
  const report = { code: 'bluetooth-no-adapter', values: {} } as const;
  const without = servicesWith({ scan: () => Promise.reject(new LinkError(report, true)) });
  expect(await without.search([], signal, () => undefined)).toEqual(report);
  const odd = servicesWith({ scan: () => Promise.reject(new Error('odd')) });
  expect(await odd.search([], signal, () => undefined)).toMatchObject({ code: 'setup-failed' });
});

test('devices are checked as the next start does, without a password in the sentence', async () => {
  const services = servicesWith({});
  const port = { type: 'jbd-serial', name: 'a', port: '/dev/ttyUSB0' };
  expect(await services.check([port], 'all')).toBeUndefined();
  expect(await services.check([port, { ...port, name: 'b' }], 'all')).toMatch(
    /"a" and "b" are both at serial port/,
  );
  const secret = { type: 'jbd-ble', name: 'a', address: 'A4:C1:37:04:2D:BE', password: 'too-long-a-secret' };
  expect(await services.check([secret], 'all')).toMatch(/^password of jbd-ble is not shown, but must be six/);
});

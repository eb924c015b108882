import { UserError } from '../../../src/base/user-error';
import { parseDevice } from '../../../src/devices/parse-device';
import { tryDevice, type RunDevice } from '../../../src/features/hearing/device-trial';
import type { Reading } from '../../../src/model/reading';
import type { SourceStatus } from '../../../src/model/source-status';
import type { SetupReport } from '../../../src/model/setup-reports';
import { FakeTimers, settled } from '../../io/fake-timers';

type Sink = Parameters<RunDevice>[1];

async function begun(text: string) {
  const timers = new FakeTimers();
  const device = await parseDevice(text);
  const told: SetupReport[] = [];
  let sink: Sink | undefined;
  let fail: (error: Error) => void = () => undefined;
  const stop = new AbortController();
  let ended = false;
  const run: RunDevice = (signal, into) => {
    sink = into;
    return new Promise((resolve, reject) => {
      fail = reject;
      signal.addEventListener('abort', () => {
        ended = true;
        resolve();
      });
    });
  };
  const outcome = tryDevice(device, run, stop.signal, (report) => told.push(report), {
    timers,
    now: () => timers.now(),
  });
  await settled();
  return {
    timers,
    told,
    sink: sink!,
    stop,
    outcome,
    fail: (error: Error) => fail(error),
    ended: () => ended,
  };
}

const reading = (changes: Partial<Reading>): Reading => ({
  device: 'x',
  at: 0,
  group: 'basic',
  period: 5000,
  values: {},
  ...changes,
});

const status = (report: SourceStatus['report'], changes: Partial<SourceStatus> = {}): SourceStatus => ({
  state: 'connecting',
  label: '',
  report,
  ...changes,
});

const values = { voltage: 13.3, stateOfCharge: 78, current: -2 };

test('a battery is read until all its cells are there', async () => {
  const { sink, outcome, ended, timers } = await begun('jbd-serial,port=/dev/ttyUSB0');
  sink.reading(reading({ values }));
  sink.reading(reading({ group: 'cells', cells: { first: 0, total: 2, volts: [3.3] } }));
  expect(ended()).toBe(false);
  sink.reading(reading({ group: 'cells', cells: { first: 1, total: 2, volts: [3.4] } }));
  expect(await outcome).toEqual({ value: { kind: 'battery', values, cells: [3.3, 3.4] } });
  expect([ended(), timers.pending]).toEqual([true, 0]);
});

test('a battery that tells no cells is shown without them after three seconds, a meter at once', async () => {
  const battery = await begun('bluenova');
  battery.sink.reading(reading({ values: { voltage: 52 } }));
  await battery.timers.advance(2900);
  expect(battery.ended()).toBe(false);
  await battery.timers.advance(200);
  expect(await battery.outcome).toEqual({ value: { kind: 'battery', values: { voltage: 52 }, cells: [] } });
  const meter = await begun('thornwave-ble,address=F0:5E:CD:00:00:01');
  meter.sink.reading(reading({ values: { uptime: 5 } }));
  expect(meter.ended()).toBe(false);
  meter.sink.reading(reading({ values: { power: -31 } }));
  expect(await meter.outcome).toEqual({ value: { kind: 'meter', values: { power: -31 }, cells: [] } });
});

test('what its source says is told, and what it would try again is the end', async () => {
  const { sink, outcome, told, timers } = await begun('jbd-serial,port=/dev/ttyUSB0');
  const waiting = { code: 'device-waiting', values: { name: 'x', place: '/dev/ttyUSB0' } } as const;
  sink.status(status(waiting));
  const trouble = { code: 'serial-absent', values: { device: '/dev/ttyUSB0' } } as const;
  sink.status(status(trouble, { nextTry: 1 }));
  expect([await outcome, told, timers.pending]).toEqual([{ trouble }, [waiting], 0]);
});

test.each<[string, string, SourceStatus]>([
  [
    'a refused password',
    'jbd-ble,address=A4:C1:37:04:2D:BE',
    status({ code: 'device-trouble', values: { place: 'A4', trouble: 'password-refused', values: {} } }),
  ],
  ['a CAN interface that is off', 'evtv-can', status({ code: 'can-down', values: { name: 'can0' } })],
])('%s is the end at once', async (_, device, trouble) => {
  const { sink, outcome } = await begun(device);
  sink.status(trouble);
  expect(await outcome).toEqual({ trouble: trouble.report });
});

test('a device that tells nothing is given up: 20 s, or 60 s over Bluetooth', async () => {
  for (const [device, seconds, place] of [
    ['evtv-udp,port=6501', 20, 'UDP port 6501'],
    ['jbd-ble,address=A4:C1:37:04:2D:BE', 60, 'A4:C1:37:04:2D:BE'],
  ] as const) {
    const { outcome, timers } = await begun(device);
    await timers.advance(seconds * 1000);
    expect(await outcome).toEqual({ trouble: { code: 'setup-no-values', values: { place, seconds } } });
  }
});

test('an error is a sentence, whatever it is', async () => {
  const mistake = await begun('bluenova');
  mistake.fail(new UserError('The serial package is missing.'));
  expect(await mistake.outcome).toEqual({
    trouble: { code: 'setup-refused', values: { why: 'The serial package is missing.' } },
  });
  const odd = await begun('bluenova');
  odd.fail(new Error('odd'));
  expect(await odd.outcome).toEqual({ trouble: { code: 'setup-failed', values: { reason: 'odd' } } });
});

test('it ends when nobody waits for it any more', async () => {
  const { stop, outcome, timers, ended } = await begun('bluenova');
  stop.abort();
  expect(await outcome).toMatchObject({ trouble: { code: 'link-closed' } });
  expect([ended(), timers.pending]).toEqual([true, 0]);
});

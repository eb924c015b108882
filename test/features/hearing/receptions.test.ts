import type { ConfiguredDevice } from '../../../src/devices/parse-device';
import { demoSettings } from '../../../src/commands/demonstration';
import type { DeviceType, FrameDeviceType } from '../../../src/devices/device-type';
import { FrameReception } from '../../../src/features/hearing/frame-reception';
import { Receptions } from '../../../src/features/hearing/receptions';
import { LoggedReception, type ReceptionParts } from '../../../src/features/hearing/reception';
import { UserError } from '../../../src/base/user-error';
import type { Log } from '../../../src/logging/log';
import type { Reading } from '../../../src/model/reading';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { parseDevices } from '../../../src/devices/parse-device';
import { statusNote, statusText } from '../../../src/words/en';
import { until } from '../../until';
import { worded } from '../../worded';

const settings = resolveSettings([{ values: { source: 'simulate', speed: 60 }, describe: (name) => name }]);

function parts(): ReceptionParts & { readonly readings: Reading[]; readonly lines: string[] } {
  const readings: Reading[] = [];
  const lines: string[] = [];
  const say = (text: string): void => void lines.push(text);
  return {
    readings,
    lines,
    clock: { monotonic: () => performance.now(), wall: () => new Date() },
    log: { info: say, warn: say, error: say, debug: () => undefined } as unknown as Log,
    listener: { reading: (reading) => readings.push(reading), status: () => undefined },
    oneOfSeveral: true,
  };
}

class Failing extends LoggedReception {
  readonly counters = { frames: 0, ignored: 0, malformed: 0, causes: {}, sender: undefined };

  constructor(
    private readonly error: Error,
    parts: ReceptionParts,
  ) {
    super({ name: 'stern', kind: 'battery', type: 'made-up' }, 'SERIAL', parts);
  }

  protected receive(): Promise<void> {
    return Promise.reject(this.error);
  }
}

test('without devices there is one battery, of the source that the settings name, with its old name', async () => {
  const all = parts();
  const receptions = new Receptions(settings, [], all, {});
  expect(receptions.all.map(({ name, kind }) => [name, kind])).toEqual([['battery', 'battery']]);
  const stop = new AbortController();
  const running = receptions.run(stop.signal);
  await until('the simulation is received', () => all.readings.length > 20);
  stop.abort();
  await running;
  expect(new Set(all.readings.map(({ device }) => device))).toEqual(new Set(['battery']));
  expect(receptions.status).toMatchObject({ state: 'up', label: 'SIMULATED' });
  expect(all.lines[0]).not.toMatch(/^battery: /);
});

test('each device is received under its own name, with its own port and counters', async () => {
  const devices = await parseDevices(['evtv-udp,name=boat,port=16771', 'evtv-udp,name=shed,port=16772']);
  const all = parts();
  const receptions = new Receptions(settings, devices, all, {});
  expect(receptions.all.map(({ name, status }) => [name, status.label])).toEqual([
    ['boat', 'UDP 16771'],
    ['shed', 'UDP 16772'],
  ]);
  const stop = new AbortController();
  const running = receptions.run(stop.signal);
  await until('both listen', () => receptions.all.every(({ status }) => status.state === 'up'));
  const { createSocket } = await import('node:dgram');
  const socket = createSocket('udp4');
  const frame = Buffer.from('deff9b01b3c8242150010000000000000000000000000008', 'hex');
  socket.send(frame, 16772, '127.0.0.1');
  await until('the datagram is received', () => all.readings.length > 0);
  expect(all.readings.map(({ device, values }) => [device, values['voltage']])).toEqual([['shed', 41.1]]);
  expect(receptions.all.map(({ counters }) => counters.frames)).toEqual([0, 1]);
  expect(receptions.counters).toMatchObject({ frames: 1, sender: '127.0.0.1' });
  socket.close();
  stop.abort();
  await running;
});

test('the controller at the display’s own port can be set up where it is one of several devices, and no other', async () => {
  const devices = await parseDevices(['evtv-udp,name=boat,port=16774', 'evtv-udp,name=shed,port=16775']);
  const heard: string[] = [];
  const receptions = new Receptions({ ...settings, port: 16775 }, devices, parts(), {
    announcement: (_, sender) => heard.push(sender),
  });
  const stop = new AbortController();
  const running = receptions.run(stop.signal);
  await until('both listen', () => receptions.all.every(({ status }) => status.state === 'up'));
  const { createSocket } = await import('node:dgram');
  const socket = createSocket('udp4');
  const frame = Buffer.from('deff9b01b3c82421e0060000000000000000000000000008', 'hex');
  for (const port of [16774, 16775]) socket.send(frame, port, '127.0.0.1');
  await until('both are received', () =>
    receptions.all.every(({ counters }) => counters.frames + counters.ignored > 0),
  );
  socket.close();
  stop.abort();
  await running;
  expect(heard).toEqual(['127.0.0.1']);
});

test('the devices of the boat of --demo boat are read without links, and say that they are simulated', async () => {
  const { devices: raw } = demoSettings({ demo: 'boat' }, false);
  const devices = await parseDevices(raw as Record<string, unknown>[]);
  const all = parts();
  const receptions = new Receptions({ ...settings, demo: 'boat' }, devices, all, {});
  const stop = new AbortController();
  const running = receptions.run(stop.signal);
  const told = (device: string, group: string): number => {
    const readings = all.readings.filter((each) => each.device === device && each.group === group);
    return readings.at(-1)?.values[group === 'status' ? 'chargeCurrent' : 'current'] ?? Number.NaN;
  };
  const currents = (): number[] => [
    told('house', 'basic') + told('bow', 'basic'),
    told('solar', 'meter') - told('load', 'meter'),
    told('charger', 'status') - told('load', 'meter'),
  ];
  // Read at different times, of a sun that goes on: now and then all are of one moment.
  await until('their currents add up', () => {
    const [bank = NaN, ...others] = currents();
    return others.every((current) => Math.abs(current - bank) < 0.3);
  });
  expect(receptions.isDemo).toBe(true);
  expect(receptions.status).toMatchObject({ state: 'up', label: 'SIMULATED' });
  stop.abort();
  await running;
});

test('a type of battery on a CAN bus brings its own ids and decoder', async () => {
  const type: FrameDeviceType = {
    type: 'made-up-can',
    kind: 'battery',
    link: 'frames',
    source: 'udp',
    settings: {},
    ids: [0x123],
    decoder: (values) => (frame, at, device) =>
      frame.id === 0x123
        ? {
            device,
            at,
            group: 'only',
            period: 1000,
            values: { voltage: (frame.data[0] ?? 0) * Number(values['factor']) },
          }
        : { rejected: 'unknown id' },
  };
  const all = parts();
  const device = { name: 'shed', type, values: { port: 16773, factor: 2 }, removed: false };
  const receptions = new Receptions(settings, [device], all, {});
  expect(receptions.all[0]?.status.label).toBe('UDP 16773');
  const stop = new AbortController();
  const running = receptions.run(stop.signal);
  await until('it listens', () => receptions.all.every(({ status }) => status.state === 'up'));
  const { createSocket } = await import('node:dgram');
  const socket = createSocket('udp4');
  for (const id of ['50', '23']) {
    const datagram = Buffer.from(`0d00000000000000${id}010000000000000000000000000008`, 'hex');
    socket.send(datagram, 16773, '127.0.0.1');
  }
  await until('the datagrams are received', () => all.readings.length > 0);
  expect(all.readings).toMatchObject([{ device: 'shed', group: 'only', values: { voltage: 26 } }]);
  expect(receptions.counters).toMatchObject({ frames: 1, ignored: 1 });
  socket.close();
  stop.abort();
  await running;
});

test('a device that throws is reported with its name and disturbs no other', async () => {
  const all = parts();
  const failing = new Failing(new RangeError('the codec is at its end'), all);
  await failing.run(new AbortController().signal);
  expect(worded(failing.status)).toMatchObject({
    state: 'ended',
    note: 'stopped',
    text: 'the codec is at its end',
  });
  expect(all.lines[0]).toBe('stern: the codec is at its end');
});

test('alone, a mistake that waiting does not mend ends the program', async () => {
  const failing = new Failing(new UserError('There is no such log.'), { ...parts(), oneOfSeveral: false });
  await expect(failing.run(new AbortController().signal)).rejects.toThrow('There is no such log.');
});

test('the status of several names those that are not received, and the first trouble', async () => {
  const [boat] = await parseDevices(['evtv-udp,name=boat,port=16773']);
  const silent: DeviceType = {
    type: 'silent',
    kind: 'meter',
    link: 'gatt',
    settings: {},
    converse: () => Promise.resolve(),
    listen: () => () => undefined,
  };
  const shunt: ConfiguredDevice = { name: 'shunt', type: silent, values: {}, removed: false };
  const receptions = new Receptions(settings, [boat!, shunt], parts(), {});
  const { status } = receptions;
  expect(status).toMatchObject({ state: 'connecting', label: '2 DEVICES' });
  expect(statusText(status)).toBe('boat, shunt: Starting');
  expect(statusNote(status)).toBeUndefined();
  const trouble = { place: 'the mast', trouble: 'silent', values: {} };
  Object.assign(receptions.all[1]!, {
    status: { ...receptions.all[1]!.status, report: { code: 'device-trouble', values: trouble }, nextTry: 2 },
  });
  expect(worded(receptions.status)).toMatchObject({
    text: 'boat: Starting; shunt: What is at the mast does not answer: next try in 2 s',
    note: 'silent',
  });
  expect(receptions.all[0]).toBeInstanceOf(FrameReception);
});

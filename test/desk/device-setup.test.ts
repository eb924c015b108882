import { DeviceSetupFlow, mostDevices } from '../../src/desk/device-setup';
import { isDeviceName, parseDevice } from '../../src/devices/parse-device';
import type { SetupContext } from '../../src/screens/config/devices/setup-view';
import { FakeSetupServices, firstReading, harbour, settle } from '../screens/config/fake-setup-services';

const battery = harbour.devices[0]!;

function begun(context: Partial<SetupContext> = {}) {
  const services = new FakeSetupServices();
  let changes = 0;
  let now = 1000;
  const flow = new DeviceSetupFlow({
    services,
    isName: isDeviceName,
    now: () => now,
    changed: () => changes++,
  });
  flow.start({ entries: [], bank: 'all', usedPort: undefined, ...context });
  return { flow, services, changes: () => changes, pass: (ms: number) => (now += ms) };
}

/** With a form for the battery that was found. */
function formed(context: Partial<SetupContext> = {}) {
  const all = begun(context);
  all.flow.choose('bluetooth');
  all.services.found(harbour);
  all.flow.pick(battery);
  return all;
}

describe('a search', () => {
  it('waits for the adapter, shows what is found at once, and is over', async () => {
    const { flow, services, pass, changes } = begun();
    flow.choose('bluetooth');
    expect(flow.step).toMatchObject({ step: 'search', phase: 'waiting' });
    pass(8000);
    services.found({ devices: [], listed: 0, others: 0 });
    expect(flow.step).toMatchObject({ phase: 'searching', begun: 9000 });
    services.found(harbour);
    expect(flow.step).toMatchObject({ phase: 'searching', begun: 9000, found: harbour });
    const before = changes();
    services.found({ ...harbour });
    expect(changes()).toBe(before);
    services.searched();
    await settle();
    expect(flow.step).toMatchObject({ phase: 'over', found: harbour, trouble: undefined });
  });

  it('says why it can’t be, and is begun again', async () => {
    const { flow, services } = begun();
    flow.choose('bluetooth');
    services.searched({ code: 'bluetooth-no-adapter', values: {} });
    await settle();
    expect(flow.step).toMatchObject({ phase: 'over', trouble: { code: 'bluetooth-no-adapter' } });
    flow.again();
    expect([flow.step, services.searches]).toMatchObject([{ phase: 'waiting', trouble: undefined }, 2]);
  });

  it('that fails in a way of its own says so', async () => {
    const { flow, services } = begun();
    services.search = () => Promise.reject(new Error('odd'));
    flow.choose('bluetooth');
    await settle();
    expect(flow.step).toMatchObject({
      phase: 'over',
      trouble: { code: 'setup-failed', values: { reason: 'Error: odd' } },
    });
  });

  it.each([
    ['left', 'pause'],
    ['gone back from', 'back'],
    ['given up', 'cancel'],
  ] as const)('is stopped when it is %s, and what it finds later is nobody’s', async (_, leave) => {
    const { flow, services } = begun();
    flow.choose('bluetooth');
    services.found(harbour);
    flow[leave]();
    expect(services.signal?.aborted).toBe(true);
    const then = flow.step;
    services.found({ devices: [], listed: 9, others: 9 });
    services.searched({ code: 'bluetooth-off', values: {} });
    await settle();
    expect(flow.step).toBe(then);
  });
});

describe('what another program publishes', () => {
  const fields = (step: ReturnType<typeof begun>['flow']['step']): unknown =>
    step?.step === 'form' && step.fields.map(({ key, value }) => `${key} ${value}`);

  it('is asked for by program, and by kind where the program does not tell', () => {
    const { flow } = begun();
    flow.choose('mqtt-json');
    expect(flow.step).toMatchObject({ step: 'ask', type: 'mqtt-json', asked: { name: 'profile' } });
    flow.answer('homeassistant');
    expect(flow.step).toMatchObject({
      asked: { name: 'kind', options: ['battery', 'solar-charger', 'meter'] },
    });
    flow.answer('solar-charger');
    expect(fields(flow.step)).toEqual(['name Solar', 'broker ', 'topic homeassistant/sensor/']);
    flow.back();
    expect(flow.step).toMatchObject({ asked: { name: 'kind' } });
    flow.back();
    flow.answer('tasmota');
    expect(fields(flow.step)).toEqual(['name Meter', 'broker ', 'topic tele/']);
    flow.back();
    flow.back();
    expect(flow.step).toEqual({ step: 'choice' });
  });

  it('is read once with what was answered, and is a device that can be', async () => {
    const { flow, services } = begun();
    flow.choose('mqtt-json');
    flow.answer('batmon');
    flow.set('broker', 'mqtt://10.0.0.5');
    flow.set('topic', 'house_bms');
    flow.tryIt();
    await settle();
    services.tried({ value: firstReading });
    await settle();
    const entry = {
      ...{ type: 'mqtt-json', name: 'Battery', profile: 'batmon' },
      ...{ broker: 'mqtt://10.0.0.5', topic: 'house_bms' },
    };
    expect(flow.step).toMatchObject({ step: 'tried', entry });
    expect((await parseDevice(entry)).type.kind).toBe('battery');
  });
});

describe('what is asked for', () => {
  it('has a name that none has, and a password only where there may be one', () => {
    const entries = [
      { type: 'jbd-ble', name: 'battery' },
      { type: 'jbd-ble', name: 'Battery 2' },
    ];
    const { flow, services } = begun({ entries });
    flow.choose('bluetooth');
    services.found(harbour);
    const fields = (index: number): unknown => {
      flow.pick(harbour.devices[index]!);
      flow.answer('other');
      const { step } = flow;
      flow.back();
      if (index === 2) flow.back();
      return step?.step === 'form' && step.fields.map(({ key, value }) => `${key} ${value}`);
    };
    expect([0, 1, 2].map(fields)).toEqual([['name Battery 3', 'password '], ['name Solar'], ['name Meter']]);
  });

  it('of a meter is what it measures, and the name goes by that', async () => {
    const { flow, services } = begun({ entries: [{ type: 'jbd-ble', name: 'Inverter' }], bank: ['a', 'b'] });
    flow.choose('bluetooth');
    services.found(harbour);
    flow.pick(harbour.devices[2]!);
    const asked = { name: 'role', options: ['solar', 'inverter', 'load', 'battery', 'other'] };
    expect(flow.step).toEqual({ step: 'ask', type: 'thornwave-ble', asked });
    flow.back();
    expect(flow.step).toMatchObject({ step: 'search', phase: 'over', found: harbour });
    flow.pick(harbour.devices[2]!);
    flow.answer('inverter');
    expect(flow.step).toMatchObject({ step: 'form', fields: [{ key: 'name', value: 'Inverter 2' }] });
    flow.back();
    expect(flow.step).toMatchObject({ step: 'ask' });
    flow.answer('solar');
    flow.tryIt();
    await settle();
    const { address } = harbour.devices[2]!;
    expect(services.wanted).toEqual([{ type: 'thornwave-ble', name: 'Solar meter', address, role: 'solar' }]);
    expect(services.checkedBank).toEqual(['a', 'b']);
    flow.back();
    expect(flow.step).toMatchObject({ step: 'form', fields: [{ value: 'Solar meter' }] });
    flow.back();
    flow.back();
    expect(flow.step).toMatchObject({ step: 'search' });
  });

  it('has the address, the interface or a UDP port that no controller uses', () => {
    const entries = [{ type: 'evtv-udp', name: 'a', port: 6501 }];
    const { flow } = begun({ entries, usedPort: 6500 });
    const fields = (choice: 'bluenova' | 'evtv-udp' | 'evtv-can'): unknown => {
      flow.choose(choice);
      return flow.step?.step === 'form' && flow.step.fields[1];
    };
    expect(fields('bluenova')).toEqual({ key: 'host', value: '10.0.0.2' });
    expect(fields('evtv-udp')).toEqual({ key: 'port', value: '6502' });
    expect(fields('evtv-can')).toEqual({ key: 'interface', value: 'can0' });
  });

  it('is a serial port of those that are plugged in', async () => {
    const { flow, services } = begun();
    flow.choose('jbd-serial');
    expect(flow.step).toEqual({ step: 'ports', type: 'jbd-serial', ports: undefined });
    await settle();
    expect(flow.step).toMatchObject({ ports: [] });
    services.serial = ['/dev/ttyUSB0'];
    flow.again();
    await settle();
    expect(flow.step).toMatchObject({ ports: ['/dev/ttyUSB0'] });
    flow.pickPort('/dev/ttyUSB0');
    flow.tryIt();
    await settle();
    expect(services.wanted).toEqual([{ type: 'jbd-serial', name: 'Battery', port: '/dev/ttyUSB0' }]);
    flow.back();
    flow.back();
    expect(flow.step).toMatchObject({ step: 'ports', ports: ['/dev/ttyUSB0'] });
  });
});

describe('a first reading', () => {
  it('is of the device as it would be saved, and is shown', async () => {
    const { flow, services } = formed();
    flow.set('name', 'House');
    flow.set('password', '123456');
    flow.tryIt();
    await settle();
    const entry = { type: 'jbd-ble', name: 'House', address: battery.address, password: '123456' };
    expect([services.checked, services.wanted]).toEqual([[entry], [entry]]);
    services.tell({ code: 'device-waiting', values: { name: 'House', place: battery.address } });
    expect(flow.step).toMatchObject({ step: 'trying', report: { code: 'device-waiting' } });
    services.tried({ value: firstReading });
    await settle();
    expect(flow.step).toEqual({ step: 'tried', entry, reading: firstReading });
    flow.back();
    expect(flow.step).toMatchObject({ step: 'form' });
  });

  it.each([
    [
      'a refused password',
      { code: 'device-trouble', values: { place: 'A4', trouble: 'password-refused', values: {} } },
    ],
    ['no answer', { code: 'device-trouble', values: { place: 'A4', trouble: 'silent', values: {} } }],
    ['an adapter that was pulled out', { code: 'serial-unplugged', values: { device: '/dev/ttyUSB0' } }],
    ['no values in time', { code: 'setup-no-values', values: { place: 'A4', seconds: 60 } }],
  ] as const)('that fails by %s is told, and tried again or changed', async (_, trouble) => {
    const { flow, services } = formed();
    flow.set('password', 'abcdef');
    flow.tryIt();
    await settle();
    services.tried({ trouble });
    await settle();
    expect(flow.step).toEqual({ step: 'failed', name: 'Battery', trouble });
    flow.again();
    await settle();
    expect(services.wanted).toHaveLength(2);
    services.tried({ trouble });
    await settle();
    flow.back();
    expect(flow.step).toMatchObject({
      step: 'form',
      fields: [{ key: 'name' }, { key: 'password', value: 'abcdef' }],
    });
  });

  it('is not tried with a name that is taken or none, nor with what the next start would refuse', async () => {
    const { flow, services } = formed({ entries: [{ type: 'jbd-ble', name: 'House' }] });
    flow.set('name', 'HOUSE');
    flow.tryIt();
    expect(flow.step).toMatchObject({ problem: { code: 'setup-name-taken', values: { name: 'HOUSE' } } });
    flow.set('name', '!');
    flow.tryIt();
    expect(flow.step).toMatchObject({ problem: { code: 'setup-name-wrong' } });
    flow.set('name', 'Bow');
    services.refusal = 'password of jbd-ble is not shown, but must be six characters.';
    flow.tryIt();
    await settle();
    expect(flow.step).toMatchObject({ step: 'form', problem: { code: 'setup-refused' } });
    expect(services.wanted).toEqual([]);
  });

  it('that fails in a way of its own says so', async () => {
    const { flow, services } = formed();
    services.tryReading = () => Promise.reject(new Error('odd'));
    flow.tryIt();
    await settle();
    expect(flow.step).toMatchObject({ step: 'failed', trouble: { code: 'setup-failed' } });
  });

  it.each(['pause', 'back', 'cancel'] as const)('ends with %s, and its result is nobody’s', async (leave) => {
    const { flow, services } = formed();
    flow.tryIt();
    await settle();
    flow[leave]();
    expect(services.signal?.aborted).toBe(true);
    const then = flow.step;
    services.tell({ code: 'starting', values: {} });
    services.tried({ value: firstReading });
    await settle();
    expect(flow.step).toBe(then);
  });
});

test('more devices than a site can have are not added', () => {
  const entries = Array.from({ length: mostDevices }, (_, i) => ({ type: 'jbd-ble', name: `b${i}` }));
  const { flow } = begun({ entries });
  expect(flow.step).toMatchObject({
    step: 'failed',
    trouble: { code: 'setup-too-many', values: { most: 100 } },
  });
  flow.again();
  flow.back();
  expect(flow.step).toBeUndefined();
});

test('what does not belong to a step does nothing', () => {
  const { flow } = begun();
  flow.pick(battery);
  flow.pickPort('/dev/ttyUSB0');
  flow.answer('solar');
  flow.set('name', 'x');
  flow.tryIt();
  flow.again();
  flow.pause();
  expect(flow.step).toEqual({ step: 'choice' });
  flow.back();
  flow.back();
  expect(flow.step).toBeUndefined();
});

import { deviceTypes, loadDeviceType } from '../../src/devices/all';
import { defaultValues, parseDevice, parseDevices } from '../../src/devices/parse-device';
import { UserError } from '../../src/base/user-error';

test('a device has its name, its type and all settings of it', async () => {
  const device = await parseDevice('jbd-serial,name=house,port=/dev/pts/4,every=7.5');
  expect([device.name, device.type.type, device.values]).toEqual([
    'house',
    'jbd-serial',
    { port: '/dev/pts/4', every: 7.5 },
  ]);
});

test('a device of the settings file is the same', async () => {
  const { name, values } = await parseDevice({ type: 'jbd-serial', port: '/dev/ttyUSB0', every: 10 });
  expect([name, values]).toEqual(['jbd-serial', { port: '/dev/ttyUSB0', every: 10 }]);
});

test('an EVTV battery is a device too', async () => {
  const { type, values } = await parseDevice('evtv-udp,name=boat,port=6501');
  expect(type.link).toBe('frames');
  expect(values).toMatchObject({ port: 6501, lenient: false, invertCurrent: false });
});

test('a played device takes the settings of one', async () => {
  const { values } = await parseDevice('jbd-serial,port=/dev/pts/4,cells=16', { simulated: true });
  expect(values).toMatchObject({ cells: 16, probes: 3, form: 'long' });
});

test.each([
  ['jbd', /"jbd" is no type of device; the types are .*jbd-serial, jbd-ble/],
  ['', /has no type; the types are/],
  [
    'jbd-serial,port=/dev/ttyUSB0,evry=5',
    /jbd-serial has no setting "evry"; its settings are name, port, every/,
  ],
  ['jbd-serial,name=house', /jbd-serial needs port=, the path of a serial port/],
  ['jbd-serial,port=ttyUSB0', /port of jbd-serial is "ttyUSB0", but must be the path of a serial port/],
  [
    'jbd-serial,port=/dev/ttyUSB0,every=0',
    /every of jbd-serial is "0", but must be a number of seconds from 1/,
  ],
  ['jbd-serial,port=/dev/ttyUSB0,port=/dev/ttyUSB1', /port twice/],
  ['jbd-serial,house', /"house" in --device is not a setting; write it as key=value/],
  ['jbd-serial,name=a/b,port=/dev/ttyUSB0', /name of a device is "a\/b", but must be 1 to 32 letters/],
  ['jbd-ble,address=A4:C1', /address of jbd-ble is "A4:C1", but must be a Bluetooth address/],
  ['evtv-udp,port=70000', /port of evtv-udp is "70000", but must be a whole number from 1 to 65535/],
  ['jbd-serial,port=/dev/pts/4,cells=16', /no setting "cells"/],
])('%p is one sentence', async (text, sentence) => {
  const failure = await parseDevice(text).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UserError);
  expect((failure as UserError).message).toMatch(sentence);
  expect((failure as UserError).message).toMatch(/^[^\n]*\.$/);
});

test.each([
  [['jbd-serial,port=/dev/a', 'jbd-serial,port=/dev/b'], /Two devices are called "jbd-serial"/],
  [
    ['jbd-serial,name=House,port=/dev/a', 'jbd-serial,name=house,port=/dev/b'],
    /Two devices are called "house"/,
  ],
  [
    ['jbd-serial,name=a,port=/dev/ttyUSB0', 'evtv-slcan,name=b,port=/dev/ttyUSB0'],
    /"a" and "b" are both at serial port \/dev\/ttyUSB0/,
  ],
  [['evtv-udp,name=a', 'evtv-udp,name=b,port=6500'], /"a" and "b" are both at UDP port 6500/],
  [
    ['jbd-ble,name=a,address=a4:c1:37:04:2d:be', 'jbd-ble,name=b,address=A4:C1:37:04:2D:BE'],
    /both at Bluetooth address A4:C1:37:04:2D:BE/,
  ],
  [['bluenova,name=a', 'bluenova,name=b,host=10.0.0.2'], /"a" and "b" are both at address 10.0.0.2:9000/],
])('%p is one sentence', async (devices, sentence) => {
  await expect(parseDevices(devices)).rejects.toThrow(sentence);
});

test('devices that share nothing, or a host with ports of their own, are all there', async () => {
  expect(await parseDevices(['bluenova,name=a', 'bluenova,name=b,port=9001'])).toHaveLength(2);
  const devices = await parseDevices(['evtv-udp,name=boat', 'jbd-serial,name=house,port=/dev/ttyUSB0']);
  expect(devices.map(({ name }) => name)).toEqual(['boat', 'house']);
});

test('a device that is removed is kept, takes nobody’s port, and is not the only one', async () => {
  const devices = await parseDevices([
    { type: 'jbd-serial', name: 'house', port: '/dev/ttyUSB0', removed: true },
    'jbd-serial,name=bow,port=/dev/ttyUSB0,removed=false',
  ]);
  expect(devices.map(({ name, removed }) => [name, removed])).toEqual([
    ['house', true],
    ['bow', false],
  ]);
  expect(devices[0]?.values).toEqual({ port: '/dev/ttyUSB0', every: 5 });
  await expect(parseDevices(['evtv-udp,removed=true'])).rejects.toThrow(
    'Every device is removed, so there is nothing to read; take removed=true off one of them.',
  );
  await expect(parseDevices(['evtv-udp,removed=winter'])).rejects.toThrow(
    'removed of evtv-udp is "winter", but must be true or false.',
  );
});

describe.each(Object.keys(deviceTypes))('%s', (name) => {
  test('is what it is called, and its settings take their own defaults', async () => {
    const type = await loadDeviceType(name);
    expect(type?.type).toBe(name);
    for (const [key, setting] of Object.entries(type?.settings ?? {})) {
      expect(setting.help).toMatch(/^\S.*[^.]$/);
      expect(setting.accepts).not.toBe('');
      expect(key).toMatch(/^[a-z][A-Za-z]*2?$/);
    }
    expect(Object.values(defaultValues(type!))).not.toContain(undefined);
  });
});

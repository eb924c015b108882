import { Radio } from '../../../src/io/bluetooth/radio';
import { battery, batteryPath, BluezFailure, FakeBluez } from './fake-bluez';
import { FakeBus } from '../system-bus/fake-bus';

let bluez: FakeBluez;
let bus: FakeBus;
let radio: Radio;

beforeEach(() => {
  bluez = new FakeBluez();
  radio = new Radio({
    open: () => {
      bus = new FakeBus(bluez);
      return bus;
    },
  });
});

afterEach(() => radio.close());

test('BlueZ is given the passkey of the device that is being paired, and of no other', async () => {
  const answers: unknown[] = [];
  bluez.instead.set('Pair', async () => {
    await Promise.resolve();
    answers.push(bus.passkeyOf(batteryPath));
    expect(() => bus.passkeyOf(`${batteryPath}0`)).toThrow('packdial pairs no other device');
  });
  const link = await radio.connect(battery);
  expect(await link.pair(42)).toBe('paired');
  expect(answers).toEqual([42]);
  expect(bluez.calls.slice(-2)).toEqual(['RegisterAgent bluez', 'Pair dev_A4_C1_37_04_2D_BE']);
  // Once it is done the passkey is not told any more.
  expect(() => bus.passkeyOf(batteryPath)).toThrow('packdial pairs no other device');
});

test.each([
  ['AuthenticationFailed', 'refused'],
  ['AuthenticationCanceled', 'refused'],
  ['AuthenticationRejected', 'refused'],
  ['AlreadyExists', 'paired'],
  ['ConnectionAttemptFailed', 'failed'],
])('pairing that ends with %s has %s', async (failure, result) => {
  const link = await radio.connect(battery);
  bluez.instead.set('Pair', () => Promise.reject(new BluezFailure(`org.bluez.Error.${failure}`)));
  expect(await link.pair(123_456)).toBe(result);
});

test('an agent that is registered already is one', async () => {
  const link = await radio.connect(battery);
  bluez.instead.set('RegisterAgent', () => Promise.reject(new BluezFailure('org.bluez.Error.AlreadyExists')));
  expect(await link.pair(1)).toBe('paired');
  bluez.instead.set('RegisterAgent', () => Promise.reject(new BluezFailure('org.bluez.Error.Failed')));
  expect(await link.pair(1)).toBe('failed');
});

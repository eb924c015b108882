import { scan, scanText } from '../../src/commands/scan';
import type { Advertisement } from '../../src/devices/device-type';
import { jbdBle } from '../../src/devices/jbd/jbd-ble';
import { litimeBle } from '../../src/devices/litime/litime-ble';
import { thornwaveBle } from '../../src/devices/thornwave/thornwave-ble';
import { newLayout } from '../../src/devices/thornwave/payload';
import { Radio, type HeardDevice } from '../../src/io/bluetooth/radio';
import { BluezFailure, FakeBluez } from '../io/bluetooth/fake-bluez';
import { FakeBus } from '../io/system-bus/fake-bus';

const types = [jbdBle, litimeBle, thornwaveBle].map((type) => ({
  type: type.type,
  recognises: (advertisement: Advertisement) => type.recognises!(advertisement),
}));

function heard(device: Partial<HeardDevice>): HeardDevice {
  return {
    address: 'A4:C1:37:04:2D:BE',
    name: '',
    services: [],
    signal: -60,
    isConnected: false,
    ...device,
  };
}

test('each device has a line with its signal, and the text for --device where it is known', () => {
  const text = scanText(
    [
      heard({ name: 'JBD-SP04S034L4S', services: ['ff00'] }),
      heard({ address: 'C8:47:8C:00:00:01', name: 'BT-LTMPPT4860', signal: -101 }),
      heard({ address: 'C8:47:8C:00:00:02', services: [newLayout.service], signal: undefined }),
      heard({ address: 'C8:47:8C:00:00:03', name: 'a\u001b[2Jb\n', signal: undefined, isConnected: true }),
    ],
    types,
    10,
  );
  expect(text.split('\n')).toEqual([
    'A4:C1:37:04:2D:BE    -60 dBm  JBD-SP04S034L4S  jbd-ble',
    '    --device jbd-ble,address=A4:C1:37:04:2D:BE',
    'C8:47:8C:00:00:01   -101 dBm  BT-LTMPPT4860    litime-ble',
    '    --device litime-ble,address=C8:47:8C:00:00:01',
    'C8:47:8C:00:00:02          -  (no name)        thornwave-ble',
    '    --device thornwave-ble,address=C8:47:8C:00:00:02',
    'C8:47:8C:00:00:03  connected  a[2Jb            not known',
    '',
  ]);
});

test('nothing in the air is told in a sentence', () => {
  expect(scanText([], types, 10)).toMatch(/^No Bluetooth device was received within 10 s\./);
});

describe('the command', () => {
  let printed: string;
  beforeEach(() => {
    printed = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      printed += String(chunk);
      return true;
    });
  });
  afterEach(() => jest.restoreAllMocks());

  const radioOf = (bluez: FakeBluez): Radio =>
    new Radio({
      open: () => new FakeBus(bluez),
      timers: {
        after: (ms, callback) => {
          const timer = setTimeout(callback, ms / 100);
          return () => clearTimeout(timer);
        },
      },
    });

  it('prints what is received within the seconds', async () => {
    expect(await scan('5', radioOf(new FakeBluez()))).toBe(0);
    expect(printed).toMatch(
      /^A4:C1:37:04:2D:BE +-60 dBm +JBD-TEST +jbd-ble\n {4}--device jbd-ble,address=A4/,
    );
  });

  it.each<[string, (bluez: FakeBluez) => void]>([
    ['The Bluetooth service does not run', (bluez) => bluez.stop()],
    ['There is no Bluetooth adapter', (bluez) => bluez.unplug()],
    [
      'The Bluetooth adapter is blocked',
      (bluez) => bluez.instead.set('Set', () => Promise.reject(new BluezFailure('org.bluez.Error.Blocked'))),
    ],
  ])('is a mistake of the user where %s', async (sentence, prepare) => {
    const bluez = new FakeBluez();
    prepare(bluez);
    await expect(scan('5', radioOf(bluez))).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(new RegExp(`^${sentence}.*\\.$`)) as string,
    });
  });

  it.each(['0', '121', 'ten', '', 'NaN'])('takes no --seconds %j', async (seconds) => {
    await expect(scan(seconds, radioOf(new FakeBluez()))).rejects.toThrow(
      `--seconds is ${JSON.stringify(seconds)}, but must be a number from 1 to 120.`,
    );
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Variant } from '@jellybrick/dbus-next';
import type { GattLink } from '../../../src/devices/device-type';
import { Radio } from '../../../src/io/bluetooth/radio';
import { LinkError } from '../../../src/io/links/link-opener';
import { linkText, statusText } from '../../../src/words/en';
import { temporaryFolder } from '../../temporary-folder';
import { FakeTimers, settled } from '../fake-timers';
import { battery, batteryPath, BluezFailure, FakeBluez, hci0, radioWith, takes, tells } from './fake-bluez';
import { FakeBus } from '../system-bus/fake-bus';

const sysfs = temporaryFolder();
let bluez: FakeBluez;
let timers: FakeTimers;
let buses: FakeBus[];
let radio: Radio;

beforeEach(() => {
  bluez = new FakeBluez();
  timers = new FakeTimers();
  ({ radio, buses } = radioWith(bluez, { timers, sysfs }));
});

afterEach(async () => {
  await radio.close();
  await settled();
  expect(timers.pending).toBe(0);
});

/** What a step comes to when so many ms pass: the link, or the sentence of its failure. */
async function after<T>(ms: number, step: Promise<T>): Promise<T | string | undefined> {
  let result: T | string | undefined;
  step.then(
    (value) => (result = value),
    (error: unknown) => (result = error instanceof LinkError ? statusText(error) : String(error)),
  );
  await timers.advance(ms);
  await settled();
  return result;
}

async function connected(): Promise<GattLink & { close(): Promise<void> }> {
  const link = await after(100, radio.connect(battery));
  if (typeof link !== 'object') throw new Error(`not connected: ${String(link)}`);
  return link;
}

const never = (): Promise<void> => new Promise(() => undefined);
const fails = (type: string, message?: string) => (): Promise<void> =>
  Promise.reject(new BluezFailure(type, message));

describe('a device that is in the air', () => {
  it('is found, connected, written to and read', async () => {
    const link = await connected();
    expect(bluez.calls).toEqual([
      'GetManagedObjects ',
      'Powered true',
      'SetDiscoveryFilter hci0',
      'StartDiscovery hci0',
      'StopDiscovery hci0',
      'Connect dev_A4_C1_37_04_2D_BE',
      'Get dev_A4_C1_37_04_2D_BE',
    ]);
    expect(link.services).toEqual(['ff00']);
    const heard: string[] = [];
    const stop = await link.notifications('ff01', (piece) => heard.push(Buffer.from(piece).toString('hex')));
    bluez.notify(tells, 'dd03');
    bluez.notify(takes, 'ffff');
    bluez.notify(tells, '77');
    expect(heard).toEqual(['dd03', '77']);
    await link.write('ff02', Uint8Array.of(1));
    expect(Buffer.from(await link.read('ff01')).toString('hex')).toBe('0102');
    stop();
    bluez.notify(tells, '88');
    expect(heard).toHaveLength(2);
    await link.close();
    expect(bluez.calls.slice(7)).toEqual([
      'StartNotify char0002',
      'WriteValue char0004',
      'ReadValue char0002',
      'StopNotify char0002',
      'Disconnect dev_A4_C1_37_04_2D_BE',
    ]);
    expect(linkText(await link.closed)).toBe(`${battery} was closed`);
  });

  it('has all services that BlueZ tells only after it said that they are known', async () => {
    bluez.hidesServices = true;
    bluez.instead.set('Connect', async (path) => {
      await Promise.resolve();
      bluez.change(path, 'org.bluez.Device1', { ServicesResolved: new Variant('b', true) });
    });
    bluez.instead.set('Get', async (path) => {
      await Promise.resolve();
      bluez.tellServices(path);
    });
    expect((await connected()).services).toEqual(['ff00']);
  });

  it('is connected again and again over one connection to the bus, with the same two match rules', async () => {
    for (let i = 0; i < 100; i++) await (await connected()).close();
    expect([buses.length, buses[0]!.matches.length]).toEqual([1, 2]);
    expect(bluez.calls.filter((call) => call.startsWith('StartDiscovery'))).toHaveLength(1);
  });

  it('is connected only after the one before it', async () => {
    let finish: () => void = () => undefined;
    bluez.instead.set('Connect', () => new Promise((resolve) => (finish = resolve)));
    const first = after(0, radio.connect(battery));
    await settled();
    const second = after(0, radio.connect(battery));
    const connects = (): number => bluez.calls.filter((call) => call.startsWith('Connect')).length;
    await first;
    await timers.advance(100);
    expect(connects()).toBe(1);
    finish();
    await second;
    await settled();
    expect(connects()).toBe(2);
    finish();
    await settled();
  });
});

describe('a link is lost', () => {
  it.each<[string, () => void]>([
    ['the device goes', () => void bluez.call(batteryPath, 'Disconnect', [])],
    ['the adapter is pulled out', () => bluez.unplug()],
    ['the service ends', () => bluez.stop()],
    ['the bus ends', () => buses[0]!.close()],
  ])('when %s', async (_name, lose) => {
    const link = await connected();
    const stop = await link.notifications('ff01', () => undefined);
    lose();
    await settled();
    expect(linkText(await link.closed)).toBe(`The connection to ${battery} was lost`);
    // Whoever listened learns it a moment later.
    stop();
    await expect(link.write('ff02', Uint8Array.of(1))).rejects.toThrow(LinkError);
  });

  it('when the device goes of which it was never told that it is connected', async () => {
    bluez.hidesConnected = true;
    const link = await connected();
    await link.write('ff02', Uint8Array.of(1));
    void bluez.call(batteryPath, 'Disconnect', []);
    await settled();
    expect(linkText(await link.closed)).toBe(`The connection to ${battery} was lost`);
  });

  it('and made again when the service is back, over the same bus', async () => {
    const link = await connected();
    bluez.stop();
    await link.closed;
    expect(await after(100, radio.connect(battery))).toBe(
      'The Bluetooth service does not run: sudo apt-get install bluez, or sudo systemctl start bluetooth',
    );
    expect(await radio.isThere()).toBe(false);
    bluez.start();
    await settled();
    expect(await radio.isThere()).toBe(true);
    await connected();
    expect(buses).toHaveLength(1);
  });

  it('and made again when the service was started at our request', async () => {
    const link = await connected();
    bluez.isInstalled = true;
    bluez.stop();
    await link.closed;
    expect(await radio.isThere()).toBe(false);
    await connected();
    expect(buses).toHaveLength(1);
  });

  it('and made again over another bus when that has ended', async () => {
    await connected();
    buses[0]!.close();
    await connected();
    expect(buses.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  });
});

describe('what stands in the way is told in one sentence', () => {
  it.each<[string, number, () => void]>([
    [
      `${battery} is not received: it is too far away, off, or connected to another device such as a phone`,
      15_000,
      () => (bluez.inTheAir = []),
    ],
    [
      `${battery} does not answer: it may be too far away, or connected to a phone`,
      15_000,
      () => bluez.instead.set('Connect', never),
    ],
    [
      `${battery} can't be connected (le-connection-abort-by-local): it may be too far away, or connected to a phone`,
      100,
      () => bluez.instead.set('Connect', fails('org.bluez.Error.Failed', 'le-connection-abort-by-local')),
    ],
    [
      'There is no Bluetooth adapter: plug one in, or enable the built-in one in the firmware settings',
      100,
      () => bluez.unplug(),
    ],
    [
      "The Bluetooth adapter is off and can't be switched on: sudo systemctl restart bluetooth",
      100,
      () => bluez.instead.set('Set', fails('org.bluez.Error.Failed')),
    ],
    [
      'The Bluetooth adapter is blocked: sudo rfkill unblock bluetooth',
      100,
      () => bluez.instead.set('Set', fails('org.bluez.Error.Blocked')),
    ],
    [
      'D-Bus forbids Bluetooth to this user: sudo usermod -aG bluetooth $USER, then log in again',
      100,
      () => bluez.instead.set('GetManagedObjects', fails('org.freedesktop.DBus.Error.AccessDenied')),
    ],
    [
      'The Bluetooth service does not answer: sudo systemctl restart bluetooth',
      10_000,
      () => bluez.instead.set('GetManagedObjects', never),
    ],
  ])('%s', async (sentence, ms, prepare) => {
    prepare();
    const connecting = radio.connect(battery);
    expect(await after(ms - 50, connecting)).toBe(ms > 100 ? undefined : sentence);
    expect(await after(100, connecting)).toBe(sentence);
  });

  it('a device that does not list its services within 10 s is let go', async () => {
    bluez.hidesServices = true;
    const connecting = radio.connect(battery);
    expect(await after(9900, connecting)).toBeUndefined();
    expect(await after(200, connecting)).toMatch(/does not list its services/);
    expect(bluez.calls.at(-1)).toBe('Disconnect dev_A4_C1_37_04_2D_BE');
  });

  it('where there is no bus', async () => {
    radio = new Radio({
      timers,
      open: () => {
        const bus = new FakeBus(bluez);
        setImmediate(() => bus.emit('error', new Error('ENOENT')));
        bus.once = () => bus;
        return bus;
      },
    });
    expect(await after(100, radio.connect(battery))).toBe(
      'There is no D-Bus, which Bluetooth needs: sudo apt-get install dbus bluez',
    );
  });

  it('a device without the characteristic is another kind', async () => {
    const link = await connected();
    await expect(link.read('ffe1')).rejects.toMatchObject({
      report: { code: 'bluetooth-no-characteristic' },
    });
  });

  it('an answer that takes more than 5 s is none', async () => {
    const link = await connected();
    bluez.instead.set('ReadValue', never);
    const reading = link.read('ff01');
    expect(await after(4900, reading)).toBeUndefined();
    expect(await after(200, reading)).toMatch(/does not answer/);
  });
});

describe('an adapter that connects nothing', () => {
  const cycles = (): number => bluez.calls.filter((call) => call === 'Powered false').length;

  it('is switched off and on after 4 failures, then after 8 more, and after 4 again once it has connected', async () => {
    bluez.instead.set('Connect', never);
    const counts: number[] = [];
    for (let i = 0; i < 12; i++) {
      await after(17_000, radio.connect(battery));
      counts.push(cycles());
    }
    expect(counts).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
    bluez.instead.clear();
    await (await connected()).close();
    bluez.instead.set('Connect', never);
    for (let i = 0; i < 4; i++) await after(17_000, radio.connect(battery));
    expect(cycles()).toBe(3);
  });

  it('is left alone while another connection of it works', async () => {
    const link = await connected();
    bluez.instead.set('Connect', never);
    for (let i = 0; i < 12; i++) await after(17_000, radio.connect('A4:C1:37:04:2D:BF'));
    expect(cycles()).toBe(0);
    await link.close();
  });
});

test('connecting is given up at once when it is not wanted any more, and the next one has its turn', async () => {
  bluez.instead.set('Connect', never);
  const stop = new AbortController();
  const first = radio.connect(battery, stop.signal);
  await after(1000, first);
  stop.abort();
  expect(await after(0, first)).toBe(`${battery} was closed`);
  expect(bluez.calls.at(-1)).toBe('Disconnect dev_A4_C1_37_04_2D_BE');
  bluez.instead.clear();
  await connected();
});

describe('a scan', () => {
  it('lists what is received with its signal, and what is connected without', async () => {
    const other = 'A4:C1:37:04:2D:BF';
    bluez.inTheAir = [battery, other];
    const link = await connected();
    bluez.inTheAir = [other];
    const heard = await after(10_100, radio.scan(10_000));
    expect(heard).toMatchObject([
      { address: other, name: 'JBD-TEST', services: ['ff00'], signal: -60 },
      { address: battery, signal: undefined },
    ]);
    expect(bluez.calls.at(-1)).toBe('StopDiscovery hci0');
    await link.close();
  });

  it('tells at once what is received, is ended early, and leaves the signal to be asked for', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const scan = radio.scan(10_000, stop.signal, (devices) => told.push(devices.length));
    await after(100, Promise.resolve());
    expect(told.at(-1)).toBe(1);
    stop.abort();
    expect(await after(0, scan)).toHaveLength(1);
    expect([bluez.calls.at(-1), radio.signalOf(battery), radio.signalOf('00:00:00:00:00:00')]).toEqual([
      'StopDiscovery hci0',
      -60,
      undefined,
    ]);
    const calls = bluez.calls.length;
    expect(await after(0, radio.scan(10_000, stop.signal))).toEqual([]);
    expect(bluez.calls).toHaveLength(calls);
  });

  it('waits until a device is connected, and the next device until it is over', async () => {
    const link = radio.connect(battery);
    const told: number[] = [];
    const scan = radio.scan(5000, undefined, (devices) => told.push(devices.length));
    const next = after(20_000, radio.connect('A4:C1:37:04:2D:BF'));
    const order = (): string[] => bluez.calls.filter((call) => /^(Start|Stop|Connect)/.test(call));
    expect(await next).toMatch(/is not received/);
    expect(order()).toEqual([
      ...['StartDiscovery hci0', 'StopDiscovery hci0', 'Connect dev_A4_C1_37_04_2D_BE'],
      ...['StartDiscovery hci0', 'StopDiscovery hci0'],
      ...['StartDiscovery hci0', 'StopDiscovery hci0'],
    ]);
    expect((await scan).length).toBe(1);
    // What was heard when it was searched for before it was connected.
    expect(radio.signalOf(battery)).toBe(-60);
    await (await link).close();
  });

  it('says that the service has ended meanwhile', async () => {
    const scan = radio.scan(10_000);
    await after(100, Promise.resolve());
    bluez.stop();
    expect(await after(0, scan)).toMatch(/^The Bluetooth service does not run/);
  });

  it.each(['soft', 'hard'])('says that the adapter is blocked, whatever BlueZ calls it: %s', async (kind) => {
    const rfkill = join(sysfs, 'hci0', 'rfkill3');
    mkdirSync(rfkill, { recursive: true });
    for (const each of ['soft', 'hard']) writeFileSync(join(rfkill, each), each === kind ? '1\n' : '0\n');
    bluez.instead.set('Set', fails('org.bluez.Error.Failed'));
    expect(await after(100, radio.scan(10_000))).toBe(
      'The Bluetooth adapter is blocked: sudo rfkill unblock bluetooth',
    );
    writeFileSync(join(rfkill, kind), '0\n');
    expect(await after(100, radio.scan(10_000))).toMatch(/is off and can't be switched on/);
  });

  it('says that the adapter fails', async () => {
    bluez.instead.set('StartDiscovery', fails('org.bluez.Error.NotReady'));
    expect(await after(100, radio.scan(10_000))).toMatch(/is off and can't be switched on/);
    bluez.instead.set('StartDiscovery', fails('org.bluez.Error.Failed', 'Busy'));
    expect(await after(100, radio.scan(10_000))).toBe(
      'The Bluetooth adapter failed (Busy): unplug it, or sudo systemctl restart bluetooth',
    );
    expect(bluez.objects.has(hci0)).toBe(true);
  });
});

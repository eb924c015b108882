import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sessionBus, type MessageBus } from '@jellybrick/dbus-next';
import { Radio } from '../../../src/io/bluetooth/radio';
import { systemTimers, type Timers } from '../../../src/io/timers';
import { LinkError } from '../../../src/io/links/link-opener';
import { statusText } from '../../../src/words/en';
import { battery, batteryPath, hci0, takes, tells } from '../../io/bluetooth/fake-bluez';
import { matchRulesOf } from '../../match-rules';
import { until } from '../../until';
import { BluezService } from './bluez-service';
import { PrivateBus } from './private-bus';

const daemon = new PrivateBus();
let bluez: BluezService;
let radio: Radio;
let connections: MessageBus[];

/** The package's own: calls that wait for an answer. */
interface Waiting {
  readonly _methodReturnHandlers: Readonly<Record<number, unknown>>;
}

/** ms that a scan for a device takes at most. */
const scanLimit = 15_000;
/** A scan that finds nothing lasts a third of a second; all else has its usual limits, which a busy machine keeps. */
const hasty: Timers = {
  after: (ms, callback) => systemTimers.after(ms < scanLimit ? ms : ms / 50, callback),
};

beforeEach(async () => {
  await daemon.start();
  bluez = new BluezService(daemon.address);
  await bluez.open();
  connections = [];
  radio = new Radio({ open });
});

afterEach(async () => {
  await radio.close();
  bluez.close();
  await daemon.stop();
});

afterAll(() => daemon.remove());

function open(): MessageBus {
  const bus = sessionBus({ busAddress: daemon.address });
  connections.push(bus);
  return bus;
}

/** The sentence of a step that fails. */
async function failure(step: Promise<unknown>): Promise<string> {
  try {
    await step;
  } catch (error) {
    if (error instanceof LinkError) return statusText(error);
    throw error;
  }
  return 'it did not fail';
}

/** How many match rules the daemon keeps for packdial's connection. */
async function matchRules(): Promise<number> {
  return matchRulesOf(connections[0]!);
}

/** Listeners that packdial has left at its connection, and in what it knows of BlueZ. */
async function listeners(): Promise<Record<string, number>> {
  const { bus, objects } = (await radio['connected'])!;
  const [connection] = connections;
  return {
    messages: connection!.listenerCount('message'),
    answers: Object.keys((connection as unknown as Waiting)._methodReturnHandlers).length,
    signals: bus['listeners'].size,
    closes: bus['closeListeners'].size,
    changes: objects['changeListeners'].size,
    properties: objects['propertyListeners'].size,
    links: radio['links'].size,
  };
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** Connects, reads, writes and listens, and closes again. */
async function visit(): Promise<readonly string[]> {
  const link = await radio.connect(battery);
  const heard: string[] = [];
  const stop = await link.notifications('ff01', (piece) => heard.push(Buffer.from(piece).toString('hex')));
  bluez.notify(tells, 'dd03');
  bluez.notify(takes, 'ffff');
  bluez.notify(tells, '77');
  await link.write('ff02', Uint8Array.of(1));
  heard.push(Buffer.from(await link.read('ff01')).toString('hex'));
  stop();
  await link.close();
  return heard;
}

test('a device is found, connected, read, written to and listened to', async () => {
  expect(await visit()).toEqual(['dd03', '77', '0102']);
  expect((await radio.scan(50)).map(({ address, name, signal }) => [address, name, signal])).toEqual([
    [battery, 'JBD-TEST', -60],
  ]);
});

test('a hundred connections leave no match rule, no listener and no memory behind', async () => {
  const visits = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await visit();
    bluez.calls.length = 0;
  };
  await visits(100);
  // The last answers, to what nobody waits for, may be on their way.
  await until('all is answered', async () => (await listeners())['answers'] === 0);
  const before = { rules: await matchRules(), ...(await listeners()) };
  expect(before).toMatchObject({ rules: 2, messages: 1, signals: 1, changes: 0, properties: 0, links: 0 });
  const heap = heapAfterCollection();
  await visits(100);
  await until('all is answered', async () => (await listeners())['answers'] === 0);
  expect({ rules: await matchRules(), ...(await listeners()) }).toEqual(before);
  expect(connections).toHaveLength(1);
  const grown = heapAfterCollection() - heap;
  console.log(`${Math.round(grown / 1000)} kB more after 100 connections`);
  // A connection that stays makes more than 10 kB.
  expect(grown).toBeLessThan(900_000);
});

test('a service that is killed ends the link, and is used again when it is back, over the same connection', async () => {
  const link = await radio.connect(battery);
  bluez.close();
  expect(statusText({ report: await link.closed })).toBe(`The connection to ${battery} was lost`);
  expect(await radio.isThere()).toBe(false);
  expect(await failure(radio.connect(battery))).toMatch(/Bluetooth service/);
  await bluez.open();
  await until('the adapter is back', () => radio.isThere());
  expect(await visit()).toHaveLength(3);
  expect([connections.length, await matchRules()]).toEqual([1, 2]);
});

test('a bus that is killed ends the link and is connected anew', async () => {
  const link = await radio.connect(battery);
  await daemon.stop();
  expect(statusText({ report: await link.closed })).toBe(`The connection to ${battery} was lost`);
  expect(await failure(radio.connect(battery))).toMatch(/D-Bus/);
  expect(await radio.isThere()).toBe(false);
  await daemon.start();
  expect(await failure(radio.connect(battery))).toMatch(/Bluetooth service/);
  bluez.close();
  await bluez.open();
  await until('the adapter is there', () => radio.isThere());
  expect(await visit()).toHaveLength(3);
});

test('an adapter that is pulled out ends the link, and is used again when it is plugged in', async () => {
  const link = await radio.connect(battery);
  bluez.unplug();
  expect(statusText({ report: await link.closed })).toBe(`The connection to ${battery} was lost`);
  // The device goes first, then the adapter.
  await until('the adapter is gone', async () => !(await radio.isThere()));
  expect(await failure(radio.connect(battery))).toMatch(/adapter/);
  bluez.plugIn();
  await until('the adapter is back', () => radio.isThere());
  expect(await visit()).toHaveLength(3);
});

test('an adapter that is switched off is switched on again', async () => {
  const link = await radio.connect(battery);
  void bluez.call(batteryPath, 'Disconnect', []);
  await link.closed;
  bluez.switchOff(hci0);
  bluez.calls.length = 0;
  await until(
    'it is known to be off',
    async () => (await radio['connected'])!.objects.get(hci0, 'org.bluez.Adapter1')?.['Powered'] === false,
  );
  expect(await visit()).toHaveLength(3);
  expect(bluez.calls[0]).toBe('Powered true');
});

test('a device out of range is not waited for, and connected when it is back', async () => {
  radio = new Radio({ open, timers: hasty });
  bluez.inTheAir = [];
  expect(await failure(radio.connect(battery))).toMatch(/is not received: it is too far away/);
  bluez.inTheAir = [battery];
  expect(await visit()).toHaveLength(3);
  expect(await listeners()).toMatchObject({ changes: 0, properties: 0, links: 0 });
});

test('without a bus one sentence says so', async () => {
  const nowhere = new Radio({ address: 'unix:path=/nonexistent/bus' });
  expect(await failure(nowhere.connect(battery))).toMatch(/D-Bus/);
  expect(await nowhere.isThere()).toBe(false);
});

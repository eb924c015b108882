import type { ByteLink, DeviceType } from '../../../src/devices/device-type';
import { jbdSerial } from '../../../src/devices/jbd/jbd-serial';
import { SimulatedJbd } from '../../../src/devices/jbd/simulated-battery';
import { DeviceSource } from '../../../src/io/links/device-source';
import { SerialLinkOpener } from '../../../src/io/links/serial-link';
import {
  SerialPackageError,
  SerialPortError,
  type OpenSerialPort,
  type SerialListener,
  type SerialTrouble,
} from '../../../src/io/serial-port';
import type { SourceStatus } from '../../../src/model/source-status';
import { worded, type Worded } from '../../worded';
import { contextOf, FakeDeviceClock } from '../../devices/fake-device';
import { RecordingReadingSink } from '../../devices/recording-reading-sink';

const device = '/dev/no-such-adapter';

/** A serial port with a played battery behind it. */
class FakePort {
  readonly open = new Set<SerialListener>();
  trouble: SerialTrouble | undefined;
  isAnswering = true;
  baudRate: number | undefined;
  private readonly battery = new SimulatedJbd({ cells: 4, probes: 1, form: 'long' });

  readonly openPort: OpenSerialPort = async (_device, listener, baudRate) => {
    await Promise.resolve();
    if (this.trouble !== undefined) throw new SerialPortError(this.trouble);
    this.open.add(listener);
    this.baudRate = baudRate;
    return {
      write: (data) => {
        const bytes = Buffer.from(data);
        if (this.isAnswering)
          for (const answer of this.battery.answers(bytes, 0)) setImmediate(() => listener.bytes(answer));
        return bytes.length;
      },
      close: async () => {
        await Promise.resolve();
        this.open.delete(listener);
      },
    };
  };

  pull(): void {
    this.trouble = 'absent';
    for (const listener of this.open) listener.gone();
  }
}

let clock: FakeDeviceClock;
let port: FakePort;
let sink: RecordingReadingSink & {
  readonly statuses: Worded<SourceStatus>[];
  status(status: SourceStatus): void;
};
let controller: AbortController;

beforeEach(() => {
  clock = new FakeDeviceClock();
  port = new FakePort();
  const statuses: Worded<SourceStatus>[] = [];
  sink = Object.assign(new RecordingReadingSink(), {
    statuses,
    status: (status: SourceStatus) => void statuses.push(worded(status)),
  });
  controller = new AbortController();
});

function source(type: DeviceType = jbdSerial, openPort = port.openPort): DeviceSource {
  return new DeviceSource({
    type,
    context: contextOf(clock, { every: 5 }),
    opener: new SerialLinkOpener({ device, baudRate: 9600, openPort, timers: clock.timers }),
    timers: clock.timers,
  });
}

async function says(text: string): Promise<void> {
  for (let tries = 0; sink.statuses.at(-1)?.text !== text; tries++) {
    if (tries === 3000) throw new Error(`says ${String(sink.statuses.at(-1)?.text)}, not ${text}`);
    await clock.timers.advance(50);
  }
}

async function end(run: Promise<void>): Promise<void> {
  controller.abort();
  await run;
  expect([port.open.size, clock.timers.pending]).toEqual([0, 0]);
}

test('reads at 9600 bit/s, notices that the adapter is pulled out, and reads again when it is back', async () => {
  const run = source().run(controller.signal, sink);
  await says(`Reading house at ${device}`);
  expect([port.baudRate, sink.of('cells')?.cells?.total]).toEqual([9600, 4]);
  port.pull();
  await says(`${device} was pulled out: next try in 1 s`);
  await says(`No adapter at ${device}: next try in 5 s`);
  port.trouble = undefined;
  await says(`Reading house at ${device}`);
  // With a reading the delay has begun anew.
  port.pull();
  await says(`${device} was pulled out: next try in 1 s`);
  for (const [i, status] of sink.statuses.entries()) expect(status).not.toEqual(sink.statuses[i + 1]);
  expect(new Set(sink.statuses.map(({ label }) => label))).toEqual(new Set(['SERIAL such-adapter']));
  await end(run);
});

test('says that a battery does not answer, and when it does again', async () => {
  port.isAnswering = false;
  const run = source().run(controller.signal, sink);
  await says(`What is at ${device} does not answer`);
  expect(sink.statuses.at(-1)).toMatchObject({ state: 'connecting', note: 'silent' });
  port.isAnswering = true;
  await says(`Reading house at ${device}`);
  await end(run);
});

test.each([
  ['busy', `${device} is taken by another program: next try in 1 s`],
  ['forbidden', `${device} needs more rights: those of the group dialout: next try in 1 s`],
  ['not serial', `${device} is not a serial port: next try in 1 s`],
  ['failed', `${device} can't be opened: next try in 1 s`],
] as const)('a port that is %s is tried again', async (trouble, text) => {
  port.trouble = trouble;
  const run = source().run(controller.signal, sink);
  await says(text);
  port.trouble = undefined;
  await says(`Reading house at ${device}`);
  await end(run);
});

test('a package that does not load is the end of it', async () => {
  const openPort: OpenSerialPort = () => Promise.reject(new SerialPackageError('does not load here'));
  await expect(source(jbdSerial, openPort).run(controller.signal, sink)).rejects.toThrow(
    'does not load here',
  );
});

test('a conversation that throws is tried again, less and less often', async () => {
  let tries = 0;
  const failing: DeviceType<ByteLink> = {
    ...jbdSerial,
    converse: () => Promise.reject(new Error(`attempt ${++tries}`)),
  };
  const run = source(failing).run(controller.signal, sink);
  await says(`Reading ${device} failed (attempt 12): next try in 60 s`);
  await end(run);
});

test('the load is switched over the link of the conversation, and not without one', async () => {
  const asked: unknown[] = [];
  const switching: DeviceType<ByteLink> = {
    ...jbdSerial,
    switchLoad: (link, on) => {
      asked.push([link.kind, on]);
      return Promise.resolve('done');
    },
  };
  const one = source(switching);
  expect(await one.switchLoad(true)).toBe('not-connected');
  const run = one.run(controller.signal, sink);
  await says(`Reading house at ${device}`);
  expect(await one.switchLoad(true)).toBe('done');
  port.pull();
  await says(`${device} was pulled out: next try in 1 s`);
  expect(await one.switchLoad(false)).toBe('not-connected');
  expect(asked).toEqual([['bytes', true]]);
  await end(run);
});

test('a device without a load output switches none', async () => {
  const one = source();
  const run = one.run(controller.signal, sink);
  await says(`Reading house at ${device}`);
  expect(await one.switchLoad(true)).toBe('not-connected');
  await end(run);
});

test('runs once, and not at all when it is told to stop before', async () => {
  const one = source();
  controller.abort();
  await one.run(controller.signal, sink);
  expect([sink.statuses, port.open.size]).toEqual([[], 0]);
  await expect(one.run(controller.signal, sink)).rejects.toThrow(/once/);
});

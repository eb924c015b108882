import { converse } from '../../../src/devices/jbd/conversation';
import { answerFrame, registers } from '../../../src/devices/jbd/frame';
import { SimulatedJbd } from '../../../src/devices/jbd/simulated-battery';
import { contextOf, FakeByteLink, FakeDeviceClock } from '../fake-device';
import { RecordingReadingSink } from '../recording-reading-sink';

const request = {
  basic: 'dda50300fffd77',
  cells: 'dda50400fffc77',
  version: 'dda50500fffb77',
  counters: 'dda5aa00ff5677',
};

let clock: FakeDeviceClock;
let link: FakeByteLink;
let sink: RecordingReadingSink;
let controller: AbortController;
let run: Promise<void>;

beforeEach(() => {
  clock = new FakeDeviceClock();
  link = new FakeByteLink();
  sink = new RecordingReadingSink();
  controller = new AbortController();
});

afterEach(async () => {
  controller.abort();
  await run;
  expect(link.listening).toBe(0);
  expect(clock.timers.pending).toBe(0);
  // Reads only, whatever was said to it.
  for (const bytes of link.sent) expect(Object.values(request)).toContain(bytes);
});

function start(every = 5): void {
  run = converse(link, contextOf(clock, { every }), controller.signal, sink);
}

/** Lets a played battery answer; `ms` after the request. */
function answered(battery = new SimulatedJbd({ cells: 4, probes: 3, form: 'long' }), ms = 30): void {
  const here = link;
  here.onWrite = (data) => {
    for (const answer of battery.answers(data, clock.monotonic() / 1000))
      clock.timers.after(ms, () => here.say(answer));
  };
}

/** Lets the device answer each request, or leave it, at once. */
function replies(answer: (data: Uint8Array) => Uint8Array | readonly Uint8Array[] | undefined): void {
  const here = link;
  here.onWrite = (data) => {
    const given = answer(data) ?? [];
    for (const bytes of given instanceof Uint8Array ? [given] : given) setImmediate(() => here.say(bytes));
  };
}

test('asks for values and cells at once, then once for name and counters', async () => {
  answered();
  start();
  await clock.timers.advance(200);
  expect(link.sent).toEqual([request.basic, request.cells, request.version, request.counters]);
  expect(sink.groups).toEqual(['basic', 'cells', 'version', 'counters']);
  expect(sink.of('version')?.texts).toEqual({ model: 'SIMULATED-4S' });
  expect(sink.of('counters')?.values['restartCount']).toBe(3);
  await clock.timers.advance(5000);
  expect(link.sent.slice(4)).toEqual([request.basic, request.cells]);
  expect([sink.causes, sink.troubles]).toEqual([[], []]);
});

test('keeps to its grid, however slow the answers are', async () => {
  answered(undefined, 700);
  const asked: number[] = [];
  const { onWrite } = link;
  link.onWrite = (data) => {
    if (Buffer.from(data).toString('hex') === request.basic) asked.push(clock.monotonic());
    onWrite(data);
  };
  start(10);
  await clock.timers.advance(3_601_500);
  expect(asked).toEqual(Array.from({ length: 361 }, (_, poll) => 10_000 * poll));
});

test('leaves out a poll rather than hurry after it', async () => {
  answered(undefined, 3000);
  start();
  await clock.timers.advance(41_000);
  // The first round has four requests of 3 s, the others two.
  const times = sink.readings.filter(({ group }) => group === 'basic').map(({ at }) => at);
  expect(times).toEqual([3000, 18_000, 28_000, 38_000]);
});

test('sends the first request once more when the battery slept', async () => {
  const battery = new SimulatedJbd({ cells: 4, probes: 3, form: 'short' });
  let asleep = true;
  replies((data) => {
    if (!asleep) return battery.answers(data, 0);
    asleep = false;
    return undefined;
  });
  start();
  await clock.timers.advance(999);
  expect(sink.groups).toEqual([]);
  await clock.timers.advance(1);
  await clock.timers.advance(10);
  await clock.timers.advance(10);
  expect(sink.groups).toEqual(['basic', 'cells', 'version', 'counters']);
  expect(link.sent.slice(0, 3)).toEqual([request.basic, request.basic, request.cells]);
});

test('waits 5 s for an answer, says that there is none, and takes it back', async () => {
  start();
  await clock.timers.advance(4999);
  expect([sink.causes, sink.troubles]).toEqual([[], []]);
  await clock.timers.advance(1);
  expect([sink.causes, sink.troubles]).toEqual([['no answer'], [{ code: 'silent', values: {} }]]);
  await clock.timers.advance(20_000);
  expect(sink.troubles).toHaveLength(1);
  answered();
  await clock.timers.advance(6000);
  expect(sink.troubles).toEqual([{ code: 'silent', values: {} }, undefined]);
  expect(sink.of('basic')).toBeDefined();
});

test('says so when what answers is no JBD', async () => {
  replies(() => Buffer.from('~22004A42E00201FD28\r'));
  start();
  await clock.timers.advance(5000);
  expect(sink.troubles).toEqual([{ code: 'not-jbd', values: {} }]);
  expect(sink.readings).toEqual([]);
});

test('takes the answer to its own question only', async () => {
  const data = Buffer.from('0d660d610d680d59', 'hex');
  replies((bytes) =>
    bytes[2] === registers.basic ? answerFrame({ register: registers.cells, status: 0, data }) : undefined,
  );
  start();
  await clock.timers.advance(5000);
  expect(sink.readings).toEqual([]);
  expect(sink.causes).toContain('not asked for');
});

test('is not taken in by its own request that comes back', async () => {
  replies((bytes) => bytes);
  start();
  await clock.timers.advance(5000);
  expect(sink.causes.slice(0, 3)).toEqual(['echo', 'echo', 'no answer']);
  expect(sink.troubles).toEqual([{ code: 'not-jbd', values: {} }]);
});

test.each([
  [0x80, 'error answer', 'refused'],
  [0x81, 'refused', 'refused'],
  [0x82, 'request damaged', 'refused'],
  [0x83, 'password wanted', 'password-wanted'],
])('a status of %p is counted as %p and told as %p', async (status, cause, code) => {
  replies(([, , register = 0]) => answerFrame({ register, status, data: Uint8Array.of() }));
  start();
  await clock.timers.advance(100);
  expect(new Set(sink.causes)).toEqual(new Set([cause]));
  expect(sink.troubles[0]?.code).toBe(code);
});

test('a battery that does not know its name and counters is asked once, and shown', async () => {
  const battery = new SimulatedJbd({ cells: 16, probes: 0, form: 'short' });
  replies((data) =>
    data[2] === registers.basic || data[2] === registers.cells ? battery.answers(data, 0) : undefined,
  );
  start();
  await clock.timers.advance(60_000);
  expect(link.sent.filter((bytes) => bytes === request.version)).toHaveLength(1);
  expect(sink.of('cells')?.cells?.total).toBe(16);
});

test('a battery of 32 cells that says 16 has as many as it tells voltages of', async () => {
  const data = Buffer.alloc(64, Buffer.from('0d66', 'hex'));
  const basic = Buffer.from('0d66000026ac271000002c500000000000002050031000', 'hex');
  replies(([, , register = 0]) =>
    answerFrame({ register, status: 0, data: register === registers.basic ? basic : data }),
  );
  start();
  await clock.timers.advance(10);
  expect(sink.of('cells')?.cells).toEqual({ first: 0, total: 32, volts: Array(32).fill(3.43) });
});

test.each([
  ['no cell at all', registers.cells, ''],
  ['FFFF for every cell', registers.cells, 'ffffffffffffffff'],
  ['0 for every cell', registers.cells, '0000000000000000'],
  ['voltages of 33 cells', registers.cells, '0d66'.repeat(33)],
  ['FFFF for everything', registers.basic, 'ff'.repeat(29)],
])('%s is counted and not shown', async (_what, bad, hex) => {
  const good = new SimulatedJbd({ cells: 4, probes: 1, form: 'short' });
  replies((data) =>
    data[2] === bad
      ? answerFrame({ register: bad, status: 0, data: Buffer.from(hex, 'hex') })
      : good.answers(data, 0),
  );
  start();
  await clock.timers.advance(100);
  expect(sink.of(bad === registers.cells ? 'cells' : 'basic')).toBeUndefined();
  expect(sink.causes).toEqual(['implausible']);
});

test('a short answer is counted, not read', async () => {
  replies(([, , register = 0]) => answerFrame({ register, status: 0, data: new Uint8Array(22) }));
  start();
  await clock.timers.advance(10);
  expect(sink.of('basic')).toBeUndefined();
  expect(sink.rejections[0]).toEqual({ cause: 'short answer', detail: 'register 03 has 22 bytes' });
});

test('what is not plausible is unknown, the rest is shown', async () => {
  // 0xFFFF for the voltage, 200 % of charge, one probe that is not connected.
  const basic = Buffer.from('ffff000026ac271000002c5000000000000020c803040200000b8b', 'hex');
  replies(([, , register = 0]) => answerFrame({ register, status: 0, data: basic }));
  start();
  await clock.timers.advance(10);
  const reading = sink.of('basic');
  expect([reading?.values['voltage'], reading?.values['stateOfCharge']]).toEqual([NaN, NaN]);
  expect(reading?.values['nominalCapacity']).toBe(100);
  expect(reading?.temperatures).toEqual([undefined, 22.4]);
  expect(sink.rejections.slice(0, 3).map(({ detail }) => detail)).toEqual([
    'register 03: voltage',
    'register 03: state of charge',
    'register 03: temperature',
  ]);
});

test('ends with the link, in the middle of a question', async () => {
  start();
  await clock.timers.advance(10);
  link.lose();
  await run;
  expect(sink.causes).toEqual([]);
});

test('ends when it is told to, between two polls', async () => {
  answered();
  start();
  await clock.timers.advance(1000);
  controller.abort();
  await run;
  expect(sink.groups).toEqual(['basic', 'cells', 'version', 'counters']);
});

import * as fc from 'fast-check';
import { JbdAssembler } from '../../../src/devices/jbd/assembler';
import { answerFrame, readRequest, registers, type JbdFrame } from '../../../src/devices/jbd/frame';
import { jbdBle, isOfTheModule } from '../../../src/devices/jbd/jbd-ble';
import { jbdSerial } from '../../../src/devices/jbd/jbd-serial';
import { again, fuzzTimeout } from '../../fuzz-runs';
import { contextOf, FakeDeviceClock } from '../fake-device';
import { RecordingReadingSink } from '../recording-reading-sink';

const voltages = Buffer.from('dd0400080d660d610d680d59fe3c77', 'hex');

class Collector {
  readonly frames: JbdFrame[] = [];
  readonly times: number[] = [];
  readonly causes: string[] = [];
  readonly assembler = new JbdAssembler({
    frame: (frame, at) => {
      this.frames.push(frame);
      this.times.push(at);
    },
    rejected: (cause) => this.causes.push(cause),
  });

  /** Pieces in hexadecimal digits, 10 ms apart. */
  push(...pieces: readonly string[]): this {
    for (const [i, piece] of pieces.entries()) this.assembler.push(Buffer.from(piece, 'hex'), 10 * i);
    return this;
  }
}

test('the requests are those that are known to work', () => {
  const hex = Object.values(registers).map((register) => Buffer.from(readRequest(register)).toString('hex'));
  expect(hex).toEqual(['dda50300fffd77', 'dda50400fffc77', 'dda50500fffb77', 'dda5aa00ff5677']);
});

describe('frames from pieces', () => {
  const whole = voltages.toString('hex');

  test('up to four bytes behind the end are nobody’s business, more are counted once', () => {
    expect(new Collector().push(`${whole}00000000${whole}`).causes).toEqual([]);
    const longer = new Collector().push(`${whole}0000000000000000${whole}`);
    expect([longer.frames.length, longer.causes]).toEqual([2, ['noise']]);
  });

  test('an error answer has no data', () => {
    expect(new Collector().push('dd038000ff8077').frames).toEqual([
      { register: 3, status: 0x80, data: new Uint8Array() },
    ]);
  });

  test('a frame behind half of another is found, and the half is counted', () => {
    const { frames, causes } = new Collector().push('dd03001d0618fee1', whole, whole, whole);
    expect([frames.length, causes]).toEqual([3, ['bad end']]);
  });

  test('a wrong checksum makes no frame', () => {
    const { frames, causes } = new Collector().push(whole.replace('fe3c77', 'fe3d77'));
    expect([frames, causes[0]]).toEqual([[], 'bad checksum']);
  });

  test('a rest that comes after 2 s is none', () => {
    const collector = new Collector();
    collector.assembler.push(voltages.subarray(0, 8), 0);
    collector.assembler.push(voltages.subarray(8), 2000);
    expect([collector.frames, collector.causes]).toEqual([[], ['partial frame']]);
    collector.assembler.push(voltages, 2001);
    expect(collector.frames).toHaveLength(1);
  });

  test('a frame behind noise that looked like a long one comes out after 2 s, with its own time', () => {
    const collector = new Collector();
    collector.assembler.push(Buffer.concat([Buffer.from('dd0300ff', 'hex'), voltages]), 100);
    collector.assembler.settle(2099);
    expect(collector.frames).toHaveLength(0);
    collector.assembler.settle(2100);
    expect([collector.frames.length, collector.times, collector.causes]).toEqual([
      1,
      [100],
      ['partial frame'],
    ]);
  });

  test('half a frame for ever is counted, shown never, and costs the memory of one frame', () => {
    const collector = new Collector();
    const half = voltages.subarray(0, 9);
    for (let i = 0; i < 20_000; i++) collector.assembler.push(half, 500 * i);
    expect(collector.frames).toHaveLength(0);
    expect(collector.causes.length).toBeGreaterThan(1000);
    expect(JSON.stringify(collector.assembler).length).toBeLessThan(10_000);
  });
});

/** Noise that can't begin a frame: what begins one may cost the frame behind it. */
const noise = fc
  .uint8Array({ maxLength: 40 })
  .map((bytes) => bytes.map((byte) => (byte === 0xdd ? 0 : byte)));
const frame = fc.record({
  register: fc.constantFrom(...Object.values(registers)),
  status: fc.constantFrom(0, 0x80, 0x81, 0x82, 0x83),
  data: fc.uint8Array({ maxLength: 255 }),
});
/** Where a stream is cut, as lengths of pieces. */
const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 60 }));

/** Gives the bytes in pieces, 1 ms apart. @returns the time after the last */
function give(
  bytes: Uint8Array,
  lengths: Iterator<number>,
  take: (piece: Uint8Array, at: number) => void,
): number {
  let at = 0;
  for (let from = 0; from < bytes.length; at++) {
    const length = Number(lengths.next().value);
    take(bytes.subarray(from, from + length), at);
    from += length;
  }
  return at;
}

test(
  'every frame comes out of any cuts, with noise between frames, and nothing else',
  () =>
    again(async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(noise, frame), { maxLength: 8 }), cuts, async (parts, lengths) => {
          const collector = new Collector();
          const bytes = Buffer.concat(parts.flatMap(([before, it]) => [before, answerFrame(it)]));
          give(bytes, lengths, (piece, at) => collector.assembler.push(piece, at));
          expect(collector.frames).toEqual(parts.map(([, it]) => it));
          expect(collector.causes.filter((cause) => cause !== 'noise')).toEqual([]);
          await Promise.resolve();
        }),
        { numRuns: 500 },
      );
    }),
  fuzzTimeout,
);

test(
  'frames are found behind any noise at all, once the line has rested',
  () =>
    again(async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), cuts, async (bytes, lengths) => {
          const collector = new Collector();
          const end = give(bytes, lengths, (piece, at) => collector.assembler.push(piece, at));
          collector.assembler.push(voltages, end + 2000);
          expect(collector.frames.at(-1)?.data).toEqual(new Uint8Array(voltages.subarray(4, -3)));
          await Promise.resolve();
        }),
        { numRuns: 500 },
      );
    }),
  fuzzTimeout,
);

test(
  'no sequence of notifications breaks anything or makes a value that is none',
  () => {
    const damaged = frame.chain((it) =>
      fc.tuple(fc.constant(answerFrame(it)), fc.nat(), fc.nat(255)).map(([bytes, at, value]) => {
        const copy = Uint8Array.from(bytes);
        copy[at % copy.length] = value;
        return copy;
      }),
    );
    const piece = fc.oneof(fc.uint8Array({ maxLength: 30 }), damaged, frame.map(answerFrame));
    const gap = fc.constantFrom(0, 20, 1999, 2000, 60_000);
    const sequences = fc.array(fc.tuple(piece, gap), { maxLength: 6 });
    return again(async () => {
      await fc.assert(
        fc.asyncProperty(sequences, async (pieces) => {
          for (const type of [jbdSerial, jbdBle]) {
            const sink = new RecordingReadingSink();
            const listen = type.listen(contextOf(new FakeDeviceClock()), sink);
            let at = 0;
            for (const [bytes, ms] of pieces) listen({ at: (at += ms), bytes });
            for (const { values, cells, temperatures = [] } of sink.readings) {
              expect(values['stateOfCharge'] ?? 0).not.toBeGreaterThan(100);
              for (const volts of cells?.volts ?? []) expect(volts ?? 1).toBeGreaterThan(0);
              for (const celsius of temperatures) expect(Math.abs(celsius ?? 0)).toBeLessThanOrEqual(200);
            }
          }
          await Promise.resolve();
        }),
        { numRuns: 5000 },
      );
    });
  },
  fuzzTimeout,
);

describe('a Bluetooth module', () => {
  test('its own messages between the fragments of an answer do no harm', () => {
    const sink = new RecordingReadingSink();
    const listen = jbdBle.listen(contextOf(new FakeDeviceClock()), sink);
    const say = (hex: string, characteristic = 'ff01'): void =>
      listen({ at: 0, bytes: Buffer.from(hex, 'hex'), characteristic });
    say('ffaa15010016');
    say('dd04');
    say('ffaa17016279');
    expect(isOfTheModule(Buffer.from('ffaa1701627a', 'hex'))).toBe(true);
    say('00080d660d610d680d59fe3c77');
    say(voltages.toString('hex'), 'ff02');
    expect(sink.groups).toEqual(['cells']);
    say(voltages.toString('hex'), '0000FF01-0000-1000-8000-00805F9B34FB');
    say(voltages.toString('hex'), 'fff1');
    expect(sink.groups).toEqual(['cells', 'cells', 'cells']);
  });

  test('a fragment that begins with FF AA is still a fragment', () => {
    const { data } = { data: Uint8Array.of(0x05, 0x34, 0xff, 0xaa, ...new Uint8Array(19)) };
    const bytes = answerFrame({ register: 3, status: 0, data });
    const sink = new RecordingReadingSink();
    const listen = jbdBle.listen(contextOf(new FakeDeviceClock()), sink);
    listen({ at: 0, bytes: bytes.subarray(0, 6) });
    listen({ at: 1, bytes: bytes.subarray(6) });
    expect(sink.of('basic')?.values['current']).toBe(-0.86);
  });
});

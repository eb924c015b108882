import fc from 'fast-check';
import { again, fuzzTimeout } from '../../../fuzz-runs';
import { settled } from '../../fake-timers';
import {
  clientCutText,
  enableContinuousUpdates,
  keyEvent,
  pointerEvent,
  setEncodings,
  updateRequest,
} from '../../../protocol/rfb-client-bytes';
import { until } from '../../../until';
import { Served } from './served';

const edge = fc.constantFrom(0, 1, 2, 127, 128, 255);
const word = fc.constantFrom(0, 1, 64, 320, 32_767, 32_768, 65_535);
const long = fc.constantFrom(0, 1, 4096, 262_144, 262_145, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff);

/** Messages with all fields at nothing, at the most and between; and pieces of them; and anything at all. */
const hostile = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(fc.boolean(), word, word, word, word)
    .map(([incremental, ...area]) => updateRequest(incremental, ...area)),
  fc.tuple(fc.boolean(), word, word).map(([on, width, height]) => enableContinuousUpdates(on, width, height)),
  fc
    .array(fc.constantFrom(0, 1, 5, 7, 16, -239, -223, -308, -312, -313, 2 ** 31 - 1), { maxLength: 70 })
    .map(setEncodings),
  fc.tuple(fc.boolean(), long).map(([down, keysym]) => keyEvent(down, keysym)),
  fc.tuple(edge, word, word).map(([buttons, x, y]) => pointerEvent(buttons, x, y)),
  fc.tuple(long, fc.nat(300)).map(([length, sent]) => clientCutText(length, Buffer.alloc(sent))),
  fc.array(edge, { minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from([0, ...bytes.slice(1)])),
  fc.tuple(long, edge).map(([flags, length]) => {
    const bytes = Buffer.alloc(9 + length);
    bytes[0] = 248;
    bytes.writeUInt32BE(flags, 4);
    bytes[8] = length;
    return bytes;
  }),
  fc.tuple(word, word, edge).map(([width, height, screens]) => {
    const bytes = Buffer.alloc(8 + 16 * screens);
    bytes[0] = 251;
    bytes.writeUInt16BE(width, 2);
    bytes.writeUInt16BE(height, 4);
    bytes[6] = screens;
    return bytes;
  }),
);

// FUZZ_MINUTES=60 npx jest test/io/outputs/rfb/fuzz -t whatever: for an hour each.
test(
  'whatever viewers that are let in send, the display goes on, and so do the other viewers',
  async () => {
    const served = new Served(96, 80);
    served.paintMuch();
    const good = await served.viewer();
    good.request(false);
    await good.update();
    await again(async () => {
      // What the harness keeps must not be taken for what the server keeps.
      served.forget();
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(hostile, fc.double({ min: 0, max: 1, noNaN: true })), {
            minLength: 1,
            maxLength: 20,
          }),
          fc.boolean(),
          async (messages, reads) => {
            const viewer = await served.viewer();
            if (reads) viewer.stream.resume();
            for (const [bytes, part] of messages) {
              // Some are cut off, so that what follows is in the middle of a message.
              viewer.send(part > 0.8 ? bytes.subarray(0, Math.floor(bytes.length * part)) : bytes);
              served.paint(`hsl(${part * 360}, 70%, 50%)`, {
                x: part * 40,
                y: part * 30,
                width: 30,
                height: 20,
              });
            }
            await settled();
            viewer.stream.destroy();
            await until('only the good viewer is left', () => served.server.viewers === 1);
          },
        ),
        { numRuns: 400 },
      );
      for (const { x, y } of served.pointers) expect(x < 96 && y < 80 && x >= 0 && y >= 0).toBe(true);
    });
    good.request(true);
    await good.update();
    expect(good.pixels.map((pixel) => pixel & 0xff_ffff)).toEqual(served.words());
    served.server.close();
  },
  fuzzTimeout,
);

test(
  'whatever is said at the door, nobody comes in and nothing is thrown',
  async () => {
    const served = new Served(32, 32);
    await again(async () => {
      served.forget();
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom('RFB 003.003\n', 'RFB 003.007\n', 'RFB 003.008\n', 'RFB 255.255\n', ''),
          fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 5 }),
          async (version, pieces) => {
            const viewer = served.connect({ address: String(Math.random()) });
            viewer.stream.resume();
            viewer.stream.write(version);
            for (const piece of pieces) viewer.stream.write(Buffer.from(piece));
            await settled();
            viewer.stream.destroy();
            await settled();
            expect(served.server.viewers).toBe(0);
          },
        ),
        { numRuns: 400 },
      );
    });
    served.server.close();
  },
  fuzzTimeout,
);

test('nothing grows by viewers that come and go', async () => {
  const served = new Served(64, 64);
  for (let i = 0; i < 300; i++) {
    const viewer = await served
      .viewer(i % 3 === 0 ? { password: 'wrong' } : undefined, { address: `10.0.${i >> 6}.${i}` })
      .catch(() => undefined);
    viewer?.accept(7, 16, 0, -239, -312, -313);
    viewer?.request(false);
    await viewer?.update();
    viewer?.stream.destroy();
    await settled();
  }
  await until('all are gone', () => served.server.viewers === 0);
  const { sessions, arriving, failures } = served.server as unknown as Record<string, { size: number }>;
  expect([sessions!.size, arriving!.size]).toEqual([0, 0]);
  expect(failures!.size).toBeLessThanOrEqual(256);
  served.server.close();
}, 120_000);

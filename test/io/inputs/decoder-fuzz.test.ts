import * as fc from 'fast-check';
import * as codes from '../../../src/io/inputs/event-codes';
import type { DeviceState } from '../../../src/io/inputs/contact-tracker';
import { EvdevRecords } from '../../../src/io/inputs/evdev-records';
import { PointerDecoder, type PointerDevice } from '../../../src/io/inputs/pointer-decoder';
import type { PointerEvent } from '../../../src/io/inputs/pointer-event';
import { turnedSize, rotations } from '../../../src/io/rotation';
import { bytesOf } from './evdev-bytes';

const panel = { width: 800, height: 480 };
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const word = fc.integer({ min: 0, max: 0xffff });
const usual = fc.constantFrom(
  [codes.EV_SYN, codes.SYN_REPORT],
  [codes.EV_SYN, codes.SYN_REPORT],
  [codes.EV_SYN, codes.SYN_REPORT],
  [codes.EV_SYN, codes.SYN_DROPPED],
  [codes.EV_SYN, codes.SYN_MT_REPORT],
  [codes.EV_KEY, codes.BTN_TOUCH],
  [codes.EV_KEY, codes.BTN_LEFT],
  [codes.EV_ABS, codes.ABS_X],
  [codes.EV_ABS, codes.ABS_Y],
  [codes.EV_ABS, codes.ABS_MT_SLOT],
  [codes.EV_ABS, codes.ABS_MT_TRACKING_ID],
  [codes.EV_ABS, codes.ABS_MT_TRACKING_ID],
  [codes.EV_ABS, codes.ABS_MT_POSITION_X],
  [codes.EV_ABS, codes.ABS_MT_POSITION_Y],
  [codes.EV_REL, codes.REL_X],
  [codes.EV_REL, codes.REL_Y],
);
const record = fc
  .tuple(
    fc.oneof({ weight: 20, arbitrary: usual }, fc.tuple(word, word)),
    fc.oneof(fc.integer({ min: -1, max: 3 }), int32),
  )
  .map(([[type, code], value]) => ({ type: type, code: code, value }));
const range = fc.record({ minimum: int32, maximum: int32 });
const device: fc.Arbitrary<PointerDevice> = fc.oneof(
  fc.constant({ kind: 'mouse' as const }),
  fc.record({
    kind: fc.constantFrom('touch' as const, 'listed' as const, 'multitouch' as const, 'unbuttoned' as const),
    x: range,
    y: range,
  }),
);
const finger = fc.record({ id: fc.integer({ min: -1, max: 3 }), x: int32, y: int32 });
const state: fc.Arbitrary<DeviceState | undefined> = fc.option(
  fc.record(
    {
      pressed: fc.boolean(),
      x: int32,
      y: int32,
      slot: fc.integer({ min: 0, max: 70 }),
      slots: fc.array(finger),
    },
    { requiredKeys: ['pressed'] },
  ),
  { nil: undefined },
);

/** Throws unless the events are press, moves, release, press …, all in whole pixels of the picture. */
function check(events: readonly PointerEvent[], size: { width: number; height: number }): void {
  let pressed = false;
  for (const { type, x, y } of events) {
    expect(type === 'press').toBe(!pressed);
    pressed = type !== 'release';
    expect(Number.isInteger(x) && x >= 0 && x < size.width).toBe(true);
    expect(Number.isInteger(y) && y >= 0 && y < size.height).toBe(true);
  }
  expect(pressed).toBe(false);
}

test('whatever records come, events are whole presses in the picture', () => {
  fc.assert(
    fc.property(
      device,
      fc.constantFrom(...rotations),
      fc.array(record, { maxLength: 200 }),
      fc.array(state, { maxLength: 5 }),
      (kind, rotation, records, states) => {
        const size = turnedSize(panel, rotation);
        const decoder = new PointerDecoder(kind, size, rotation, () => states.shift());
        check([...records.flatMap((one) => decoder.decode(one)), ...decoder.lift()], size);
      },
    ),
    { numRuns: 1000 },
  );
});

test('records are the same however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(record), fc.array(fc.nat(60), { maxLength: 30 }), (records, cuts) => {
      const bytes = bytesOf(...records);
      const reader = new EvdevRecords();
      const read = [];
      let from = 0;
      for (const cut of [...cuts, bytes.length]) {
        read.push(...reader.take(bytes.subarray(from, from + cut)));
        from = Math.min(bytes.length, from + cut);
      }
      expect(read.map(({ type, code, value }) => ({ type, code, value }))).toEqual(records);
    }),
  );
});

test('any bytes at all are records', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      const count = Math.floor(bytes.length / bytesOf({ type: 0, code: 0, value: 0 }).length);
      expect(new EvdevRecords().take(Buffer.from(bytes))).toHaveLength(count);
    }),
  );
});

import { evtvReading } from '../../src/devices/evtv/readings';
import fc from 'fast-check';
import type { Battery } from '../../src/model/battery';
import type { Surface } from '../../src/render/surface';

const finite = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

/** Something that can happen between two pictures. */
export const happening = fc.oneof(
  fc.record({
    kind: fc.constant('pack' as const),
    current: fc.oneof(finite(-400, 400), finite(-32768, 32767)),
    volts: fc.oneof(finite(400, 500), finite(0, 65535)),
    degrees: finite(0, 255),
  }),
  fc.record({ kind: fc.constant('soc' as const), half: finite(0, 255) }),
  fc.record({ kind: fc.constant('cells' as const), average: finite(2900, 4400), spread: finite(0, 400) }),
  fc.record({
    kind: fc.constant('module' as const),
    index: finite(0, 5),
    total: finite(1, 42),
    raw: finite(0, 255),
  }),
  fc.record({ kind: fc.constant('cutoffs' as const), low: finite(25, 33), high: finite(36, 43) }),
  fc.record({ kind: fc.constant('silence' as const), ms: finite(0, 12_000) }),
  fc.record({ kind: fc.constant('press' as const), target: finite(0, 4) }),
  fc.record({ kind: fc.constant('zoom' as const) }),
  fc.record({ kind: fc.constant('acknowledge' as const) }),
);
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** What a battery says of it. */
export function tellBattery(battery: Battery, what: Happening, now: number): void {
  switch (what.kind) {
    case 'pack':
      battery.apply(
        evtvReading(
          {
            message: '0x150',
            packCurrent: what.current,
            packVoltage: what.volts / 10,
            temperatureMax: what.degrees,
          },
          now,
        ),
      );
      return;
    case 'soc':
      battery.apply(evtvReading({ message: '0x650', stateOfCharge: what.half / 2 }, now));
      return;
    case 'cells': {
      const [cellAverage, spread] = [what.average / 1000, what.spread / 1000];
      battery.apply(
        evtvReading(
          { message: '0x651', cellAverage, cellLow: cellAverage - spread, cellHigh: cellAverage + spread },
          now,
        ),
      );
      return;
    }
    case 'module': {
      const voltages = [0, 1, 2, 3, 4, 5].map((cell) => (200 + ((what.raw + cell * 3) % 256)) / 100);
      battery.apply(
        evtvReading(
          { message: '0x68F', module: { index: what.index % what.total, total: what.total, voltages } },
          now,
        ),
      );
      return;
    }
    case 'cutoffs':
      battery.apply(
        evtvReading({ message: '0x652', lowCutoff: what.low / 10, highCutoff: what.high / 10 }, now),
      );
      return;
    case 'silence':
    case 'press':
    case 'zoom':
    case 'acknowledge':
  }
}

/** The rectangle around all pixels that differ, for the message. */
export function difference(a: Surface, b: Surface): string {
  const [left, right] = [a.canvas.toBuffer('raw'), b.canvas.toBuffer('raw')];
  const differing: number[] = [];
  for (let i = 0; i < left.length; i += 4)
    if (left.readUInt32LE(i) !== right.readUInt32LE(i)) differing.push(i / 4);
  const xs = differing.map((pixel) => pixel % a.width);
  const ys = differing.map((pixel) => Math.floor(pixel / a.width));
  return `x ${Math.min(...xs)}..${Math.max(...xs)}, y ${Math.min(...ys)}..${Math.max(...ys)}, ${differing.length} pixels`;
}

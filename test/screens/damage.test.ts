import fc from 'fast-check';
import type { Battery } from '../../src/model/battery';
import { Surface } from '../../src/render/surface';
import { mainScreen, silence, surroundings, heardAt, root } from './stories';

expect(root).toBeDefined();

const finite = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

/** Something that can happen between two pictures. */
const happening = fc.oneof(
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
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

function tellBattery(battery: Battery, what: Happening, now: number): void {
  switch (what.kind) {
    case 'pack':
      battery.apply(
        {
          message: '0x150',
          packCurrent: what.current,
          packVoltage: what.volts / 10,
          temperatureMax: what.degrees,
        },
        now,
      );
      return;
    case 'soc':
      battery.apply({ message: '0x650', stateOfCharge: what.half / 2 }, now);
      return;
    case 'cells': {
      const [cellAverage, spread] = [what.average / 1000, what.spread / 1000];
      battery.apply(
        { message: '0x651', cellAverage, cellLow: cellAverage - spread, cellHigh: cellAverage + spread },
        now,
      );
      return;
    }
    case 'module': {
      const voltages = [0, 1, 2, 3, 4, 5].map((cell) => (200 + ((what.raw + cell * 3) % 256)) / 100);
      battery.apply(
        { message: '0x68F', module: { index: what.index % what.total, total: what.total, voltages } },
        now,
      );
      return;
    }
    case 'cutoffs':
      battery.apply({ message: '0x652', lowCutoff: what.low / 10, highCutoff: what.high / 10 }, now);
      return;
    case 'silence':
    case 'press':
    case 'zoom':
    case 'acknowledge':
  }
}

/** The rectangle around all pixels that differ, for the message. */
function difference(a: Surface, b: Surface): string {
  const [left, right] = [a.canvas.toBuffer('raw'), b.canvas.toBuffer('raw')];
  const differing: number[] = [];
  for (let i = 0; i < left.length; i += 4)
    if (left.readUInt32LE(i) !== right.readUInt32LE(i)) differing.push(i / 4);
  const xs = differing.map((pixel) => pixel % a.width);
  const ys = differing.map((pixel) => Math.floor(pixel / a.width));
  return `x ${Math.min(...xs)}..${Math.max(...xs)}, y ${Math.min(...ys)}..${Math.max(...ys)}, ${differing.length} pixels`;
}

// A dirty rectangle must redraw all that crosses it: whatever happens, what was repainted in parts has to be, pixel for
// pixel, what a whole repaint gives.
test.each([
  ['800x480', 800, 480],
  ['480x320', 480, 320],
])(
  'repainting only what was damaged gives the picture that repainting everything gives, at %s',
  (_, width, height) => {
    let pictures = 0;
    fc.assert(
      fc.property(fc.array(happening, { minLength: 20, maxLength: 60 }), (story) => {
        const monitored = silence();
        const screen = mainScreen(monitored, width, height, true);
        const [surface, whole] = [new Surface(width, height), new Surface(width, height)];
        let scene: unknown;
        let now = heardAt;
        for (const what of story) {
          now += what.kind === 'silence' ? what.ms : 90;
          tellBattery(monitored.battery, what, now);
          if (what.kind === 'press') screen.press(screen.targets[what.target]);
          if (what.kind === 'zoom') screen.tap('zoom');
          if (what.kind === 'acknowledge') screen.tap('alarm');
          monitored.alarms.look(monitored.battery, now);
          screen.update({ ...surroundings(0), now });
          if (scene !== screen.scene) surface.show(screen.scene);
          scene = screen.scene;
          surface.repaint();
          pictures++;
          whole.show(screen.scene);
          whole.repaint();
          if (!surface.canvas.toBuffer('raw').equals(whole.canvas.toBuffer('raw'))) {
            const where = difference(surface, whole);
            throw new Error(
              `after ${JSON.stringify(what)} the picture differs from a whole repaint in ${where}`,
            );
          }
        }
      }),
      { numRuns: width === 800 ? 60 : 30 },
    );
    expect(pictures).toBeGreaterThan(600);
  },
  120_000,
);

test('nothing that changed repaints nothing', () => {
  const monitored = silence();
  monitored.battery.apply({ message: '0x150', packCurrent: 10, packVoltage: 48 }, heardAt);
  const screen = mainScreen(monitored);
  const surface = new Surface(800, 480);
  screen.update(surroundings(0));
  surface.show(screen.scene);
  expect(surface.repaint()).toEqual([{ x: 0, y: 0, width: 800, height: 480 }]);
  screen.update(surroundings(300));
  expect(surface.repaint()).toEqual([]);
});

test('a number that changed repaints less than a twentieth of the screen', () => {
  const monitored = silence();
  const { battery } = monitored;
  battery.apply({ message: '0x650', stateOfCharge: 50 }, heardAt);
  const screen = mainScreen(monitored);
  const surface = new Surface(800, 480);
  screen.update(surroundings(0));
  surface.show(screen.scene);
  surface.repaint();
  battery.apply({ message: '0x650', stateOfCharge: 50.5 }, heardAt + 300);
  screen.update(surroundings(300));
  const damage = surface.repaint();
  expect(damage.length).toBeGreaterThan(0);
  expect(damage.reduce((sum, { width, height }) => sum + width * height, 0)).toBeLessThan((800 * 480) / 20);
});

import { evtvReading } from '../../src/devices/evtv/readings';
import fc from 'fast-check';
import { Surface } from '../../src/render/surface';
import { difference, happening, tellBattery } from './happenings';
import { heardAt, screens, silence, surroundings, tell } from './stories';

const finger = fc.record({
  kind: fc.constant('finger' as const),
  type: fc.constantFrom('press' as const, 'move' as const, 'release' as const),
  x: fc.double({ min: 0, max: 0.999, noNaN: true }),
  // Often on the controls of the head, for most of what can be changed is there.
  y: fc.oneof(fc.double({ min: 0, max: 0.14, noNaN: true }), fc.double({ min: 0, max: 0.999, noNaN: true })),
});

// As for the main screen: whatever happens, and wherever a finger goes, what was repainted in parts is what a whole
// repaint gives.
test.each(
  (['soc-log', 'cells', 'power-log'] as const).flatMap((screen) => [
    [screen, 800, 480] as const,
    [screen, 480, 320] as const,
    [screen, 480, 800] as const,
  ]),
)(
  'repainting only what was damaged gives the picture that repainting everything gives: %s at %ix%i',
  (screen, width, height) => {
    let pictures = 0;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(happening, finger), { minLength: 15, maxLength: 40 }),
        fc.boolean(),
        (story, hasPast) => {
          const monitored = hasPast ? tell({ modules: 6, current: 20, voltage: 48 }) : silence();
          const navigator = screens(monitored, screen, [width, height]);
          const [surface, whole] = [new Surface(width, height), new Surface(width, height)];
          let scene: unknown;
          let now = heardAt;
          for (const what of story) {
            now += what.kind === 'silence' ? what.ms : 190;
            if (what.kind === 'finger') {
              navigator.pointer({
                type: what.type,
                x: Math.floor(what.x * width),
                y: Math.floor(what.y * height),
              });
              if (navigator.screenName !== screen) navigator.open(screen);
            } else tellBattery(monitored.battery, what, now);
            if (what.kind === 'acknowledge') monitored.alarms.acknowledge();
            monitored.alarms.look(monitored.battery, now);
            monitored.socLog.sample(now, monitored.battery.quantity('stateOfCharge', now).value);
            monitored.powerLog.add(monitored.battery.power(now).value ?? NaN, now);
            navigator.update({ ...surroundings(0), now });
            if (scene !== navigator.scene) surface.show(navigator.scene);
            scene = navigator.scene;
            surface.repaint();
            pictures++;
            whole.show(navigator.scene);
            whole.repaint();
            if (!surface.canvas.toBuffer('raw').equals(whole.canvas.toBuffer('raw'))) {
              const where = difference(surface, whole);
              throw new Error(
                `after ${JSON.stringify(what)} the picture differs from a whole repaint in ${where}`,
              );
            }
          }
        },
      ),
      { numRuns: 12 },
    );
    expect(pictures).toBeGreaterThan(100);
  },
  120_000,
);

test('a second that passes repaints less than a twentieth of the SOC log', () => {
  const monitored = tell({ modules: 6, current: 20, voltage: 48 });
  const navigator = screens(monitored, 'soc-log');
  const surface = new Surface(800, 480);
  navigator.update(surroundings(0));
  surface.show(navigator.scene);
  surface.repaint();
  monitored.battery.apply(evtvReading({ message: '0x650', stateOfCharge: 77.5 }, heardAt + 1000));
  navigator.update({ ...surroundings(1000) });
  const painted = surface.repaint().reduce((sum, { width, height }) => sum + width * height, 0);
  expect(painted).toBeLessThan((800 * 480) / 20);
});

test.each(['soc-log', 'cells', 'power-log'] as const)(
  '%s: nothing that changed repaints nothing',
  (screen) => {
    const navigator = screens(tell({ modules: 16, current: 20, voltage: 48 }), screen);
    const surface = new Surface(800, 480);
    navigator.update(surroundings(0));
    surface.show(navigator.scene);
    surface.repaint();
    navigator.update(surroundings(300));
    expect(surface.repaint()).toEqual([]);
  },
);

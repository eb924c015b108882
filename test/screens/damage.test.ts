import { evtvReading } from '../../src/devices/evtv/readings';
import fc from 'fast-check';
import { Surface } from '../../src/render/surface';
import { difference, happening, tellBattery } from './happenings';
import { mainScreen, silence, surroundings, heardAt } from './stories';

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
  monitored.battery.apply(evtvReading({ message: '0x150', packCurrent: 10, packVoltage: 48 }, heardAt));
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
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 50 }, heardAt));
  const screen = mainScreen(monitored);
  const surface = new Surface(800, 480);
  screen.update(surroundings(0));
  surface.show(screen.scene);
  surface.repaint();
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 50.5 }, heardAt + 300));
  screen.update(surroundings(300));
  const damage = surface.repaint();
  expect(damage.length).toBeGreaterThan(0);
  expect(damage.reduce((sum, { width, height }) => sum + width * height, 0)).toBeLessThan((800 * 480) / 20);
});

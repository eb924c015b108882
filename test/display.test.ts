import { evtvReading } from '../src/devices/evtv/readings';
import { createCanvas, type Canvas } from 'canvas';
import { Display } from '../src/display';
import type { DamageRect, Output } from '../src/io/outputs/output';
import { Surface } from '../src/render/surface';
import { Navigator } from '../src/screens/navigator';
import { heardAt, mainScreen, silence, surroundings } from './screens/stories';

class CountingOutput implements Output {
  readonly width = 800;
  readonly height = 480;
  presented = 0;
  readonly copy = createCanvas(800, 480);

  present(picture: Canvas, damage: readonly DamageRect[]): void {
    expect(damage.length).toBeGreaterThan(0);
    this.presented++;
    this.copy.getContext('2d').drawImage(picture, 0, 0);
  }

  close(): void {
    this.presented = -1;
  }
}

/** A display whose time is jest's. */
function display(): {
  display: Display;
  output: CountingOutput;
  keys: string[];
  tell: (amps: number) => void;
} {
  const monitored = silence();
  const output = new CountingOutput();
  const monotonic = (): number => heardAt + performance.now();
  const screen = mainScreen(monitored, 800, 480, true);
  const keys: string[] = [];
  const navigator = new Navigator(() => screen);
  jest.spyOn(navigator, 'key').mockImplementation(({ key }) => void keys.push(key));
  const made = new Display({
    clock: { monotonic },
    surface: new Surface(800, 480),
    navigator,
    outputs: [output],
    surroundings: () => ({ ...surroundings(0), now: monotonic() }),
  });
  return {
    display: made,
    output,
    keys,
    tell: (amps) => {
      monitored.battery.apply(
        evtvReading({ message: '0x150', packCurrent: amps, packVoltage: 48 }, monotonic()),
      );
      made.changed();
    },
  };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a change is drawn at once when nothing was drawn lately', () => {
  const { display: shown, output, tell } = display();
  shown.draw();
  jest.advanceTimersByTime(1000);
  tell(100);
  jest.advanceTimersByTime(2);
  expect(output.presented).toBe(2);
});

test('however often something changes, it is drawn at most once in 16 ms', () => {
  const { display: shown, output, tell } = display();
  shown.draw();
  for (let i = 0; i < 1000; i++) {
    tell(i % 100);
    jest.advanceTimersByTime(1);
  }
  expect(output.presented).toBeGreaterThan(20);
  expect(output.presented).toBeLessThanOrEqual(1000 / 16 + 2);
});

test('a moved gauge comes to rest, and then nothing is drawn any more', () => {
  const { display: shown, output, tell } = display();
  shown.draw();
  tell(0);
  jest.advanceTimersByTime(1000);
  tell(100);
  jest.advanceTimersByTime(1000);
  const { presented } = output;
  expect(presented).toBeGreaterThan(6);
  jest.advanceTimersByTime(1000);
  expect(output.presented).toBe(presented);
  expect(jest.getTimerCount()).toBe(0);
});

test('being told of a change that is none draws nothing', () => {
  const { display: shown, output } = display();
  shown.draw();
  jest.advanceTimersByTime(1000);
  const { presented } = output;
  for (let i = 0; i < 100; i++) {
    shown.changed();
    jest.advanceTimersByTime(100);
  }
  expect(output.presented).toBe(presented);
});

test('a finger is seen at once, and a stopped display draws no more', () => {
  const { display: shown, output } = display();
  shown.draw();
  jest.advanceTimersByTime(500);
  const { presented } = output;
  shown.pointer({ type: 'press', x: 770, y: 28 });
  jest.advanceTimersByTime(17);
  expect(output.presented).toBe(presented + 1);
  shown.pointer({ type: 'release', x: 400, y: 240 });
  shown.stop();
  jest.advanceTimersByTime(500);
  expect(output.presented).toBe(presented + 1);
});

test('a key reaches the screens, and draws nothing where it means nothing', () => {
  const { display: shown, output, keys } = display();
  shown.draw();
  jest.advanceTimersByTime(500);
  const { presented } = output;
  shown.key({ key: 'Right', action: 'down', command: false });
  jest.advanceTimersByTime(17);
  expect(keys).toEqual(['Right']);
  expect(output.presented).toBe(presented);
});

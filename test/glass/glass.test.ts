import { evtvReading } from '../../src/devices/evtv/readings';
import { createCanvas, type Canvas } from 'canvas';
import { Display } from '../../src/display';
import { Glass } from '../../src/glass/glass';
import type { GlassRules } from '../../src/glass/glass-policy';
import type { Output } from '../../src/io/outputs/output';
import { Surface } from '../../src/render/surface';
import { Navigator } from '../../src/screens/navigator';
import { heardAt, mainScreen, surroundings, tell } from '../screens/stories';

const rules: GlassRules = { brightness: 70, nightBrightness: 30, night: undefined, offAfter: 60_000 };

/** A panel that notes what happens to it. */
class Panel implements Output {
  readonly width = 800;
  readonly height = 480;
  readonly events: string[] = [];
  dark = false;
  readonly copy = createCanvas(800, 480);

  present(picture: Canvas): void {
    this.events.push('picture');
    this.copy.getContext('2d').drawImage(picture, 0, 0);
  }

  show(percent: number): void {
    this.dark = percent === 0;
    this.events.push(`${percent} %`);
  }

  close(): void {
    this.events.push('closed');
  }

  take(): string[] {
    return this.events.splice(0);
  }
}

function setUp(changes: Partial<GlassRules> = {}) {
  const monitored = tell({ modules: 2, current: 10, voltage: 48 });
  const screen = mainScreen(monitored);
  const navigator = new Navigator(() => screen);
  const panel = new Panel();
  const start = performance.now();
  const now = (): number => heardAt + performance.now() - start;
  let alarming = false;
  let wall = new Date(2026, 5, 12, 12, 0);
  const clock = { monotonic: now, wall: () => wall };
  const display = new Display({
    clock,
    surface: new Surface(800, 480),
    navigator,
    outputs: [panel],
    surroundings: () => ({ ...surroundings(0), now: now() }),
  });
  const glass = new Glass({
    clock,
    rules: { ...rules, ...changes },
    light: panel,
    alarming: () => alarming,
    draw: () => display.draw(),
  });
  const touch = (type: 'press' | 'release', x = 290, y = 60): void => {
    const event = { type, x, y };
    if (glass.touched(event)) display.pointer(event);
  };
  display.draw();
  glass.open();
  return {
    panel,
    glass,
    display,
    screen,
    touch,
    now,
    battery: monitored.battery,
    alarm: (on: boolean) => (alarming = on),
    setWall: (date: Date) => (wall = date),
  };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('the glass is set once, after the first picture, and left alone while nothing changes', () => {
  const { panel, glass } = setUp({ offAfter: undefined });
  for (let i = 0; i < 1000; i++) glass.tick();
  expect(panel.take()).toEqual(['picture', '70 %']);
  expect(jest.getTimerCount()).toBe(0);
});

test('every ten seconds it is set again, for others may have set it; in the dark nothing is drawn for that', () => {
  const { panel, glass } = setUp();
  panel.take();
  const tickFor = (seconds: number): void => {
    for (let i = 0; i < seconds; i++) {
      jest.advanceTimersByTime(1000);
      glass.tick();
    }
  };
  tickFor(25);
  expect(panel.take()).toEqual(['70 %', '70 %']);
  tickFor(36);
  panel.take();
  tickFor(20);
  expect(panel.take()).toEqual(['0 %', '0 %']);
});

test('it goes dark by itself, with a warning first, and waits with one timer', () => {
  const { panel } = setUp();
  panel.take();
  jest.advanceTimersByTime(54_990);
  expect([panel.take(), jest.getTimerCount()]).toEqual([[], 1]);
  jest.advanceTimersByTime(20);
  expect(panel.take()).toEqual(['10 %']);
  jest.advanceTimersByTime(5000);
  expect([panel.take(), jest.getTimerCount()]).toEqual([['0 %'], 0]);
});

test('while it is dark nothing is drawn, whatever is heard; on waking the picture is new before it is lit', () => {
  const { panel, display, touch, battery, now } = setUp();
  jest.advanceTimersByTime(61_000);
  const before = panel.copy.toBuffer('raw');
  panel.take();
  for (let i = 0; i < 100; i++) {
    battery.apply(evtvReading({ message: '0x150', packCurrent: i, packVoltage: 48 }, now()));
    display.changed();
    jest.advanceTimersByTime(100);
  }
  expect([panel.take(), jest.getTimerCount()]).toEqual([[], 0]);
  touch('press');
  expect(panel.take()).toEqual(['picture', '70 %']);
  expect(panel.copy.toBuffer('raw').equals(before)).toBe(false);
});

test('the touch that wakes does nothing: no action, no highlight; the next one acts', () => {
  const { panel, screen, touch } = setUp();
  jest.advanceTimersByTime(61_000);
  const [press, tap] = [jest.spyOn(screen, 'press'), jest.spyOn(screen, 'tap')];
  touch('press');
  touch('release');
  expect(press.mock.calls.length + tap.mock.calls.length).toBe(0);
  expect(panel.dark).toBe(false);
  touch('press');
  touch('release');
  expect(tap.mock.calls).toEqual([['zoom']]);
});

test('a touch in the warning acts at once, and brightens', () => {
  const { panel, screen, touch } = setUp();
  jest.advanceTimersByTime(57_000);
  panel.take();
  const tap = jest.spyOn(screen, 'tap');
  touch('press');
  expect(panel.take()).toEqual(['70 %']);
  touch('release');
  expect(tap).toHaveBeenCalledTimes(1);
});

test('an alarm lights a dark screen at the next tick and keeps it lit', () => {
  const { panel, glass, alarm } = setUp();
  jest.advanceTimersByTime(61_000);
  panel.take();
  alarm(true);
  for (let i = 0; i < 300; i++) {
    glass.tick();
    jest.advanceTimersByTime(1000);
  }
  expect(new Set(panel.take().filter((event) => event !== 'picture'))).toEqual(new Set(['70 %']));
  alarm(false);
  jest.advanceTimersByTime(61_000);
  expect(panel.dark).toBe(true);
});

test('the night comes with the tick, and a jump of the clock by years does not make it dark', () => {
  const { panel, glass, setWall } = setUp({ night: { from: 1260, to: 390 } });
  panel.take();
  setWall(new Date(2027, 0, 1, 22, 0));
  glass.tick();
  setWall(new Date(1970, 0, 1, 3, 0));
  glass.tick();
  setWall(new Date(2099, 0, 1, 3, 0));
  glass.tick();
  expect(panel.take()).toEqual(['30 %', '70 %', '30 %']);
});

test('closing gives the panel back once, and nothing happens afterwards', () => {
  const { panel, glass, display, touch } = setUp();
  panel.take();
  glass.close();
  glass.close();
  glass.tick();
  glass.open();
  touch('press');
  jest.advanceTimersByTime(20);
  expect(panel.take().filter((event) => event !== 'picture')).toEqual(['closed']);
  display.stop();
  expect(jest.getTimerCount()).toBe(0);
});

test('a key that wakes the screen does nothing else, nor while it is held', () => {
  const { glass, panel } = setUp();
  glass.open();
  jest.advanceTimersByTime(60_000);
  expect(panel.dark).toBe(true);
  expect(glass.pressed({ action: 'down' })).toBe(false);
  expect(panel.dark).toBe(false);
  expect(glass.pressed({ action: 'repeat' })).toBe(false);
  expect(glass.pressed({ action: 'down' })).toBe(true);
});

test('other rules hold at once: brighter or darker, and when it goes dark', () => {
  const { panel, glass } = setUp();
  panel.take();
  glass.follow({ ...rules, brightness: 40 });
  expect(panel.take()).toEqual(['40 %']);
  glass.follow({ ...rules, brightness: 40, offAfter: undefined });
  jest.advanceTimersByTime(600_000);
  expect(panel.take()).toEqual([]);
});

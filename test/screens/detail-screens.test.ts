import { evtvReading } from '../../src/devices/evtv/readings';
import fc from 'fast-check';
import { dayPalette } from '../../src/render/theme';
import { contains, type Rect } from '../../src/render/rect';
import { nearestCell } from '../../src/render/widgets/cell-plot';
import { barGrid } from '../../src/render/widgets/cell-bars';
import { TextStyle } from '../../src/render/text';
import {
  cellReading,
  cellsCount,
  cellsView,
  deviationScale,
  voltageWindow,
} from '../../src/screens/cells/cells-view';
import { layoutCells } from '../../src/screens/cells/cells-layout';
import { emptyAreas } from '../../src/screens/detail/empty-areas';
import { momentText, timeLabels } from '../../src/screens/detail/time-labels';
import { formatEnergy, formatSpan } from '../../src/screens/format';
import { layoutPowerLog, powerBarsGrid, powerSpans } from '../../src/screens/power-log/power-log-layout';
import { layoutSocLog } from '../../src/screens/soc-log/soc-log-layout';
import { pictureOf as written } from '../golden-picture';
import { wordsOf } from '../pictures/words';
import { heardAt, pictureOf, screens, silence, surroundings, tell, tellAlarm, touch } from './stories';

const charging = { modules: 16, current: 124, voltage: 49.4 };
const details = ['soc-log', 'cells', 'power-log'] as const;

test('S0.35, S0.37: 702 bars of one pixel at 800x480, as many as fit elsewhere', () => {
  expect(layoutSocLog(800, 480)).toMatchObject({ bars: 702, pitch: 1 });
  for (const [width, height] of [
    [480, 320],
    [1024, 600],
    [1920, 1080],
    [480, 800],
    [3840, 2160],
  ] as const) {
    const { bars, pitch, plot } = layoutSocLog(width, height);
    expect(bars * pitch).toBe(plot.width);
    expect(bars * pitch).toBeGreaterThan(width * 0.75);
    expect(bars).toBeLessThanOrEqual(2048);
  }
});

test('S0.37, S0.38: spans in words, from 11.7 minutes to 4.2 days', () => {
  const spans = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((seconds) => formatSpan(702 * seconds));
  expect(spans).toEqual([
    '11.7 min',
    '23.4 min',
    '46.8 min',
    '1.6 h',
    '3.1 h',
    '6.2 h',
    '12.5 h',
    '25.0 h',
    '2.1 days',
    '4.2 days',
  ]);
});

test('S0.36: the left arrow lengthens the span and the right one shortens it; at the ends they do nothing', () => {
  const navigator = screens(tell(charging), 'soc-log');
  const around = surroundings(200);
  const spans = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((seconds) => formatSpan(702 * seconds));
  /** Which of the spans is said. */
  const span = (): number => {
    const said = wordsOf(written(pictureOf(navigator, around).canvas).texts).map(({ text }) => text);
    const found = spans.filter((each) => said.some((text) => text.includes(each)));
    expect(found).toHaveLength(1);
    return spans.indexOf(found[0] ?? '');
  };
  /** Touches an arrow again and again. Returns the span after each time. */
  const after = (x: number, times: number): number[] =>
    Array.from({ length: times }, () => {
      touch(navigator, [x, 440]);
      return span();
    });
  expect(span()).toBe(4);
  expect(after(100, 7)).toEqual([5, 6, 7, 8, 9, 9, 9]);
  expect(after(700, 11)).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0]);
  expect(navigator.screenName).toBe('soc-log');
});

test('S0.41: a tap in the middle of the SOC log returns; a finger that slides over it reads it and stays', () => {
  const navigator = screens(tell(charging), 'soc-log');
  navigator.update(surroundings(200));
  touch(navigator, [300, 200], [500, 210]);
  expect(navigator.screenName).toBe('soc-log');
  touch(navigator, [400, 240]);
  expect(navigator.screenName).toBe('main');
});

test.each(details)(
  'S0.48, S0.51: %s is left by its arrow and wherever there is nothing to touch',
  (screen) => {
    for (const place of [
      [40, 36],
      [300, 20],
      [400, 472],
      [3, 300],
    ] as const) {
      const navigator = screens(tell(charging), screen);
      navigator.update(surroundings(200));
      touch(navigator, place);
      expect([place, navigator.screenName]).toEqual([place, 'main']);
    }
  },
);

test.each(details)('%s: a touch is answered in the very next picture', (screen) => {
  const navigator = screens(tell(charging), screen);
  const around = surroundings(200);
  const before = pictureOf(navigator, around).canvas.toBuffer('raw');
  const finger = [300, 200] as const;
  navigator.pointer({ type: 'press', x: finger[0], y: finger[1] });
  const pressed = pictureOf(navigator, { ...around, now: around.now + 1 }).canvas.toBuffer('raw');
  expect(pressed.equals(before)).toBe(false);
  navigator.pointer({ type: 'move', x: finger[0] + 60, y: finger[1] });
  const moved = pictureOf(navigator, { ...around, now: around.now + 2 }).canvas.toBuffer('raw');
  expect(moved.equals(pressed)).toBe(false);
});

test.each(details)('%s: an alarm is acknowledged where it stands, and the way back stays', (screen) => {
  const monitored = tellAlarm({ ...charging, weakest: 4.25 });
  const navigator = screens(monitored, screen);
  navigator.update(surroundings(200));
  touch(navigator, [600, 36]);
  expect([monitored.alarms.alarming, navigator.screenName]).toEqual([false, screen]);
  navigator.update(surroundings(201));
  touch(navigator, [40, 36]);
  expect(navigator.screenName).toBe('main');
});

test('S0.34: the power log and the main screen share their scale', () => {
  const navigator = screens(tell(charging), 'power-log');
  const main = screens(tell(charging), 'main');
  const zoomed = (shown: typeof navigator): Buffer =>
    pictureOf(shown, surroundings(200)).canvas.toBuffer('raw');
  const plain = zoomed(main);
  navigator.update(surroundings(200));
  touch(navigator, [570, 36]);
  navigator.open('main');
  expect(zoomed(navigator).equals(plain)).toBe(false);
  touch(main, [290, 60]);
  expect(zoomed(navigator).equals(zoomed(main))).toBe(true);
});

test('S0.43, S0.45, S0.136: a cell is read with its number, module, voltage and distance from the mean', () => {
  const { battery } = tell(charging);
  const view = cellsView(battery, heardAt + 200);
  expect(cellReading(view, 20)).toMatch(/^Cell 21 · module 4 · 3\.98 V · −\d+ mV to the mean$/);
  expect([view.lowest, view.voltages.length, view.beyond]).toEqual([20, 96, 0]);
  expect(cellsCount(view)).toBe('96 cells in 16 modules');
});

test('S0.44: every value of the cells is brought up to date about every second', () => {
  const monitored = tell({ modules: 40, current: 12, voltage: 400 });
  const navigator = screens(monitored, 'cells');
  let now = heardAt;
  // As packdial does: a look now and then, and when the screen has asked for one.
  const look = (): Buffer => {
    const around = { ...surroundings(0), now };
    navigator.update(around);
    return pictureOf(navigator, around).canvas.toBuffer('raw');
  };
  let before = look();
  for (let second = 1; second <= 6; second++) {
    now = heardAt + second * 1000;
    // One cell of the last module, by a hundredth of a volt.
    const voltages = [4.02, 4.02, 4.02, 4.02, 4.02, 4.02 + (second % 2) / 100];
    monitored.battery.apply(
      evtvReading({ message: '0x68F', module: { index: 39, total: 40, voltages } }, now),
    );
    now += 250;
    look();
    now += 250;
    const after = look();
    expect([second, after.equals(before)]).toEqual([second, false]);
    before = after;
  }
});

test('S0.46, S0.47, S0.99: 6 to 240 cells, and what is beyond is said', () => {
  const count = (modules: number, announced = modules): string =>
    cellsCount(cellsView(tell({ ...charging, modules, announced }).battery, heardAt));
  expect([count(1), count(40), count(40, 42)]).toEqual([
    '6 cells in 1 module',
    '240 cells in 40 modules',
    '240 cells in 40 modules · +12 cells not shown',
  ]);
});

test('S0.98: a module that is lost is missing, one that is late is old, and neither passes for live', () => {
  const { battery } = tell(charging);
  const now = heardAt + 12_000;
  const voltages = [4, 4, 4, 4, 4, 4];
  battery.apply(evtvReading({ message: '0x68F', module: { index: 0, total: 16, voltages } }, now - 4000));
  battery.apply(evtvReading({ message: '0x68F', module: { index: 1, total: 16, voltages } }, now));
  const view = cellsView(battery, now);
  expect(view.voltages.filter((voltage) => voltage !== undefined)).toHaveLength(12);
  expect([view.late[0], view.late[6], view.unheard]).toEqual([true, false, 84]);
  expect(cellReading(view, 0)).toMatch(/old$/);
  expect(cellReading(view, 50)).toBe('Cell 51 · module 9 · not heard');
});

test('the window of the voltages holds the cut-offs and every cell, whatever they are', () => {
  const volt = fc.integer({ min: 200, max: 455 }).map((raw) => raw / 100);
  fc.assert(
    fc.property(
      fc.array(volt, { minLength: 6, maxLength: 6 }),
      fc.option(fc.tuple(volt, volt)),
      (voltages, limits) => {
        const { battery } = silence();
        battery.apply(evtvReading({ message: '0x68F', module: { index: 0, total: 1, voltages } }, 0));
        if (limits !== null)
          battery.apply(evtvReading({ message: '0x652', lowCutoff: limits[0], highCutoff: limits[1] }, 0));
        const view = cellsView(battery, 0);
        const { bottom, top } = voltageWindow(view, undefined);
        for (const volts of [...voltages, view.lowCutoff, view.highCutoff]) {
          if (volts === undefined) continue;
          expect(volts).toBeGreaterThanOrEqual(bottom);
          expect(volts).toBeLessThanOrEqual(top);
        }
        const scale = deviationScale(view, undefined);
        for (const volts of voltages) expect(Math.abs(volts - (view.mean ?? NaN))).toBeLessThanOrEqual(scale);
      },
    ),
  );
});

test('S0.42: 240 cells at 800x480 have bars of two pixels and a gap of one, all of them in the plot', () => {
  const { bars } = layoutCells(800, 480);
  const grid = barGrid(bars.width, 240, 6, 96, 4);
  expect([grid.barWidth, grid.left(1) - grid.left(0)]).toEqual([2, 3]);
  expect(grid.left(0)).toBeGreaterThanOrEqual(0);
  expect(grid.left(239) + grid.barWidth).toBeLessThanOrEqual(bars.width);
});

test('every cell can be found by a finger: the bar nearest to it', () => {
  const { bars } = layoutCells(800, 480);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (modules, n) => {
      const cells = modules * 6;
      const cell = n % cells;
      const grid = barGrid(bars.width, cells, 6, 96, 4);
      expect(nearestCell(bars, cells, 6, bars.x + grid.left(cell) + Math.floor(grid.barWidth / 2))).toBe(
        cell,
      );
    }),
  );
  expect(nearestCell(bars, 0, 6, 100)).toBeUndefined();
  expect([nearestCell(bars, 96, 6, -50), nearestCell(bars, 96, 6, 5000)]).toEqual([0, 95]);
});

test('S0.49, S0.50: every step of four hours and of a day has its pixels, in whole bars', () => {
  for (const [width, height] of [
    [800, 480],
    [480, 320],
    [1024, 600],
    [480, 800],
    [1920, 1080],
  ] as const) {
    const { plot } = layoutPowerLog(width, height);
    for (const span of powerSpans) {
      const { bars, pitch, steps } = powerBarsGrid(plot, span);
      expect([bars * pitch, bars * steps, Number.isInteger(pitch)]).toEqual([plot.width, span, true]);
    }
  }
  expect(powerBarsGrid(layoutPowerLog(800, 480).plot, 720)).toEqual({ bars: 720, pitch: 1, steps: 1 });
});

const style = new TextStyle(15, 500, dayPalette.tertiary);
const axis = { x: 62, width: 702, style, endStyle: style };

test('S0.35: the axis tells the time of day at its left edge and at round times in between', () => {
  const wall = new Date(2026, 5, 12, 12, 41, 7);
  const { left, texts, xs } = timeLabels({ ...axis, span: 3 * 3_600_000, wall });
  expect(left).toBe('09:41');
  expect(texts).toEqual(['12:00', '11:30', '11:00', '10:30', '10:00']);
  expect(xs[0]).toBeCloseTo(62 + 702 * (1 - (41 * 60 + 7) / 10_800), -1);
  const days = timeLabels({ ...axis, span: 702 * 512_000, wall });
  expect(days.left).toBe('8 Jun 08:50');
  expect(days.texts).toContain('10 Jun');
});

test('a machine that cannot know the time tells ages instead', () => {
  const wall = new Date(1970, 0, 2);
  expect(timeLabels({ ...axis, span: 3 * 3_600_000, wall })).toMatchObject({ left: '3.0 h ago' });
  expect(timeLabels({ ...axis, span: 3 * 3_600_000, wall }).texts).toContain('2 h');
  expect(momentText(65_000, wall, true)).toBe('1 min ago');
});

test('a moment of another day has its day', () => {
  const wall = new Date(2026, 5, 12, 0, 10, 0);
  expect(momentText(3_600_000, wall, false)).toBe('11 Jun 23:10');
  expect(momentText(61_000, wall, true)).toBe('00:08:59');
});

test('energy is told with the decimals that it is worth', () => {
  expect([0, 9.999, 99.99, 123.44, 12_345.6].map(formatEnergy)).toEqual([
    '0.00',
    '10.00',
    '99.99',
    '123.4',
    '12346',
  ]);
});

test('what is left beside some rectangles is all of the rest, once', () => {
  const side = fc.integer({ min: 0, max: 40 });
  const rect: fc.Arbitrary<Rect> = fc.record({ x: side, y: side, width: side, height: side });
  fc.assert(
    fc.property(fc.array(rect, { maxLength: 5 }), (taken) => {
      const left = emptyAreas({ x: 0, y: 0, width: 50, height: 50 }, taken);
      for (let x = 0; x < 50; x++)
        for (let y = 0; y < 50; y++) {
          const isTaken = taken.some((area) => contains(area, x, y));
          expect(left.filter((area) => contains(area, x, y))).toHaveLength(isTaken ? 0 : 1);
        }
    }),
    { numRuns: 50 },
  );
});

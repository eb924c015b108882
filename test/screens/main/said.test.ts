import type { Navigator } from '../../../src/screens/navigator';
import { pictureOf as written } from '../../golden-picture';
import { wordsOf } from '../../pictures/words';
import { pictureOf, placeOf, screens, surroundings, tell, touch, type Story } from '../stories';
import type { ScreenName } from '../../../src/screens/screen';

const charging: Story = { modules: 16, current: 124, voltage: 49.4 };

/** What a screen says, and what stands on the same line to the right of it. */
function said(
  navigator: Navigator,
  age = 200,
): { readonly all: string[]; readonly after: (text: string) => string } {
  const texts = wordsOf(written(pictureOf(navigator, surroundings(age)).canvas).texts);
  return {
    all: texts.map(({ text }) => text),
    after: (text) => {
      const one = texts.find((each) => each.text === text);
      if (one === undefined)
        throw new Error(`“${text}” is not said, but ${texts.map((each) => each.text).join(' | ')}`);
      const right = texts.filter(({ x, y }) => Math.abs(y - one.y) < 4 && x > one.x);
      return right.sort((a, b) => a.x - b.x)[0]?.text ?? '';
    },
  };
}

const screen = (story: Story, name: ScreenName = 'main'): Navigator => screens(tell(story), name);

test('S0.21, S0.22, S0.23: current with its sign, power, pack voltage and the hottest terminal', () => {
  const { after } = said(screen(charging));
  expect(after('+124')).toBe('A');
  expect(after('6.13')).toBe('');
  expect(after('49.4')).toBe('V');
  // The coldest terminal has 22 °C.
  expect(after('27')).toBe('°C');
  expect(after('77.5')).toBe('%');
});

test('S0.21: what flows out of the battery has a minus', () => {
  const { all } = said(screen({ ...charging, current: -60 }));
  expect(all).toEqual(expect.arrayContaining(['−60', 'DISCHARGING', '2.96']));
  expect(all).not.toContain('+60');
});

test('S0.25, S0.45: mean, lowest and highest cell, and how far they are apart', () => {
  // 95 cells at 4.00 to 4.04 V about 4.02, and one at 3.98 V.
  const main = said(screen(charging));
  expect(main.after('4.020')).toBe('V');
  expect(main.after('3.980')).toBe('low');
  expect(main.after('4.040')).toBe('high');
  expect(main.after('60')).toBe('mV apart');
  const weak = said(screen({ ...charging, weakest: 3.5 }));
  expect(weak.all).toEqual(expect.arrayContaining(['4.015', '3.500', '4.040', '540']));
});

test('S0.45: on the screen of the cells, each number beneath its name', () => {
  const picture = pictureOf(screen({ ...charging, weakest: 3.5 }, 'cells'), surroundings(200));
  const texts = wordsOf(written(picture.canvas).texts);
  const above = (name: string): string | undefined => {
    const caption = texts.find(({ text }) => text.startsWith(name));
    return texts
      .filter(({ x, y }) => caption !== undefined && Math.abs(x - caption.x) < 4 && y < caption.y)
      .sort((a, b) => b.y - a.y)[0]?.text;
  };
  expect(['highest', 'lowest', 'average', 'spread'].map(above)).toEqual(['4.040', '3.500', '4.015', '540']);
});

test('S0.29: the display’s own address', () => {
  expect(said(screen(charging)).all).toContain('192.168.1.72');
});

test.each(['main', 'power-log'] as const)(
  'S0.27, S0.34: the zoom of the power log says 1X, 2X, 4X, 8X, on %s',
  (name) => {
    const navigator = screen(charging, name);
    const zooms = ['1X', '2X', '4X', '8X'];
    const seen = Array.from({ length: 5 }, (_, i) => {
      const shown = said(navigator, 1000 * (i + 1)).all.filter((text) => zooms.includes(text));
      const { x, y } = placeOf(navigator.targets, 'zoom');
      touch(navigator, [x, y]);
      return shown;
    });
    expect(seen).toEqual([['1X'], ['2X'], ['4X'], ['8X'], ['1X']]);
  },
);

import * as fc from 'fast-check';
import { TextStyle } from '../../src/render/text';
import { useOwnFonts } from '../../src/render/fonts';
import { resolve } from 'node:path';

beforeAll(() => useOwnFonts(resolve(__dirname, '../..')));

test('a text is cut where no more of it fits', () => {
  const style = new TextStyle(20, 500, '#fff');
  const letters = fc.string({ unit: fc.constantFrom('a', 'W', 'i', ' ', 'é', '7'), maxLength: 60 });
  fc.assert(
    fc.property(letters, fc.integer({ min: 20, max: 400 }), (text, width) => {
      const fitted = style.fit(text, width);
      if (style.measure(text) <= width) return fitted === text;
      const kept = fitted.slice(0, -1);
      const next = text.slice(0, kept.length + 1).trimEnd();
      return (
        fitted.endsWith('…') &&
        text.startsWith(kept) &&
        style.measure(fitted) <= width &&
        (next === kept || style.measure(`${next}…`) > width)
      );
    }),
  );
});

test('a long sentence is measured a few times only, and not again for the next picture', () => {
  const style = new TextStyle(20, 500, '#fff');
  const measured = jest.spyOn(style, 'measure');
  const sentence = 'stern: The Bluetooth service does not run. '.repeat(20);
  style.fit(sentence, 300);
  expect(measured.mock.calls.length).toBeLessThan(15);
  measured.mockClear();
  style.fit(sentence, 300);
  expect(measured).not.toHaveBeenCalled();
});

test('a character of two code units is not halved', () => {
  const style = new TextStyle(20, 500, '#fff');
  for (let width = 20; width < 300; width++) expect(style.fit('🔋'.repeat(20), width)).toMatch(/^(🔋)*…$/u);
});

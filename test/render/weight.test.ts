import { resolve } from 'node:path';
import { createCanvas } from 'canvas';
import { useOwnFonts } from '../../src/render/fonts';
import { TextStyle } from '../../src/render/text';

beforeAll(() => useOwnFonts(resolve(__dirname, '../..')));

test('a text is as heavy as its style says, whatever was written on the same canvas before', () => {
  const context = createCanvas(300, 40).getContext('2d');
  const ink = (weight: 500 | 600): number => {
    context.clearRect(0, 0, 300, 40);
    new TextStyle(30, weight, '#fff').write(context, 'State of charge', 5, 30);
    const { data } = context.getImageData(0, 0, 300, 40);
    return data.reduce((sum, value, i) => (i % 4 === 3 ? sum + value : sum), 0);
  };
  const [heavy, light] = [ink(600), ink(500)];
  expect(heavy).toBeGreaterThan(light * 1.1);
  expect([ink(600), ink(600), ink(500), ink(600)]).toEqual([heavy, heavy, light, heavy]);
});

import { createCanvas } from 'canvas';
import { TextStyles } from '../../../src/render/text';
import { dayPalette } from '../../../src/render/theme';
import { paintDialBase } from '../../../src/screens/main/dial-base';
import { layoutMain } from '../../../src/screens/main/layout';
import { voltageScale } from '../../../src/screens/scales';

const sizes = [
  [480, 320],
  [480, 800],
  [720, 1280],
  [800, 480],
  [1024, 600],
  [1280, 400],
  [1280, 800],
  [1920, 1080],
] as const;

test.each(sizes)(
  'at %dx%d the sentence on the data leaves the captions of the gauges free',
  (width, height) => {
    const { banner, dial } = layoutMain(width, height, false);
    const context = createCanvas(width, height).getContext('2d');
    const scales = { voltage: voltageScale(undefined), power: 10 };
    paintDialBase(context, dial, scales, dayPalette, new TextStyles());
    const { data } = context.getImageData(banner.x, banner.y, banner.width, banner.height);
    let brightest = 0;
    for (let i = 0; i < data.length; i += 4) brightest = Math.max(brightest, data[i] ?? 0);
    // The rim of the disc may run through it; letters may not.
    expect(brightest).toBeLessThan(0x50);
  },
);

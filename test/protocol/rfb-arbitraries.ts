import fc from 'fast-check';
import type { RfbPixelFormat } from '../../src/protocol/rfb-pixel-format';

/** Formats that a viewer may set: colours of any lengths, anywhere in the pixel, that share no bit. */
export const pixelFormat: fc.Arbitrary<RfbPixelFormat> = fc
  .record({
    bitsPerPixel: fc.constantFrom<8 | 16 | 32>(8, 16, 32),
    depth: fc.nat(32),
    bigEndian: fc.boolean(),
    lengths: fc.tuple(fc.nat(16), fc.nat(16), fc.nat(16)),
    gaps: fc.tuple(fc.nat(8), fc.nat(8), fc.nat(8)),
    order: fc.constantFrom([0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1]),
  })
  .map(({ bitsPerPixel, depth, bigEndian, lengths, gaps, order }) => {
    const colours = [
      { max: 0, shift: 0 },
      { max: 0, shift: 0 },
      { max: 0, shift: 0 },
    ];
    let at = 0;
    for (const i of order) {
      const shift = Math.min(at + gaps[i], bitsPerPixel - 1);
      if (shift < at) continue;
      const length = Math.min(lengths[i], bitsPerPixel - shift);
      colours[i] = { max: 2 ** length - 1, shift };
      at = shift + length;
    }
    const [red, green, blue] = colours;
    return {
      bitsPerPixel,
      depth: Math.min(depth, bitsPerPixel),
      bigEndian,
      red: red!,
      green: green!,
      blue: blue!,
    };
  });

/** The formats that viewers really set. */
export const usualFormats = {
  rgb888: [32, 24, false, [255, 16], [255, 8], [255, 0]],
  bgr888: [32, 24, false, [255, 0], [255, 8], [255, 16]],
  'rgb888 at the top': [32, 24, false, [255, 24], [255, 16], [255, 8]],
  'rgb888 big-endian': [32, 24, true, [255, 16], [255, 8], [255, 0]],
  'rgb888 of depth 32': [32, 32, false, [255, 16], [255, 8], [255, 0]],
  'ten bits a colour': [32, 30, false, [1023, 20], [1023, 10], [1023, 0]],
  rgb565: [16, 16, false, [31, 11], [63, 5], [31, 0]],
  'rgb555 big-endian': [16, 15, true, [31, 10], [31, 5], [31, 0]],
  bgr233: [8, 8, false, [7, 0], [7, 3], [3, 6]],
  rgb111: [8, 3, false, [1, 2], [1, 1], [1, 0]],
} as const;

/** One of `usualFormats` as a format. */
export function usualFormat(name: keyof typeof usualFormats): RfbPixelFormat {
  const [bitsPerPixel, depth, bigEndian, ...colours] = usualFormats[name];
  const [red, green, blue] = colours.map(([max, shift]) => ({ max, shift }));
  return { bitsPerPixel, depth, bigEndian, red: red!, green: green!, blue: blue! };
}

/** Pictures as screens have them: a few colours or many, in runs or all mixed; words of 0x00RRGGBB. */
export const pixels = (count: number): fc.Arbitrary<number[]> =>
  fc
    .record({
      seed: fc.integer(),
      colours: fc.constantFrom(1, 2, 3, 4, 5, 16, 17, 96, 97, 127, 128, 5000),
      run: fc.integer({ min: 1, max: 600 }),
    })
    .map(({ seed, colours, run }) => {
      let state = seed | 1;
      const random = (): number => (state = Math.imul(state ^ (state >>> 13), 0x5bd1_e995) >>> 0) / 2 ** 32;
      const palette = Array.from({ length: colours }, () => Math.floor(random() * 2 ** 24));
      const out: number[] = [];
      while (out.length < count) {
        const colour = palette[Math.floor(random() * colours)]!;
        for (let left = 1 + Math.floor(random() * run); left > 0 && out.length < count; left--)
          out.push(colour);
      }
      return out;
    });

import type { Canvas } from 'canvas';
import type { Output } from '../../src/io/outputs/output';
import { noise, scribble } from '../io/outputs/temporary-framebuffer';

/** An output under test, of 60 x 40 pixels. */
export interface OutputRig {
  readonly output: Output;
  /** What whoever looks at it sees, line by line: 0xRRGGBB. */
  readonly shown: () => Promise<readonly number[]>;
  readonly remove: () => void | Promise<void>;
}

/**
 * What every output promises, whatever it is.
 *
 * @param open with the canvas that will be presented
 */
export function outputContract(name: string, open: (picture: Canvas) => Promise<OutputRig>): void {
  describe(`${name} as an output`, () => {
    let rig: OutputRig;
    let picture: Canvas;
    beforeEach(async () => {
      picture = noise(60, 40);
      rig = await open(picture);
    });
    afterEach(async () => {
      rig.output.close();
      await rig.remove();
    });

    test('the first picture is shown whole, and then what is said to have changed', async () => {
      rig.output.present(picture, [{ x: 0, y: 0, width: 1, height: 1 }]);
      expect(await rig.shown()).toEqual(words(picture));
      for (const rect of [
        { x: 0, y: 0, width: 7, height: 3 },
        { x: 59, y: 39, width: 1, height: 1 },
        { x: 20, y: 0, width: 1, height: 40 },
      ]) {
        scribble(picture, rect, rect.x + 2);
        rig.output.present(picture, [rect]);
        expect(await rig.shown()).toEqual(words(picture));
      }
    });

    test('the caller may paint on at once', async () => {
      rig.output.present(picture, [{ x: 0, y: 0, width: 60, height: 40 }]);
      const presented = words(picture);
      scribble(picture, { x: 0, y: 0, width: 60, height: 40 }, 9);
      expect(await rig.shown()).toEqual(presented);
    });

    test('what lies beside the picture is no harm', async () => {
      rig.output.present(picture, []);
      scribble(picture, { x: 50, y: 30, width: 10, height: 10 }, 5);
      rig.output.present(picture, [
        { x: 50, y: 30, width: 1000, height: 1000 },
        { x: -5, y: -5, width: 3, height: 3 },
        { x: 60, y: 40, width: 10, height: 10 },
        { x: NaN, y: 0, width: 1, height: 1 },
      ]);
      expect(await rig.shown()).toEqual(words(picture));
    });

    test('it can be closed twice, and shows nothing after that', () => {
      rig.output.close();
      rig.output.close();
      expect(() => rig.output.present(picture, [{ x: 0, y: 0, width: 60, height: 40 }])).not.toThrow();
    });
  });
}

/** A canvas, line by line. */
export function words(picture: Canvas): number[] {
  const { width, height } = picture;
  const { data } = picture.getContext('2d').getImageData(0, 0, width, height);
  return Array.from(
    { length: width * height },
    (_, i) => (data[4 * i]! << 16) | (data[4 * i + 1]! << 8) | data[4 * i + 2]!,
  );
}

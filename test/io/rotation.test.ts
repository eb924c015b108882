import * as fc from 'fast-check';
import { areaOnPanel, panelTransform, pointOnPicture, rotations, turnedSize } from '../../src/io/rotation';

const panel = { width: 800, height: 480 };

test.each([
  [0, 0, 0],
  [90, 799, 0],
  [180, 799, 479],
  [270, 0, 479],
] as const)(
  'turned by %i degrees, the upper left of the picture is at %i,%i of the panel',
  (rotation, x, y) => {
    expect(areaOnPanel({ x: 0, y: 0, width: 1, height: 1 }, panel, rotation)).toEqual({
      x,
      y,
      width: 1,
      height: 1,
    });
    expect(pointOnPicture(x, y, panel, rotation)).toEqual({ x: 0, y: 0 });
  },
);

test('area, point and transform agree on every pixel', () => {
  fc.assert(
    fc.property(fc.constantFrom(...rotations), fc.nat(799), fc.nat(479), (rotation, panelX, panelY) => {
      const { x, y } = pointOnPicture(panelX, panelY, panel, rotation);
      const size = turnedSize(panel, rotation);
      expect(x).toBeLessThan(size.width);
      expect(y).toBeLessThan(size.height);
      expect(areaOnPanel({ x, y, width: 1, height: 1 }, panel, rotation)).toMatchObject({
        x: panelX,
        y: panelY,
      });
      const [a, b, c, d, e, f] = panelTransform(panel, rotation);
      expect(Math.floor(a * (x + 0.5) + c * (y + 0.5) + e)).toBe(panelX);
      expect(Math.floor(b * (x + 0.5) + d * (y + 0.5) + f)).toBe(panelY);
    }),
  );
});

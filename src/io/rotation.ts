/** How far the picture is turned on the panel, clockwise, in degrees. */
export type Rotation = 0 | 90 | 180 | 270;

/** All of them. */
export const rotations = [0, 90, 180, 270] as const satisfies readonly Rotation[];

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

/** The size of a picture that fills a panel of `panel` pixels when turned (and the other way round). */
export function turnedSize(panel: Size, rotation: Rotation): Size {
  return rotation % 180 === 0 ? panel : { width: panel.height, height: panel.width };
}

/** Where the rectangle `area` of the picture lies on the panel. */
export function areaOnPanel(area: Area, panel: Size, rotation: Rotation): Area {
  const { x, y, width, height } = area;
  switch (rotation) {
    case 0:
      return { x, y, width, height };
    case 90:
      return { x: panel.width - y - height, y: x, width: height, height: width };
    case 180:
      return { x: panel.width - x - width, y: panel.height - y - height, width, height };
    case 270:
      return { x: y, y: panel.height - x - width, width: height, height: width };
  }
}

/** Which point of the picture is seen at the pixel `x`, `y` of the panel. */
export function pointOnPicture(
  x: number,
  y: number,
  panel: Size,
  rotation: Rotation,
): { x: number; y: number } {
  switch (rotation) {
    case 0:
      return { x, y };
    case 90:
      return { x: y, y: panel.width - 1 - x };
    case 180:
      return { x: panel.width - 1 - x, y: panel.height - 1 - y };
    case 270:
      return { x: panel.height - 1 - y, y: x };
  }
}

/** The canvas transform (a, b, c, d, e, f) that draws the picture turned onto the panel. */
export function panelTransform(
  panel: Size,
  rotation: Rotation,
): readonly [number, number, number, number, number, number] {
  switch (rotation) {
    case 0:
      return [1, 0, 0, 1, 0, 0];
    case 90:
      return [0, 1, -1, 0, panel.width, 0];
    case 180:
      return [-1, 0, 0, -1, panel.width, panel.height];
    case 270:
      return [0, -1, 1, 0, 0, panel.height];
  }
}

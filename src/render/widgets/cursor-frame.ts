import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** Around which pixels the frame stands; a `width` of 0 shows nothing. */
export interface CursorFrameProps {
  readonly x: number;
  readonly width: number;
}

/** No cursor. */
export const noCursor: CursorFrameProps = { x: 0, width: 0 };

/**
 * A frame as high as its bounds around one bar among many: two lines beside it and a thick end above and below, so that
 * a bar of one pixel can be found too.
 */
export function cursorFrame(bounds: Rect, colour: Colour, thick: number): Widget<CursorFrameProps> {
  const area = ({ x, width }: CursorFrameProps): Rect => {
    const reach = 1 + thick;
    return { ...bounds, x: x - reach, width: width === 0 ? 0 : width + 2 * reach };
  };
  return {
    bounds: { ...bounds, x: bounds.x - 1 - thick, width: bounds.width + 2 + 2 * thick },
    damage: (before, after) => [area(before), area(after)],
    paint(context, props) {
      if (props.width === 0) return;
      const { x, width } = props;
      context.fillStyle = colour;
      context.fillRect(x - 1, bounds.y, 1, bounds.height);
      context.fillRect(x + width, bounds.y, 1, bounds.height);
      for (const y of [bounds.y, bounds.y + bounds.height - thick])
        context.fillRect(x - 1 - thick, y, width + 2 + 2 * thick, thick);
    },
  };
}

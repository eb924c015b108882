import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { traceRounded } from './shapes';

interface Block {
  readonly style: TextStyle;
  readonly lines: readonly string[];
  /** From base line to base line, pixels. */
  readonly leading: number;
}

/** How a dialog's panel is set; it shows always the same. */
export interface DialogPanelLook {
  /** What is darkened, so that only the dialog stands out. */
  readonly bounds: Rect;
  readonly panel: Rect;
  readonly radius: number;
  readonly fill: Colour;
  readonly line: Colour;
  readonly title: Block;
  readonly text: Block;
  /** Inside the panel, pixels. */
  readonly margin: number;
}

/** A panel with a title and lines of text, above a darkened page. */
export function dialogPanel(look: DialogPanelLook): Widget<object> {
  const { bounds, panel, radius, title, text, margin } = look;
  return {
    bounds,
    atoms: () => [panel],
    paint(context) {
      context.fillStyle = 'rgba(0, 0, 0, 0.72)';
      context.fillRect(bounds.x, bounds.y, bounds.width, bounds.height);
      traceRounded(context, panel, radius);
      context.fillStyle = look.fill;
      context.fill();
      traceRounded(context, panel, radius, -1);
      context.strokeStyle = look.line;
      context.lineWidth = 2;
      context.stroke();
      let y = panel.y + margin;
      for (const { style, lines, leading } of [title, text]) {
        for (const line of lines) {
          style.draw(context, line, panel.x + margin, y + style.size * 0.8);
          y += leading;
        }
        y += Math.round(style.size * 0.2);
      }
    },
  };
}

import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** Dots of the ring. */
const dots = 8;

/** ms that the brightest of them stays in its place. */
export const spinnerStep = 125;

/** Which dot is the brightest. */
export interface SpinnerProps {
  /** Counts on with time; `undefined` shows nothing. */
  readonly turn: number | undefined;
}

/** How a spinner is set. */
export interface SpinnerLook {
  /** A square. */
  readonly bounds: Rect;
  readonly bright: Colour;
  readonly dim: Colour;
}

/** A ring of dots that goes round while something is under way whose end is not known. */
export function spinner({ bounds, bright, dim }: SpinnerLook): Widget<SpinnerProps> {
  const x = bounds.x + bounds.width / 2;
  const y = bounds.y + bounds.height / 2;
  const dot = Math.max(1.5, bounds.width * 0.09);
  const radius = bounds.width / 2 - dot - 1;
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { turn }) {
      if (turn === undefined) return;
      for (let i = 0; i < dots; i++) {
        const angle = (i / dots) * 2 * Math.PI - Math.PI / 2;
        const behind = (((turn - i) % dots) + dots) % dots;
        context.beginPath();
        context.arc(x + Math.cos(angle) * radius, y + Math.sin(angle) * radius, dot, 0, 2 * Math.PI);
        context.fillStyle = behind < 3 ? bright : dim;
        context.fill();
      }
    },
  };
}

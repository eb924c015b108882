import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { TextStyle } from '../text';
import type { Colour } from '../theme';
import { paintPanel, traceRounded } from './shapes';

/** What a tile says of one device. */
export interface DeviceTileProps {
  /** Empty: no tile. */
  readonly name: string;
  /** With its unit. */
  readonly value: string;
  /** A word or two such as `late` or `2 of 3`; empty while all is well. */
  readonly state: string;
  /** How far the value may be believed. */
  readonly tone: 'fresh' | 'late' | 'lost';
  /** Of the bar at the left, by kind of device. */
  readonly colour: Colour;
  /** A frame marks the device that is shown. */
  readonly framed: boolean;
}

/** How a tile is set. */
export interface DeviceTileLook {
  readonly bounds: Rect;
  readonly radius: number;
  /** Scales a length of the reference layout. */
  readonly length: (reference: number) => number;
  readonly panel: Colour;
  readonly line: Colour;
  readonly frame: Colour;
  readonly name: TextStyle;
  readonly values: Readonly<Record<DeviceTileProps['tone'], TextStyle>>;
  readonly state: TextStyle;
}

/** A device of several: its name above, what it has below, a bar in the colour of its kind. */
export function deviceTile(look: DeviceTileLook): Widget<DeviceTileProps> {
  const { bounds, radius, length } = look;
  const left = bounds.x + length(14);
  const right = bounds.x + bounds.width - length(7);
  const top = bounds.y + Math.round(bounds.height * 0.42);
  const bottom = bounds.y + Math.round(bounds.height * 0.86);
  return {
    bounds,
    atoms: () => [bounds],
    paint(context, { name, value, state, tone, colour, framed }) {
      if (name === '') return;
      paintPanel(context, bounds, radius, look.panel, look.line);
      if (framed) {
        traceRounded(context, bounds, radius, -1);
        context.strokeStyle = look.frame;
        context.lineWidth = 2;
        context.stroke();
      }
      const bar = { x: bounds.x + length(6), y: bounds.y + length(9), width: length(4) };
      traceRounded(context, { ...bar, height: bounds.height - 2 * length(9) }, length(2));
      context.fillStyle = colour;
      context.fill();
      // Rather a name is cut than a number: a word of state without a value stands in the value's place.
      const beside = state === '' || value === '' ? 0 : look.state.width(state) + length(5);
      look.name.draw(context, look.name.fit(name, right - left - beside), left, top);
      look.values[tone].draw(context, value, left, bottom);
      if (value === '') look.state.draw(context, state, left, bottom);
      else look.state.draw(context, state, right, top, 'right');
    },
  };
}

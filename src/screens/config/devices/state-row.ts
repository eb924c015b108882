import type { Rect } from '../../../render/rect';
import { readout } from '../../../render/widgets/readout';
import { statusLight } from '../../../render/widgets/status-light';
import { addRowArrow, rowPad } from '../row-arrow';
import type { ViewBuilder } from '../view-builder';

/** How something stands, for its light and its words. */
export type StateTone = 'fresh' | 'late' | 'lost' | 'idle';

/** A row of something that has a page of its own. */
export interface StateRow {
  readonly target: string;
  readonly title: string;
  /** Beneath it, smaller. */
  readonly text: () => string;
  /** At the right, in a word or two. */
  readonly state: () => { readonly text: string; readonly tone: StateTone };
  /** Beneath that, smaller. */
  readonly aside: () => string;
}

/** A panel with a light, a title, how it stands, and an arrow. */
export function addStateRow(
  builder: ViewBuilder,
  rect: Rect,
  { target, title, text, state, aside }: StateRow,
  open: () => void,
): void {
  const { frame, palette } = builder;
  const { length } = frame;
  builder.panel(rect);
  const pad = length(rowPad);
  const size = Math.max(12, length(18));
  const middle = rect.y + rect.height / 2;
  const upper = Math.round(middle - length(6));
  const lower = Math.round(middle + length(24));
  const colours = {
    fresh: palette.powerIn,
    late: palette.warning,
    lost: palette.alarm,
    idle: palette.tertiary,
  };
  builder.widget(
    statusLight({ x: rect.x + pad, y: Math.round(middle - size / 2), width: size, height: size }),
    () => {
      const { tone } = state();
      return { colour: colours[tone], hollow: tone === 'lost' || tone === 'idle' };
    },
  );
  const end = addRowArrow(builder, rect) - length(10);
  const room = Math.max(length(140), 84);
  const left = rect.x + pad + size + length(14);
  const width = end - room - left - length(8);
  builder.write(builder.words('unit', palette.text, 600), title, left, upper, width);
  const small = [builder.words('body', palette.secondary), builder.words('small', palette.secondary)];
  const band = (x: number, w: number, baseline: number): Rect => ({
    x,
    y: baseline - length(24),
    width: w,
    height: length(31),
  });
  builder.widget(
    readout({
      bounds: band(left, width, lower),
      align: 'left',
      baseline: lower,
      styles: { words: small },
    }),
    () => ({ text: text(), tone: 'words' }),
  );
  const styles = Object.fromEntries(
    Object.entries(colours).map(([tone, colour]) => [
      tone,
      [
        builder.words('unit', tone === 'idle' ? palette.secondary : colour, 600),
        builder.words('title', tone === 'idle' ? palette.secondary : colour, 600),
        builder.words('body', tone === 'idle' ? palette.secondary : colour, 600),
      ],
    ]),
  );
  builder.widget(
    readout({ bounds: band(end - room, room, upper), align: 'right', baseline: upper, styles }),
    state,
  );
  builder.widget(
    readout({
      bounds: band(end - room, room, lower),
      align: 'right',
      baseline: lower,
      styles: { words: small },
    }),
    () => ({ text: aside(), tone: 'words' }),
  );
  builder.target(target, rect, {
    tap: () => {
      open();
      return undefined;
    },
  });
}

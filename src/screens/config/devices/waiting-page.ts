import type { Rect } from '../../../render/rect';
import { metrics } from '../../../render/theme';
import { paragraph } from '../../../render/widgets/paragraph';
import { readout } from '../../../render/widgets/readout';
import { spinner, spinnerStep } from '../../../render/widgets/spinner';
import type { Surroundings } from '../../screen';
import type { ViewBuilder } from '../view-builder';

/** What goes on: how often the spinner has gone on, and a few words. */
export interface SpinnerState {
  /** `undefined` when nothing goes on. */
  readonly turn: number | undefined;
  readonly text: string;
}

type State = (around: Surroundings | undefined) => SpinnerState;

/** A page on which something is waited for. @param hint what helps meanwhile; may be empty */
export function buildWaiting(builder: ViewBuilder, state: State, hint: string): void {
  const { frame, palette } = builder;
  const { body, length } = frame;
  builder.panel(body);
  const size = length(96);
  const top = body.y + Math.round(body.height / 2 - length(130));
  addSpinner(
    builder,
    { x: Math.round(body.x + (body.width - size) / 2), y: top, width: size, height: size },
    state,
  );
  const pad = length(16);
  const bounds = {
    x: body.x + pad,
    y: top + size + length(14),
    width: body.width - 2 * pad,
    height: length(68),
  };
  const styles = { words: builder.words('unit', palette.text, 600) };
  builder.widget(paragraph({ bounds, align: 'center', styles }), (around) => ({
    text: state(around).text,
    tone: 'words',
  }));
  const below = { ...bounds, y: bounds.y + bounds.height, height: length(56) };
  const quiet = { words: builder.words('title', palette.secondary) };
  builder.widget(paragraph({ bounds: below, align: 'center', styles: quiet, at: 'top' }), () => ({
    text: hint,
    tone: 'words',
  }));
}

/** The same in the footer, right of BACK, while there is something else on the page. */
export function addFooterState(builder: ViewBuilder, state: State): void {
  const { frame, palette } = builder;
  const { footer, length } = frame;
  const left = length(metrics.margin) + Math.max(length(150), 96) + length(20);
  const size = length(34);
  const middle = footer.y + (footer.height - length(4)) / 2;
  addSpinner(builder, { x: left, y: Math.round(middle - size / 2), width: size, height: size }, state);
  const x = left + size + length(12);
  const style = builder.words('title', palette.secondary);
  builder.widget(
    readout({
      bounds: {
        x,
        y: Math.round(middle - style.size),
        width: footer.width - x - length(metrics.margin),
        height: style.size * 2,
      },
      align: 'left',
      baseline: Math.round(middle + style.size * 0.35),
      styles: { words: [style, builder.words('body', palette.secondary)] },
    }),
    (around) => ({ text: state(around).text, tone: 'words' }),
  );
}

function addSpinner(builder: ViewBuilder, bounds: Rect, state: State): void {
  const { palette } = builder;
  builder.widget(spinner({ bounds, bright: palette.voltage, dim: palette.lateFill }), (around) => ({
    turn: state(around).turn,
  }));
  builder.onShow((around) => (state(around).turn === undefined ? undefined : spinnerStep));
}

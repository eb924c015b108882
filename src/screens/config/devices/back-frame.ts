import { metrics } from '../../../render/theme';
import type { ButtonTone } from '../../../render/widgets/button';
import { devicesWords } from '../../../words/en/devices';
import type { ViewBuilder } from '../view-builder';

/** A button at the lower right of a page that is gone back from. */
export interface Onward {
  readonly name: string;
  readonly label: () => string;
  readonly tone: () => ButtonTone;
  readonly tap: () => void;
}

/** The footer of a page that belongs to another: BACK, and what goes on from here. */
export function buildBack(builder: ViewBuilder, back: () => void, onward?: Onward): void {
  const { frame } = builder;
  const { footer, length } = frame;
  const margin = length(metrics.margin);
  const tap = (action: () => void) => ({
    tap: (): undefined => {
      action();
    },
  });
  const place = (x: number, width: number): { x: number; y: number; width: number; height: number } => ({
    x,
    y: footer.y + length(4),
    width,
    height: footer.height - length(12),
  });
  const width = Math.max(length(150), 96);
  const area = (x: number, w: number): ReturnType<typeof place> => ({
    x,
    y: footer.y,
    width: w,
    height: footer.height,
  });
  builder.button(
    'back',
    place(margin, width),
    () => ({ text: devicesWords.back, tone: 'quiet' }),
    tap(back),
    { area: area(0, margin + width) },
  );
  if (onward === undefined) return;
  const wide = Math.max(length(220), 132);
  const left = footer.width - margin - wide;
  builder.button(
    onward.name,
    place(left, wide),
    () => ({ text: onward.label(), tone: onward.tone() }),
    tap(() => onward.tap()),
    { area: area(left, wide + margin) },
  );
}

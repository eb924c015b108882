import { metrics } from '../../../render/theme';
import type { ViewBuilder } from '../view-builder';
import { addPick, type Pick } from './pick-row';

/** Large choices beside and beneath each other. */
export function buildChoices(
  builder: ViewBuilder,
  choices: readonly (Pick & { readonly act: () => void })[],
): void {
  const { frame } = builder;
  const { body, tall, length } = frame;
  const gap = length(metrics.gap);
  const columns = tall ? 1 : 2;
  const rows = Math.ceil(choices.length / columns);
  const width = Math.floor((body.width - (columns - 1) * gap) / columns);
  const height = Math.floor((body.height - (rows - 1) * gap) / rows);
  choices.forEach((choice, i) => {
    const rect = {
      x: body.x + (i % columns) * (width + gap),
      y: body.y + Math.floor(i / columns) * (height + gap),
      width,
      height,
    };
    addPick(builder, rect, choice, choice.act);
  });
}

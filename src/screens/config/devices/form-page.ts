import { paragraph } from '../../../render/widgets/paragraph';
import { setupText, setupWords } from '../../../words/en/device-setup';
import { rowGrid } from '../frame';
import { addTextControl } from '../text-control';
import type { ViewBuilder } from '../view-builder';
import type { SetupField, SetupStep } from './setup-view';

/** What is to be known of a device, a row each, with what is filled in already. */
export function buildForm(
  builder: ViewBuilder,
  { place, fields, problem }: Extract<SetupStep, { readonly step: 'form' }>,
  edit: (field: SetupField) => void,
): void {
  const { frame, palette } = builder;
  const { body, length, touch, tall } = frame;
  const grid = rowGrid(frame);
  const pad = length(16);
  fields.forEach((field, i) => {
    const { key, value } = field;
    const rect = grid.row(i);
    builder.panel(rect);
    const column = Math.round(rect.width * (tall ? 0.5 : 0.4));
    const middle = rect.y + rect.height / 2;
    const label = builder.words('title', palette.secondary);
    const note = builder.words('body', palette.tertiary);
    // Above the field there is room for one line.
    const first = tall ? rect.y + length(34) : middle - length(5);
    builder.write(label, setupWords.labels[key], rect.x + pad, first, column - pad);
    if (tall) {
      const end = rect.x + rect.width - pad;
      builder.write(note, setupWords.notes[key], end, first, rect.width - column, 'right');
    } else builder.write(note, setupWords.notes[key], rect.x + pad, middle + length(21), column - pad);
    const height = Math.min(touch, rect.height);
    const control = tall
      ? {
          x: rect.x + pad,
          y: rect.y + rect.height - height - length(10),
          width: rect.width - 2 * pad,
          height,
        }
      : {
          x: rect.x + column,
          y: rect.y + Math.round((rect.height - height) / 2),
          width: rect.width - column - pad,
          height,
        };
    addTextControl(builder, control, {
      target: `set ${key}`,
      text: () => value,
      empty: setupWords.empty,
      hidden: key === 'password',
      edit: () => edit(field),
    });
  });
  const top = grid.row(fields.length).y;
  const bounds = {
    x: body.x + pad,
    y: top,
    width: body.width - 2 * pad,
    height: body.y + body.height - top,
  };
  const styles = {
    place: builder.words('title', palette.secondary),
    problem: builder.words('title', palette.warning, 600),
  };
  builder.widget(paragraph({ bounds, align: 'center', styles }), () =>
    problem === undefined
      ? { text: place, tone: 'place' }
      : { text: `${setupText(problem)}.`, tone: 'problem' },
  );
}

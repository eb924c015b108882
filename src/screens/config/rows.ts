import type { Rect } from '../../render/rect';
import { metrics } from '../../render/theme';
import { segmented, segments } from '../../render/widgets/segmented';
import { slider, sliderWay, type SliderLook } from '../../render/widgets/slider';
import { toggleSwitch } from '../../render/widgets/toggle-switch';
import { valueLine } from '../../render/widgets/value-line';
import type { FieldDraft } from './draft';
import type { ChoiceField, Field, FieldValue, SliderField, SwitchField, TextField } from './field';
import { canStep, positionOf, step, stopAt } from './stops';
import { addTextControl } from './text-control';
import type { ViewBuilder } from './view-builder';

/** Where the parts of a row stand. */
interface RowLayout {
  readonly label: { readonly x: number; readonly baseline: number; readonly width: number };
  readonly value: { readonly bounds: Rect; readonly baseline: number };
  readonly control: Rect;
}

/** A panel with what is set and what it was, and the control that sets it. */
export function buildRow(
  builder: ViewBuilder,
  rect: Rect,
  field: Field,
  draft: FieldDraft,
  edit: (field: TextField, draft: FieldDraft) => void,
): void {
  const layout = layoutRow(builder, rect);
  const { palette } = builder;
  builder.panel(rect);
  const { label } = layout;
  builder.write(builder.words('title', palette.secondary), field.label, label.x, label.baseline, label.width);
  addValueLine(builder, layout, field, draft);
  if (field.fixed !== '') {
    const { control } = layout;
    const style = builder.words('title', palette.tertiary);
    const baseline = control.y + control.height / 2 + style.size * 0.35;
    builder.write(style, field.fixed, control.x + control.width, baseline, control.width, 'right');
    return;
  }
  switch (field.kind) {
    case 'slider':
      return addSlider(builder, layout.control, field, draft);
    case 'switch':
      return addSwitch(builder, layout.control, field, draft);
    case 'choice':
      return addChoice(builder, layout.control, field, draft);
    case 'text':
      return addText(builder, layout.control, field, draft, edit);
  }
}

function layoutRow({ frame }: ViewBuilder, rect: Rect): RowLayout {
  const { length, touch, tall, type } = frame;
  const pad = length(16);
  const column = tall ? Math.round(rect.width * 0.5) : Math.round(rect.width * 0.34);
  const height = Math.min(touch, rect.height);
  const x = rect.x + pad;
  if (tall) {
    const baseline = rect.y + length(12) + type('title');
    const top = rect.y + length(8);
    const left = rect.x + column;
    return {
      label: { x, baseline, width: column - pad - length(8) },
      value: {
        bounds: { x: left, y: top, width: rect.width - column - pad, height: length(34) },
        baseline,
      },
      control: { x, y: rect.y + rect.height - height - length(10), width: rect.width - 2 * pad, height },
    };
  }
  const middle = rect.y + rect.height / 2;
  const top = Math.round(middle + length(2));
  return {
    label: { x, baseline: Math.round(middle - length(7)), width: column - length(8) },
    value: {
      bounds: { x, y: top, width: column - length(8), height: length(34) },
      baseline: Math.round(middle + length(25)),
    },
    control: {
      x: x + column,
      y: rect.y + Math.round((rect.height - height) / 2),
      width: rect.width - column - 2 * pad,
      height,
    },
  };
}

/** What is set, and beside it what it was before, or what it is for. */
function addValueLine(builder: ViewBuilder, { value }: RowLayout, field: Field, draft: FieldDraft): void {
  const { palette, frame } = builder;
  const shows = field.kind !== 'text' || field.fixed !== '';
  const small = [
    ['was', palette.warning],
    ['note', palette.tertiary],
  ] as const;
  builder.widget(
    valueLine({
      ...value,
      value: [builder.words('unit', palette.text, 600), builder.words('body', palette.text, 600)],
      aside: Object.fromEntries(
        small.map(([tone, colour]) => [
          tone,
          [builder.words('body', colour), builder.words('small', colour)],
        ]),
      ),
      gap: frame.length(10),
    }),
    () => {
      const changed = draft.differs(field);
      return {
        value: shows ? field.format(field.read(draft.values)) : '',
        aside: changed ? before(field, draft) : field.fixed === '' ? field.note : '',
        tone: changed ? 'was' : 'note',
      };
    },
  );
}

function before(field: Field, draft: FieldDraft): string {
  const was = `was ${field.kind === 'text' && field.secret ? 'another' : field.format(field.read(draft.saved))}`;
  return field.restarts ? `${was} · restarts` : was;
}

function addSlider(builder: ViewBuilder, control: Rect, field: SliderField, draft: FieldDraft): void {
  const { palette, frame } = builder;
  const side = control.height;
  const gap = frame.length(metrics.gap);
  const read = (): FieldValue => field.read(draft.values);
  const stepper = (name: 'minus' | 'plus', x: number, direction: 1 | -1): void => {
    builder.button(
      `${name} ${field.name}`,
      { x, y: control.y, width: side, height: side },
      () => ({ glyph: name, tone: canStep(field, read(), direction) ? 'quiet' : 'off' }),
      { repeat: () => void step(draft, field, direction) },
    );
  };
  stepper('minus', control.x, -1);
  stepper('plus', control.x + control.width - side, 1);
  const look: SliderLook = {
    bounds: {
      ...control,
      x: control.x + side + gap,
      width: control.width - 2 * (side + gap),
    },
    knob: Math.round(Math.min(control.height * 0.27, frame.length(18))),
    groove: palette.lateFill,
    fill: palette.voltage,
    knobColour: palette.text,
    mark: palette.warning,
  };
  builder.widget(slider(look), () => ({
    position: positionOf(field, read()),
    before: draft.differs(field) ? positionOf(field, field.read(draft.saved)) : undefined,
  }));
  const { from, to } = sliderWay(look);
  let before = read();
  builder.target(`slide ${field.name}`, look.bounds, {
    drag: (phase, x) => {
      if (phase === 'start') before = read();
      if (phase === 'cancel') draft.set(field, before);
      else draft.set(field, stopAt(field, (x - from) / (to - from)));
    },
  });
}

function addSwitch(builder: ViewBuilder, control: Rect, field: SwitchField, draft: FieldDraft): void {
  const { palette, frame } = builder;
  const width = frame.length(84);
  const height = frame.length(46);
  const bounds: Rect = {
    x: control.x + control.width - width,
    y: control.y + Math.round((control.height - height) / 2),
    width,
    height,
  };
  builder.widget(
    toggleSwitch({ bounds, on: palette.voltage, off: palette.lateFill, knob: palette.text }),
    () => ({ on: field.read(draft.values) === true }),
  );
  // The whole of the row's right side: a switch is small.
  builder.target(
    `switch ${field.name}`,
    control,
    {
      tap: () => {
        draft.set(field, field.read(draft.values) !== true);
        return undefined;
      },
    },
    control,
  );
}

function addChoice(builder: ViewBuilder, control: Rect, field: ChoiceField, draft: FieldDraft): void {
  const { palette, frame } = builder;
  const { options } = field;
  const bounds: Rect = control;
  const labels = options.map(({ label }) => label);
  const indexOf = (value: FieldValue): number => options.findIndex((option) => option.value === value);
  builder.widget(
    segmented({
      bounds,
      radius: frame.length(metrics.radius),
      labels,
      ground: palette.control,
      fill: palette.chosen,
      mark: palette.warning,
      chosen: [
        builder.words('title', palette.text, 600),
        builder.words('body', palette.text, 600),
        builder.words('small', palette.text, 600),
      ],
      others: [
        builder.words('title', palette.secondary),
        builder.words('body', palette.secondary),
        builder.words('small', palette.secondary),
      ],
    }),
    () => ({
      selected: indexOf(field.read(draft.values)),
      before: draft.differs(field) ? indexOf(field.read(draft.saved)) : -1,
    }),
  );
  segments({ bounds, labels }).forEach((place, i) => {
    builder.target(`choose ${field.name} ${i}`, place, {
      tap: () => {
        const option = options[i];
        if (option !== undefined) draft.set(field, option.value);
        return undefined;
      },
    });
  });
}

function addText(
  builder: ViewBuilder,
  control: Rect,
  field: TextField,
  draft: FieldDraft,
  edit: (field: TextField, draft: FieldDraft) => void,
): void {
  addTextControl(builder, control, {
    target: `edit ${field.name}`,
    text: () => String(field.read(draft.values)),
    empty: field.withheld === true ? 'not shown' : 'not set',
    hidden: field.secret,
    edit: () => edit(field, draft),
  });
}

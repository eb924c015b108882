import type { Rect } from '../../../render/rect';
import { breakLines } from '../../../render/widgets/lines';
import { metrics } from '../../../render/theme';
import { spinnerStep } from '../../../render/widgets/spinner';
import {
  databaseKinds,
  encryptions,
  formKeys,
  isSecretKey,
  type DatabaseKey,
  type DatabaseKind,
} from '../../../model/database-form';
import { databaseText } from '../../../words/en';
import { databaseNames, databaseWords } from '../../../words/en/database-pages';
import { buildBack, type Onward } from '../devices/back-frame';
import { buildChoices } from '../devices/choices';
import { buildWaiting } from '../devices/waiting-page';
import { rowGrid } from '../frame';
import { addTextControl } from '../text-control';
import type { ViewBuilder } from '../view-builder';
import type { DatabaseSetup, DatabaseStep } from './databases-desk';

/** What the pages need on which a database is set up. */
export interface DatabaseSetupPages {
  readonly setup: DatabaseSetup;
  readonly choose: (kind: DatabaseKind) => void;
  /** Opens the keyboard. */
  readonly edit: (key: DatabaseKey) => void;
  readonly tryIt: () => void;
}

type StepOf<Name extends DatabaseStep['step']> = Extract<DatabaseStep, { readonly step: Name }>;

/** The title of a step. */
export function databaseSetupTitle(step: DatabaseStep): string {
  switch (step.step) {
    case 'choice':
      return databaseWords.choiceTitle;
    case 'form':
      return databaseNames[step.form.kind];
    case 'trying':
      return databaseWords.tryingTitle(step.place);
    case 'tried':
      return step.place;
  }
}

/** The page of a step, beneath the header. */
export function buildDatabaseSetup(
  builder: ViewBuilder,
  step: DatabaseStep,
  pages: DatabaseSetupPages,
): void {
  buildBack(builder, () => pages.setup.back(), onward(step, pages));
  switch (step.step) {
    case 'choice':
      return buildChoices(
        builder,
        databaseKinds.map((kind) => {
          const [title, text] = databaseWords.choices[kind];
          return { target: `add ${kind}`, title, text, act: () => pages.choose(kind) };
        }),
      );
    case 'form':
      return buildForm(builder, step, pages);
    case 'trying':
      return buildTrying(builder, step.place);
    case 'tried':
      return buildTried(builder, step);
  }
}

function onward(step: DatabaseStep, { tryIt }: DatabaseSetupPages): Onward | undefined {
  const button = (label: string): Onward => ({
    name: 'try',
    label: () => label,
    tone: () => 'strong',
    tap: tryIt,
  });
  if (step.step === 'form') return button(databaseWords.try);
  return step.step === 'tried' && step.trouble !== undefined ? button(databaseWords.tryAgain) : undefined;
}

/** What is typed, two side by side or one beneath the other. */
function buildForm(
  builder: ViewBuilder,
  { form, keepsSecret }: StepOf<'form'>,
  { setup, edit }: DatabaseSetupPages,
): void {
  const { frame } = builder;
  const { body, tall, length } = frame;
  const keys = formKeys[form.kind];
  const gap = length(metrics.gap);
  const columns = tall || keys.length === 1 ? 1 : 2;
  const rows = Math.max(2, Math.ceil(keys.length / columns));
  const width = Math.floor((body.width - (columns - 1) * gap) / columns);
  const height = Math.floor((body.height - (rows - 1) * gap) / rows);
  keys.forEach((key, i) => {
    const rect: Rect = tall
      ? rowGrid(frame).row(i)
      : {
          x: body.x + (i % columns) * (width + gap),
          y: body.y + Math.floor(i / columns) * (height + gap),
          width,
          height,
        };
    const empty = keepsSecret && isSecretKey(key) ? databaseWords.kept : databaseWords.empty;
    addField(builder, rect, key, form.values[key] ?? '', empty, () => edit(key));
  });
  if (encryptions[form.kind].length > 0) addEncryption(builder, form.encryption, keys.length, setup);
}

function addField(
  builder: ViewBuilder,
  rect: Rect,
  key: DatabaseKey,
  value: string,
  empty: string,
  edit: () => void,
): void {
  const { frame, palette } = builder;
  const { length, touch } = frame;
  const pad = length(16);
  builder.panel(rect);
  const label = builder.words('title', palette.secondary);
  const note = builder.words('body', palette.tertiary);
  const height = Math.min(touch, rect.height);
  const control = {
    x: rect.x + pad,
    y: rect.y + rect.height - height - length(10),
    width: rect.width - 2 * pad,
    height,
  };
  const room = control.y - rect.y;
  const words = databaseWords;
  const hasNote = words.notes[key] !== '' && room >= label.size + note.size + length(18);
  const middle = rect.y + room / 2;
  const baseline = Math.round(hasNote ? middle - length(4) : middle + label.size * 0.35);
  builder.write(label, words.labels[key], control.x, baseline, control.width);
  if (hasNote) {
    const lower = Math.round(baseline + note.size + length(8));
    builder.write(note, words.notes[key], control.x, lower, control.width);
  }
  addTextControl(builder, control, {
    target: `set ${key}`,
    text: () => value,
    empty,
    hidden: isSecretKey(key),
    edit,
  });
}

/** The button that goes through the ways of encrypting: between BACK and TRY, or beneath the fields of a tall picture. */
function addEncryption(
  builder: ViewBuilder,
  encryption: StepOf<'form'>['form']['encryption'],
  fields: number,
  setup: DatabaseSetup,
): void {
  const { frame } = builder;
  const { footer, length, tall, touch } = frame;
  const margin = length(metrics.margin);
  const gap = length(metrics.gap);
  const left = margin + Math.max(length(150), 96) + gap;
  const right = footer.width - margin - Math.max(length(220), 132) - gap;
  const beneath = rowGrid(frame).row(fields);
  const place: Rect = tall
    ? { ...beneath, height: Math.min(beneath.height, touch) }
    : { x: left, y: footer.y + length(4), width: right - left, height: footer.height - length(12) };
  const tap = (): undefined => {
    setup.encrypt();
  };
  builder.button(
    'encryption',
    place,
    () => ({ text: databaseWords.encryptionButton[encryption], tone: 'quiet' }),
    { tap },
    { role: 'title', ...(!tall && { area: { ...place, y: footer.y, height: footer.height } }) },
  );
}

function buildTrying(builder: ViewBuilder, place: string): void {
  let begun: number | undefined;
  buildWaiting(
    builder,
    (around) => {
      begun ??= around?.now;
      return {
        turn: Math.floor(((around?.now ?? 0) - (begun ?? 0)) / spinnerStep),
        text: databaseWords.trying(place),
      };
    },
    databaseWords.tryingHint,
  );
}

/** The answer, large enough to be read from afar, and what SAVE does. */
function buildTried(builder: ViewBuilder, { trouble, waits, wanted }: StepOf<'tried'>): void {
  const { frame, palette } = builder;
  const { body, length } = frame;
  builder.panel(body);
  const words = databaseWords;
  const isWell = trouble === undefined;
  const head = builder.words('large', isWell ? palette.powerIn : palette.alarm, 600);
  const said = builder.words('unit', palette.text, 600);
  const small = builder.words('title', palette.secondary);
  const room = body.width - 2 * length(24);
  const saved = isWell ? words.worksText : waits ? words.failsText : words.failsLive;
  const after = wanted !== undefined ? saved : isWell ? words.worksAlready : '';
  const lines = [
    ...breakLines(head, isWell ? words.worksTitle : words.failsTitle, room).map(
      (line) => [line, head] as const,
    ),
    ...breakLines(said, isWell ? '' : `${databaseText(trouble)}.`, room).map((line) => [line, said] as const),
    ...breakLines(small, after, room).map((line) => [line, small] as const),
  ];
  const leading = (size: number): number => Math.round(size * 1.4);
  let y = body.y + (body.height - lines.reduce((sum, [, { size }]) => sum + leading(size), 0)) / 2;
  for (const [line, style] of lines) {
    builder.write(style, line, body.x + body.width / 2, y + style.size, Infinity, 'center');
    y += leading(style.size);
  }
}

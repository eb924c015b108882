import type { Rect } from '../../render/rect';
import { inset } from '../../render/rect';
import { metrics } from '../../render/theme';
import type { ButtonProps } from '../../render/widgets/button';
import { paragraph } from '../../render/widgets/paragraph';
import { textField } from '../../render/widgets/text-field';
import type { ScreenOptions } from '../screen-options';
import type { Draft } from './draft';
import type { TextField } from './field';
import { layoutFrame } from './frame';
import { layoutKeys, type KeyboardLayer, type PlacedKey } from './key-layout';
import { TextBuffer } from './text-buffer';
import { ViewBuilder, type View } from './view-builder';

/** What a text is typed into: a draft, or something that is set up. */
export type TypedInto = Pick<Draft, 'values' | 'set'>;

/** A text that is being typed, on the screen or on a keyboard. */
export class TypedText {
  /** The face of the keyboard on the screen. */
  layer: KeyboardLayer;
  /** Capitals stay, or go after the next letter. */
  capsLock = false;
  /** False while dots stand for a password. */
  shown: boolean;
  /** What was wrong with it when it was last entered. */
  problem = '';
  /** The text, and where its cursor is. */
  readonly buffer: TextBuffer;

  constructor(
    readonly field: TextField,
    private readonly draft: TypedInto,
  ) {
    this.layer = field.keyboard;
    this.shown = !field.secret;
    this.buffer = new TextBuffer(String(field.read(draft.values)));
  }

  /** A character was typed. */
  type(character: string): void {
    this.buffer.insert(character);
    this.problem = '';
    if (this.layer === 'capitals' && !this.capsLock) this.layer = 'letters';
  }

  /** What stands left of the cursor goes. */
  backspace(): void {
    this.buffer.backspace();
    this.problem = '';
  }

  /** Once for one capital, twice for all, a third time for none. */
  shift(): void {
    if (this.layer === 'capitals' && !this.capsLock) {
      this.capsLock = true;
      return;
    }
    this.capsLock = false;
    this.layer = this.layer === 'capitals' ? 'letters' : 'capitals';
  }

  /** Puts the text into the draft. Returns false when it can't be, and says why in `problem`. */
  enter(): boolean {
    const parsed = this.field.parse(this.buffer.text);
    if ('problem' in parsed) this.problem = parsed.problem;
    else if (this.draft.set(this.field, parsed.value)) return true;
    else this.problem = 'This does not go together with the other settings.';
    return false;
  }

  /** Takes in a key of a keyboard that is plugged in. Returns what it asks for beyond typing. */
  key(key: string): 'done' | 'cancel' | undefined {
    switch (key) {
      case 'Enter':
        return 'done';
      case 'Escape':
        return 'cancel';
      case 'Backspace':
        this.backspace();
        break;
      case 'Delete':
        this.buffer.delete();
        break;
      case 'Left':
        this.buffer.move(-1);
        break;
      case 'Right':
        this.buffer.move(1);
        break;
      case 'Home':
        this.buffer.moveTo(0);
        break;
      case 'End':
        this.buffer.moveTo(Infinity);
        break;
      default:
        // Names of keys have several letters.
        if (Array.from(key).length === 1) this.type(key);
    }
    return undefined;
  }
}

/**
 * The whole screen is a keyboard, with the text above it. Keys take what the screen's width and height give to ten of them side by
 * side, on a fine panel, too.
 */
export function buildKeyboard(
  { width, height, palette, styles }: ScreenOptions,
  typed: TypedText,
  actions: { readonly done: () => void; readonly cancel: () => void },
): View {
  const frame = layoutFrame(width, height);
  const builder = new ViewBuilder(frame, palette, styles);
  const { header, length, touch, finger, type } = frame;
  const { field, buffer } = typed;
  const margin = length(metrics.margin);
  const close: Rect = { x: 0, y: 0, width: Math.max(touch, length(76)), height: header.height };
  const tap = (action: () => void) => () => {
    action();
    return undefined;
  };
  builder.button(
    'close',
    close,
    () => ({ glyph: 'close', tone: 'bare' }),
    { tap: tap(actions.cancel) },
    {
      glyph: length(26),
    },
  );
  const title = builder.words('value', palette.text, 600);
  const left = close.width + length(4);
  builder.write(title, field.label, left, header.height / 2 + title.size * 0.35, width - left - margin);
  const toggleWidth = field.secret ? Math.max(length(120), 64) : 0;
  const line: Rect = {
    x: margin,
    y: header.height,
    width: width - 2 * margin - (field.secret ? toggleWidth + length(metrics.gap) : 0),
    height: Math.max(finger, length(56)),
  };
  builder.widget(
    textField({
      bounds: line,
      radius: length(metrics.radius),
      fill: palette.panel,
      line: palette.rimLight,
      cursor: palette.voltage,
      style: builder.words('unit', palette.text, 600),
      empty: { text: '', style: builder.words('unit', palette.tertiary) },
    }),
    () => ({ text: buffer.text, cursor: buffer.cursor, hidden: !typed.shown }),
  );
  if (field.secret) {
    builder.button(
      'show',
      { ...line, x: width - margin - toggleWidth, width: toggleWidth },
      () => ({ text: typed.shown ? 'Hide' : 'Show', tone: 'quiet' }),
      { tap: tap(() => (typed.shown = !typed.shown)) },
      { role: 'title' },
    );
  }
  const noteHeight = Math.round(type('body') * 1.6);
  const top = line.y + line.height;
  builder.widget(
    paragraph({
      bounds: { x: margin + length(4), y: top, width: width - 2 * margin, height: noteHeight },
      align: 'left',
      styles: {
        note: builder.words('body', palette.secondary),
        problem: builder.words('body', palette.warning, 600),
      },
    }),
    () =>
      typed.problem === '' ? { text: field.note, tone: 'note' } : { text: typed.problem, tone: 'problem' },
  );
  // On a tall picture keys would be taller than fingers: they stay at the bottom.
  const keysHeight = Math.min(height - top - noteHeight, Math.round(width * 0.62));
  const keys: Rect = { x: 0, y: height - keysHeight, width, height: keysHeight };
  for (const key of layoutKeys(typed.layer, keys)) addKey(builder, typed, key, actions.done);
  return builder.build();
}

function addKey(
  builder: ViewBuilder,
  typed: TypedText,
  { key, area, cell }: PlacedKey,
  done: () => void,
): void {
  const drawn = inset(cell, builder.frame.length(3));
  const name = 'types' in key ? `key ${key.types}` : `key ${key.does}`;
  const glyph = builder.frame.length(26);
  const act = (action: () => void): { readonly tap: () => undefined } => ({
    tap: () => {
      action();
      return undefined;
    },
  });
  if ('types' in key) {
    const { types } = key;
    const role = types === ' ' ? 'title' : 'value';
    builder.button(
      name,
      drawn,
      () => ({ text: types === ' ' ? 'space' : types, tone: 'quiet' }),
      act(() => typed.type(types)),
      { area, role },
    );
    return;
  }
  const { does } = key;
  const look = (): ButtonProps => {
    switch (does) {
      case 'shift':
        if (typed.capsLock) return { text: 'CAPS', tone: 'strong' };
        return { glyph: 'shift', tone: typed.layer === 'capitals' ? 'strong' : 'quiet' };
      case 'backspace':
        return { glyph: 'backspace', tone: 'quiet' };
      case 'done':
        return { text: 'Done', tone: 'strong' };
      case 'digits':
        return { text: '123', tone: 'quiet' };
      case 'symbols':
        return { text: '#+=', tone: 'quiet' };
      case 'letters':
      case 'capitals':
        return { text: 'ABC', tone: 'quiet' };
    }
  };
  const options = { area, glyph, role: 'title' } as const;
  if (does === 'backspace') builder.button(name, drawn, look, { repeat: () => typed.backspace() }, options);
  else if (does === 'done') builder.button(name, drawn, look, act(done), options);
  else if (does === 'shift')
    builder.button(
      name,
      drawn,
      look,
      act(() => typed.shift()),
      options,
    );
  else
    builder.button(
      name,
      drawn,
      look,
      act(() => (typed.layer = does)),
      options,
    );
}

import type { Rect } from '../../render/rect';
import { metrics } from '../../render/theme';
import { valueLine } from '../../render/widgets/value-line';
import type { TextStyle } from '../../render/text';
import { indexWords } from '../../words/en/settings-index';
import type { Intent } from '../screen';
import type { ViewBuilder } from './view-builder';

/** What stands above every page, and what it does. */
export interface Header {
  readonly title: string;
  /** How many changes wait to be saved, and what came of the latest saving. */
  readonly changes: () => number;
  readonly saving: () => { readonly running: boolean; readonly done: string };
  readonly leave: () => Intent | undefined;
  readonly save: () => void;
}

/** What the frame around every page shows and does. */
export interface Chrome extends Header {
  /** Absent on the index itself. */
  readonly openIndex: (() => void) | undefined;
  readonly turn: (step: 1 | -1) => void;
}

/** The X, the title, SAVE, and the arrows with the way to the index between them. */
export function buildChrome(builder: ViewBuilder, chrome: Chrome): void {
  buildHeader(builder, chrome);
  addFooter(builder, chrome);
}

/** The X, the title and SAVE. */
export function buildHeader(builder: ViewBuilder, chrome: Header): void {
  const { frame, palette } = builder;
  const { header, length, touch } = frame;
  const margin = length(metrics.margin);
  const close: Rect = { x: 0, y: 0, width: Math.max(touch, length(76)), height: header.height };
  builder.button(
    'close',
    close,
    () => ({ glyph: 'close', tone: 'bare' }),
    { tap: chrome.leave },
    {
      glyph: length(26),
    },
  );
  const area: Rect = {
    x: header.width - margin - Math.max(length(132), 72),
    y: 0,
    width: margin + Math.max(length(132), 72),
    height: header.height,
  };
  const drawn: Rect = {
    ...area,
    y: length(6),
    width: area.width - margin,
    height: header.height - length(12),
  };
  builder.button(
    'save',
    drawn,
    () => {
      const { running } = chrome.saving();
      return { text: running ? 'Saving' : 'SAVE', tone: chrome.changes() > 0 && !running ? 'strong' : 'off' };
    },
    {
      tap: () => {
        if (chrome.changes() > 0 && !chrome.saving().running) chrome.save();
        return undefined;
      },
    },
    { area },
  );
  const x = close.width + length(4);
  const room = drawn.x - x - length(12);
  const most = room - length(94);
  const title = fittingStyle(builder, chrome.title, most);
  const baseline = Math.round(header.height / 2 + title.size * 0.35);
  builder.write(title, chrome.title, x, baseline, most);
  const used = Math.min(most, Math.ceil(title.measure(chrome.title)));
  const bounds: Rect = {
    x: x + used + length(14),
    y: length(8),
    width: room - used - length(14),
    height: header.height - length(16),
  };
  builder.widget(
    valueLine({
      bounds,
      baseline,
      value: [],
      aside: {
        unsaved: [builder.words('title', palette.warning, 600), builder.words('small', palette.warning, 600)],
        done: [builder.words('title', palette.powerIn, 600), builder.words('small', palette.powerIn, 600)],
      },
      gap: length(8),
    }),
    () => {
      const changes = chrome.changes();
      return {
        value: '',
        aside: changes === 0 ? chrome.saving().done : changes === 1 ? '1 unsaved' : `${changes} unsaved`,
        tone: changes === 0 ? 'done' : 'unsaved',
      };
    },
  );
}

function addFooter(builder: ViewBuilder, { turn, openIndex }: Chrome): void {
  const { frame } = builder;
  const { footer, length } = frame;
  const margin = length(metrics.margin);
  const width = Math.max(length(150), 72);
  const turner = (name: 'left' | 'right', x: number, area: number, direction: 1 | -1): void => {
    const drawn: Rect = { x, y: footer.y + length(4), width, height: footer.height - length(12) };
    builder.button(
      name,
      drawn,
      () => ({ glyph: name, tone: 'quiet' }),
      {
        tap: () => {
          turn(direction);
          return undefined;
        },
      },
      { area: { x: area, y: footer.y, width: width + margin, height: footer.height }, glyph: length(26) },
    );
  };
  turner('left', margin, 0, -1);
  turner('right', footer.width - margin - width, footer.width - margin - width, 1);
  if (openIndex === undefined) return;
  const gap = length(metrics.gap);
  const left = 2 * margin + width;
  builder.button(
    'index',
    { x: left, y: footer.y + length(4), width: footer.width - 2 * left, height: footer.height - length(12) },
    () => ({ text: indexWords.all, tone: 'bare' }),
    {
      tap: () => {
        openIndex();
        return undefined;
      },
    },
    {
      role: 'title',
      area: {
        x: margin + width + gap,
        y: footer.y,
        width: footer.width - 2 * (margin + width + gap),
        height: footer.height,
      },
    },
  );
}

/** A long title is written smaller where there is little room. */
function fittingStyle(builder: ViewBuilder, text: string, room: number): TextStyle {
  const styles = (['value', 'unit', 'title', 'body'] as const).map((role) =>
    builder.words(role, builder.palette.text, 600),
  );
  return (
    styles.find((style) => style.measure(text) <= room) ?? builder.words('body', builder.palette.text, 600)
  );
}

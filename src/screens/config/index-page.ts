import type { Rect } from '../../render/rect';
import { metrics, type Colour } from '../../render/theme';
import { readout } from '../../render/widgets/readout';
import { indexWords, partNames } from '../../words/en/settings-index';
import type { Surroundings } from '../screen';
import type { Frame } from './frame';
import type { IndexRow, PartState } from './pages';
import type { SettingsPart } from './settings-parts';
import { addRowArrow, rowPad } from './row-arrow';
import type { ViewBuilder } from './view-builder';

/** Rows of the index on one page, and where each of so many stands. */
export interface IndexGrid {
  readonly most: number;
  row(index: number, count: number): Rect;
}

/** Shares the page among the rows, side by side and beneath each other. */
export function indexGrid({ body, tall, length, finger }: Frame): IndexGrid {
  const gap = length(metrics.gap);
  const columns = tall ? 2 : body.width > 3.6 * body.height ? 4 : 3;
  const least = Math.max(finger, length(72));
  const most = Math.max(1, Math.floor((body.height + gap) / (least + gap)));
  const width = Math.floor((body.width - (columns - 1) * gap) / columns);
  return {
    most: most * columns,
    row: (index, count) => {
      const rows = Math.ceil(count / columns);
      const pitch = Math.min(Math.floor((body.height + gap) / rows), Math.max(least + gap, length(112)));
      return {
        x: body.x + (index % columns) * (width + gap),
        y: body.y + Math.floor(index / columns) * pitch,
        width,
        height: pitch - gap,
      };
    },
  };
}

/** A row for each part of the settings: its name, a word or two on how it is set, and the way to it. */
export function buildIndex(
  builder: ViewBuilder,
  rows: readonly IndexRow[],
  open: (pageId: string) => void,
): void {
  const grid = indexGrid(builder.frame);
  rows.forEach((row, i) => addRow(builder, grid.row(i, rows.length), row, open));
  // What is received changes by itself.
  builder.onShow(() => 1000);
}

function addRow(
  builder: ViewBuilder,
  rect: Rect,
  { part, opens, state }: IndexRow,
  open: (pageId: string) => void,
): void {
  const { frame, palette } = builder;
  const { length } = frame;
  builder.panel(rect);
  const pad = length(rowPad);
  const middle = rect.y + rect.height / 2;
  const end = addRowArrow(builder, rect) - length(8);
  const name = builder.words('unit', palette.text, 600);
  const left = rect.x + pad;
  const leading = Math.round(name.size * 1.12);
  const upper = Math.round(middle - leading / 2 + name.size * 0.35);
  builder.write(name, partNames[part], left, upper, end - left);
  const styles = (colour: Colour): ReturnType<ViewBuilder['words']>[] =>
    (['title', 'body', 'small'] as const).map((role) => builder.words(role, colour));
  const lower = upper + leading;
  builder.widget(
    readout({
      bounds: { x: left, y: lower - name.size, width: end - left, height: Math.round(name.size * 1.3) },
      align: 'left',
      baseline: lower,
      styles: {
        known: styles(palette.secondary),
        notable: styles(palette.warning),
      },
    }),
    (surroundings) => {
      const set = state?.();
      if (set !== undefined && set.tone !== 'known') return set;
      return seen(part, surroundings) ?? set ?? { text: '', tone: 'known' };
    },
  );
  builder.target(`part ${part}`, rect, {
    tap: () => {
      open(opens);
      return undefined;
    },
  });
}

/** What is seen of a part, where that tells more than how it is set. */
function seen(part: SettingsPart, surroundings: Surroundings | undefined): PartState | undefined {
  if (part === 'service') return { text: indexWords.service, tone: 'known' };
  if (part === 'network') return { text: indexWords.wifi, tone: 'known' };
  if (surroundings === undefined) return undefined;
  const { source, address } = surroundings;
  if (part === 'battery') return { text: source.note ?? source.label, tone: source.up ? 'known' : 'notable' };
  if (part === 'information') return { text: address ?? indexWords.noNetwork, tone: 'known' };
  return undefined;
}

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

/** Rows of the index on one page, and where each of them stands. */
export interface IndexGrid {
  readonly most: number;
  row(index: number): Rect;
}

/** Shares the page among the rows: two columns, or one on a tall picture. */
export function indexGrid({ body, tall, length, finger }: Frame): IndexGrid {
  const gap = length(metrics.gap);
  const columns = tall ? 1 : 2;
  const least = Math.max(finger, length(56));
  const rows = Math.max(1, Math.floor((body.height + gap) / (least + gap)));
  const pitch = Math.min(Math.floor((body.height + gap) / rows), Math.max(least + gap, length(84)));
  const width = Math.floor((body.width - (columns - 1) * gap) / columns);
  return {
    most: rows * columns,
    row: (index) => ({
      x: body.x + Math.floor(index / rows) * (width + gap),
      y: body.y + (index % rows) * pitch,
      width,
      height: pitch - gap,
    }),
  };
}

/** A row for each part of the settings: its name, a word or two on how it is set, and the way to it. */
export function buildIndex(
  builder: ViewBuilder,
  rows: readonly IndexRow[],
  open: (pageId: string) => void,
): void {
  const grid = indexGrid(builder.frame);
  rows.forEach((row, i) => addRow(builder, grid.row(i), row, open));
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
  const baseline = Math.round(middle + name.size * 0.35);
  const left = rect.x + pad;
  builder.write(name, partNames[part], left, baseline, end - left);
  const used = Math.ceil(name.measure(partNames[part])) + length(12);
  const styles = (colour: Colour): ReturnType<ViewBuilder['words']>[] =>
    (['title', 'body', 'small'] as const).map((role) => builder.words(role, colour));
  builder.widget(
    readout({
      bounds: { x: left + used, y: rect.y + 2, width: end - left - used, height: rect.height - 4 },
      align: 'right',
      baseline,
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
  if (surroundings === undefined) return undefined;
  const { source, address } = surroundings;
  if (part === 'battery') return { text: source.note ?? source.label, tone: source.up ? 'known' : 'notable' };
  if (part === 'information') return { text: address ?? indexWords.noNetwork, tone: 'known' };
  return undefined;
}

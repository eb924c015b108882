import type { Rect } from '../../../render/rect';
import { metrics } from '../../../render/theme';
import { databaseNames, databaseWords } from '../../../words/en/database-pages';
import { addCentredText } from '../devices/centred-text';
import { listGrid, type ListGrid } from '../devices/list-page';
import { addStateRow, type StateTone } from '../devices/state-row';
import type { FieldDraft } from '../draft';
import type { Field } from '../field';
import { rowGrid, type Frame } from '../frame';
import { buildRow } from '../rows';
import type { ViewBuilder } from '../view-builder';
import type { DatabaseList } from './database-list';
import type { DatabasesDesk } from './databases-desk';

/** What the page shows and does. */
export interface DatabaseListPage {
  readonly desk: DatabasesDesk;
  readonly list: DatabaseList;
  /** The database in the first row. */
  readonly from: number;
  /** LOG TO DATABASE, and what it is changed in. */
  readonly field: Field | undefined;
  readonly draft: FieldDraft;
  readonly open: (address: string) => void;
  readonly add: () => void;
  /** Shows the next databases, or the first again. */
  readonly more: () => void;
}

/** Where the switch and the rows beneath it stand. */
export function databaseGrid(frame: Frame): { readonly switch: Rect; readonly rows: ListGrid } {
  const first = rowGrid(frame).row(0);
  const top = first.height + frame.length(metrics.gap);
  const body = { ...frame.body, y: frame.body.y + top, height: frame.body.height - top };
  return { switch: first, rows: listGrid({ ...frame, body }) };
}

/** LOG TO DATABASE, and beneath it a row for each database, with ADD beside them. */
export function buildDatabaseList(builder: ViewBuilder, page: DatabaseListPage): void {
  const { frame } = builder;
  const { desk, list, from, field, draft } = page;
  const { addresses } = list;
  if (addresses.length === 0) {
    const grid = listGrid(frame);
    const { emptyTitle, emptyText, fixedText } = databaseWords;
    const place = desk.fixed === '' ? grid.below(0) : frame.body;
    builder.panel(place);
    addCentredText(builder, place, emptyTitle, desk.fixed === '' ? emptyText : fixedText(desk.fixed));
    if (desk.fixed === '') addButton(builder, grid.add, page);
    return;
  }
  const grid = databaseGrid(frame);
  if (field !== undefined) buildRow(builder, grid.switch, field, draft, () => undefined);
  const { rows } = grid;
  const shown = addresses.slice(from, from + rows.most);
  shown.forEach((address, i) => addRow(builder, rows.row(i), `database ${from + i}`, address, page));
  if (desk.fixed !== '' && shown.length < rows.most)
    addCentredText(builder, rows.below(shown.length), '', databaseWords.fixedText(desk.fixed));
  addBeside(builder, rows, page);
  // Counts go on while nothing else changes.
  builder.onShow(() => 1000);
}

function addButton(builder: ViewBuilder, place: Rect, { add }: DatabaseListPage): void {
  const tap = (): undefined => {
    add();
  };
  builder.button(
    'add database',
    place,
    () => ({ text: databaseWords.add, tone: 'strong' }),
    { tap },
    { role: 'value' },
  );
}

function addBeside(builder: ViewBuilder, grid: ListGrid, page: DatabaseListPage): void {
  const { frame } = builder;
  const { desk, list, from, more } = page;
  const { add, most } = grid;
  const hasMore = list.addresses.length > most;
  const gap = frame.length(metrics.gap);
  const half = Math.floor((add.width - gap) / 2);
  if (desk.fixed === '') addButton(builder, frame.tall && hasMore ? { ...add, width: half } : add, page);
  if (!hasMore) return;
  const rest = list.addresses.length - from - most;
  const place: Rect = frame.tall
    ? { ...add, x: add.x + half + gap, width: add.width - half - gap }
    : { ...add, y: grid.row(1).y };
  const tap = (): undefined => {
    more();
  };
  builder.button(
    'more',
    place,
    () => ({ text: rest > 0 ? databaseWords.more(rest) : databaseWords.first, tone: 'quiet' }),
    { tap },
    { role: 'title' },
  );
}

function addRow(
  builder: ViewBuilder,
  rect: Rect,
  target: string,
  address: string,
  page: DatabaseListPage,
): void {
  const { desk, list, open } = page;
  const { kind, place } = desk.shown(address);
  const isSaved = list.isSaved(address);
  addStateRow(
    builder,
    rect,
    {
      target,
      title: place,
      text: () => databaseNames[kind],
      state: () => stateOf(desk, address, isSaved),
      aside: () => {
        const live = isSaved ? desk.live(address) : undefined;
        if (live === undefined) return '';
        if (live.waiting > 0) return databaseWords.waiting(live.waiting);
        return live.written > 0 ? databaseWords.rows(live.written) : '';
      },
    },
    () => open(address),
  );
}

/** How a database stands, in a word or two. */
export function stateOf(
  desk: DatabasesDesk,
  address: string,
  isSaved: boolean,
): { readonly text: string; readonly tone: StateTone } {
  const { states } = databaseWords;
  if (!isSaved) return { text: states.unsaved, tone: 'idle' };
  const live = desk.live(address);
  if (live === undefined) return { text: desk.isOn ? states.unused : states.off, tone: 'idle' };
  if (live.state === 'down') return { text: states.down, tone: 'lost' };
  if (live.report.code === 'database-connecting') return { text: states.connecting, tone: 'late' };
  return { text: states[live.state], tone: live.state === 'up' ? 'fresh' : 'late' };
}

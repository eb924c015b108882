import { cellsPerModule, type CompleteStatus } from '../protocol/complete-status';
import { missing } from '../screens/format';
import { make, say } from './elements';
import { cellForm } from '../model/quantities';

/** Shows each cell's voltage, a module a row; the lowest and the highest are marked, in words too. */
export function showCells(table: HTMLTableElement, { cells }: CompleteStatus): void {
  const body = table.tBodies[0];
  if (body === undefined) return;
  table.hidden = cells.length === 0;
  const all = cells.flatMap((module) => module ?? []);
  const [lowest, highest] = [Math.min(...all), Math.max(...all)];
  while (body.rows.length > cells.length) body.deleteRow(-1);
  for (const [i, module] of cells.entries()) {
    const line = body.rows[i] ?? addModule(body, i);
    for (let cell = 0; cell < cellsPerModule; cell++) {
      const place = line.cells[cell + 1];
      if (place === undefined) continue;
      const value = module?.[cell];
      const mark =
        value === undefined || lowest === highest
          ? ''
          : value === lowest
            ? 'lowest'
            : value === highest
              ? 'highest'
              : '';
      const [text, word] = place.children;
      if (text !== undefined) say(text, value === undefined ? missing : value.toFixed(cellForm.glance));
      if (place.dataset['mark'] === mark) continue;
      place.dataset['mark'] = mark;
      place.title = mark;
      if (word !== undefined) say(word, mark === '' ? '' : ` ${mark}`);
    }
  }
}

function addModule(body: HTMLTableSectionElement, index: number): HTMLTableRowElement {
  const line = body.insertRow();
  const head = make('th', '', String(index + 1));
  head.scope = 'row';
  line.append(head, ...Array.from({ length: cellsPerModule }, addCell));
  return line;
}

/** A voltage, and a word that only a screen reader reads. */
function addCell(): HTMLTableCellElement {
  const cell = make('td', 'number');
  cell.append(make('span'), make('span', 'unseen'));
  return cell;
}

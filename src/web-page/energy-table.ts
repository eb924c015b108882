import type { LiveStatus } from '../io/web/web-parts';
import { make, say } from './elements';
import { energyRows } from './energy-rows';

/** Shows what went in and out of each device today, a device a row. */
export function showEnergy(table: HTMLTableElement, live: LiveStatus): void {
  const body = table.tBodies[0];
  if (body === undefined) return;
  const rows = energyRows(live);
  table.hidden = rows.length === 0;
  while (body.rows.length > rows.length) body.deleteRow(-1);
  for (const [i, { device, texts }] of rows.entries()) {
    const line = body.rows[i] ?? addDevice(body, texts.length);
    for (const [place, text] of [device, ...texts].entries()) {
      const cell = line.cells[place];
      if (cell !== undefined) say(cell, text);
    }
  }
}

function addDevice(body: HTMLTableSectionElement, columns: number): HTMLTableRowElement {
  const line = body.insertRow();
  const head = make('th');
  head.scope = 'row';
  line.append(head, ...Array.from({ length: columns }, () => make('td', 'number')));
  return line;
}

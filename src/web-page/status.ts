import { formatPercent } from '../screens/format';
import { screenUnit } from '../model/quantities';
import type { LiveStatus } from '../io/web/web-parts';
import { Announcements } from './announcements';
import { showCells } from './cell-table';
import { DeviceCards } from './device-cards';
import { byId, make, say, byIdOf } from './elements';
import { showEnergy } from './energy-table';
import { timeRows } from './energy-rows';
import { setUpFrame } from './frame';
import { valueRows } from './value-rows';

function showTable(live: LiveStatus): void {
  const body = byIdOf('pack', HTMLTableElement).tBodies[0];
  if (body === undefined) return;
  for (const [i, { label, text, unit, age: heard }] of [...valueRows(live), ...timeRows(live)].entries()) {
    const line = body.rows[i] ?? addRow(body, label, unit);
    const [, value, units, age] = line.cells;
    if (value !== undefined) say(value, text);
    if (units !== undefined) say(units, unit);
    if (age !== undefined) say(age, heard);
  }
}

function addRow(body: HTMLTableSectionElement, label: string, unit: string): HTMLTableRowElement {
  const line = body.insertRow();
  const head = make('th', '', label);
  head.scope = 'row';
  line.append(head, make('td', 'number value'), make('td', 'unit', unit), make('td', 'number age'));
  return line;
}

/** The whole in one sentence, as one would say it on the telephone. */
function summary({ status, display }: LiveStatus): string {
  const { soc, packPower } = status;
  if (soc === null && packPower === null) return display.link.text;
  const charge = soc === null ? 'The state of charge is not known' : `${formatPercent(soc)} % charged`;
  const { per, decimals, unit } = screenUnit('power');
  const kilowatts = packPower === null ? '' : ` with ${Math.abs(packPower / per).toFixed(decimals)} ${unit}`;
  const flow =
    display.flow === null ? '' : display.flow === 'idle' ? ', idle' : `, ${display.flow}${kilowatts}`;
  const made = display.madeUp ? '. A made-up battery.' : '.';
  return `${charge}${flow}${made}`;
}

const announcements = new Announcements();
const cards = new DeviceCards();

setUpFrame((live) => {
  const lead = summary(live);
  say(byId('lead'), lead);
  const words = announcements.next(lead, performance.now());
  if (words !== undefined) say(byId('spoken'), words);
  cards.take(live);
  showTable(live);
  showEnergy(byIdOf('energy', HTMLTableElement), live);
  showCells(byIdOf('cells', HTMLTableElement), live.status);
});
cards.start();

import { inUnits, temperatureUnit } from '../model/temperature';
import { formatAge, formatOr, formatPercent, missing, signed } from '../screens/format';
import type { LiveStatus } from '../io/web/web-parts';
import type { CompleteStatus } from '../protocol/complete-status';
import { showCells } from './cell-table';
import { byId, make, say, byIdOf } from './elements';
import { setUpFrame } from './frame';

type Message = Exclude<keyof CompleteStatus['age'], '0x68F'>;
interface Row {
  readonly label: string;
  readonly text: string;
  readonly unit: string;
  /** Messages that tell it: the youngest counts. */
  readonly from: readonly Message[];
}

function rows({ status, display }: LiveStatus): Row[] {
  const number = (value: number | null, decimals: number): string => formatOr(value ?? undefined, decimals);
  const withSign = (value: number | null, decimals: number): string =>
    value === null ? missing : signed(value, decimals);
  const degrees = (value: number | null): string =>
    value === null ? missing : number(inUnits(value, display.units), 0);
  const cells = ['0x651'] as const;
  const row = (label: string, text: string, unit: string, from: readonly Message[]): Row => ({
    label,
    text,
    unit,
    from,
  });
  return [
    row('State of charge', formatPercent(status.soc ?? undefined), '%', ['0x650']),
    row('Power', withSign(status.packPower === null ? null : status.packPower / 1000, 2), 'kW', [
      '0x151',
      '0x150',
    ]),
    row('Current', withSign(status.packCurrent, Number.isInteger(status.packCurrent) ? 0 : 2), 'A', [
      '0x150',
      '0x151',
    ]),
    row('Pack voltage', number(status.packVoltage, 1), 'V', ['0x150']),
    row('Highest temperature', degrees(status.tempMax), temperatureUnit(display.units), ['0x150']),
    row('Lowest temperature', degrees(status.tempMin), temperatureUnit(display.units), ['0x150']),
    row('Ampere-hours', withSign(status.ampHours, 1), 'Ah', ['0x150']),
    row('Lowest cell', number(status.cellLow, 3), 'V', cells),
    row('Mean of the cells', number(status.cellAverage, 3), 'V', cells),
    row('Highest cell', number(status.cellHigh, 3), 'V', cells),
    row('Upper cut-off', number(status.highCutoff, 2), 'V', ['0x652']),
    row('Lower cut-off', number(status.lowCutoff, 2), 'V', ['0x652']),
    row('Charger is asked for', number(status.chargerAmps, 0), 'A', ['0x683']),
    row('Cells heard', number(status.activeCells, 0), '', cells),
  ];
}

function heard(from: readonly Message[], { age }: CompleteStatus): string {
  const youngest = Math.min(...from.map((message) => age[message] ?? Infinity));
  if (youngest === Infinity) return missing;
  return youngest < 2 ? 'now' : `${formatAge(youngest * 1000)} ago`;
}

function showTable(live: LiveStatus): void {
  const body = byIdOf('pack', HTMLTableElement).tBodies[0];
  if (body === undefined) return;
  for (const [i, { label, text, unit, from }] of rows(live).entries()) {
    const line = body.rows[i] ?? addRow(body, label, unit);
    const [, value, units, age] = line.cells;
    if (value !== undefined) say(value, text);
    if (units !== undefined) say(units, unit);
    if (age !== undefined) say(age, heard(from, live.status));
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
  const kilowatts = packPower === null ? '' : ` with ${Math.abs(packPower / 1000).toFixed(2)} kW`;
  const flow =
    display.flow === null ? '' : display.flow === 'idle' ? ', idle' : `, ${display.flow}${kilowatts}`;
  const made = display.madeUp ? '. A made-up battery.' : '.';
  return `${charge}${flow}${made}`;
}

setUpFrame((live) => {
  say(byId('lead'), summary(live));
  showTable(live);
  showCells(byIdOf('cells', HTMLTableElement), live.status);
});

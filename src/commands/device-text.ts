import type { QuantityForm } from '../model/quantity-form';
import { cellForm, probeForm, quantities } from '../model/quantities';
import type { DeviceJson } from '../protocol/device-json';

/** What makers do not agree on is told both ways. */
const flagNotes: Readonly<Record<string, string>> = {
  'charge-timeout': 'charge timeout, or breakdown of the charging switch',
  'bit-14': 'bit 14, or breakdown of the discharging switch',
};

type List = readonly (number | null)[];

/** A device as a block of lines, for people. @param state of its source @param received what came of it, in words */
export function deviceText(json: DeviceJson, state: string, received: string): string {
  const forms: Readonly<Record<string, QuantityForm>> = quantities[json.kind];
  const { cells, temperatures, cellTemperatures, balancing, flags, warnings, switches } = json;
  const rows: [string, string][] = [
    ['Device', `${printable(json.device)} (${json.type}), ${json.freshness}`],
    ['Source', state],
    ['Received', received],
  ];
  for (const [name, value] of Object.entries(json.values)) {
    const form = forms[name];
    if (form !== undefined) rows.push([form.label, withUnit(number(value, form.shown), form.unit)]);
  }
  if (cells !== undefined) rows.push(['Cells', listed(cells, cellForm)]);
  if (temperatures !== undefined) rows.push(['Temperatures', listed(temperatures, probeForm)]);
  if (cellTemperatures !== undefined) rows.push(['Cell temperatures', listed(cellTemperatures, probeForm)]);
  if (balancing !== undefined) rows.push(['Balancing', listed(balancing, cellNumber)]);
  if (flags !== undefined) rows.push(['Flags', flagWords(flags)]);
  if (warnings !== undefined) rows.push(['Warnings', warnings.map(spaced).join(', ')]);
  for (const [name, on] of Object.entries(switches ?? {}))
    rows.push([`Switch: ${name}`, on === null ? unknown : on ? 'on' : 'off']);
  for (const [name, text] of Object.entries(json.texts)) rows.push([capital(name), printable(text)]);
  const ages = Object.entries(json.age).map(([group, seconds]) => `${group} ${seconds} s`);
  rows.push(['Age', ages.length === 0 ? unknown : ages.join(', ')]);
  return rows.map(([name, text]) => `${name.padEnd(24)} ${text}`).join('\n');
}

const unknown = '—';
/** Cells by their number. */
const cellNumber = { shown: 0, unit: '' };

function flagWords(flags: readonly string[] | null): string {
  if (flags === null) return unknown;
  return flags.length === 0 ? 'none' : flags.map((flag) => flagNotes[flag] ?? spaced(flag)).join(', ');
}

function spaced(flag: string): string {
  return flag.replaceAll('-', ' ');
}

function listed(values: List | null, { shown, unit }: Pick<QuantityForm, 'shown' | 'unit'>): string {
  if (values === null) return unknown;
  return values.length === 0 ? 'none' : withUnit(values.map((value) => number(value, shown)).join(' '), unit);
}

function withUnit(text: string, unit: string): string {
  return text === unknown || unit === '' ? text : `${text} ${unit}`;
}

function number(value: number | null, decimals: number): string {
  return value === null ? unknown : value.toFixed(decimals);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A device's own words, without what would steer a terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '');
}

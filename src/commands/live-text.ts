import type { Cells } from '../model/cell-voltages';
import type { FrameCounters } from '../io/sources/frame-intake';
import type { Battery } from '../model/battery';
import { extremesOf } from '../model/cell-voltages';
import type { Quantity } from '../model/freshness';
import { formatAge, formatCurrent, formatOr, formatPercent, signed } from '../screens/format';

/** What an installer wants to see at a glance, as a block of lines. */
export function formatLive(battery: Battery, state: string, counters: FrameCounters, now: number): string {
  const soc = battery.quantity('stateOfCharge', now);
  const current = battery.current(now);
  const power = battery.power(now);
  const extremes = extremesOf(battery.cells.voltages(now));
  const causes = Object.entries(counters.causes).map(([cause, count]) => `${cause} ${count}`);
  const rows: readonly (readonly [string, string, Quantity?])[] = [
    ['source', state],
    [
      'heard',
      `${counters.frames} frames, ${counters.ignored} ignored, ${counters.malformed} malformed` +
        (causes.length === 0 ? '' : ` (${causes.join(', ')})`) +
        (counters.sender === undefined ? '' : `, last from ${counters.sender}`),
    ],
    ['state of charge', `${formatPercent(soc.value)} %`, soc],
    ['pack voltage', `${formatOr(battery.voltage(now).value, 1)} V`, battery.voltage(now)],
    ['current', `${formatCurrent(current.value, battery.currentIsFine(now))} A (+ charging)`, current],
    ['power', `${power.value === undefined ? '—' : signed(power.value, 0)} W`, power],
    [
      'ampere-hours',
      `${formatOr(battery.quantity('ampHours', now).value, 1)} Ah`,
      battery.quantity('ampHours', now),
    ],
    [
      'temperature',
      `${formatOr(battery.quantity('temperatureMin', now).value, 0)} to ` +
        `${formatOr(battery.quantity('temperatureMax', now).value, 0)} °C`,
      battery.quantity('temperatureMax', now),
    ],
    [
      'cells',
      `${formatOr(battery.cellLow(now).value, 3)} lowest, ${formatOr(battery.cellAverage(now).value, 3)} mean, ` +
        `${formatOr(battery.cellHigh(now).value, 3)} highest V`,
      battery.cellAverage(now),
    ],
    [
      'cut-offs',
      `${formatOr(battery.quantity('lowCutoff', now).value, 1)} and ` +
        `${formatOr(battery.quantity('highCutoff', now).value, 1)} V a cell`,
      battery.quantity('lowCutoff', now),
    ],
    [
      'single cells',
      extremes === undefined
        ? 'none heard'
        : `${battery.cells.count}${inModules(battery.cells)}, lowest no. ${extremes.lowest + 1}, ` +
          `highest no. ${extremes.highest + 1}`,
    ],
  ];
  return rows.map(([name, text, quantity]) => `${name.padEnd(16)} ${text}${ageNote(quantity)}`).join('\n');
}

function ageNote(quantity: Quantity | undefined): string {
  if (quantity === undefined || quantity.freshness === 'fresh' || quantity.age === Infinity) return '';
  return quantity.freshness === 'late'
    ? `  (${formatAge(quantity.age)} old)`
    : `  (lost ${formatAge(quantity.age)} ago)`;
}

/** Where modules mean something, how many there are. */
function inModules({ perModule, announced }: Cells): string {
  return perModule === undefined ? '' : ` in ${Math.ceil(announced / perModule)} modules`;
}

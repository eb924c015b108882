import type { Cells } from '../model/cell-voltages';
import type { FrameCounters } from '../io/sources/frame-intake';
import type { Battery } from '../model/battery';
import { extremesOf } from '../model/cell-voltages';
import type { Quantity } from '../model/freshness';
import { batteryQuantities, type BatteryQuantity } from '../model/quantities';
import { formatAge, formatCurrent, formatPercent } from '../screens/format';
import { glanceText, signedText } from '../screens/quantity-text';

/** What an installer wants to see at a glance, as a block of lines. */
export function formatLive(battery: Battery, state: string, counters: FrameCounters, now: number): string {
  const of = (name: BatteryQuantity): Quantity => battery.quantity(name, now);
  const number = (name: BatteryQuantity): string => glanceText(name, of(name).value);
  const withUnit = (name: BatteryQuantity, text = number(name)): string =>
    `${text} ${batteryQuantities[name].unit}`;
  const current = of('current');
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
    [
      'state of charge',
      withUnit('stateOfCharge', formatPercent(of('stateOfCharge').value)),
      of('stateOfCharge'),
    ],
    ['pack voltage', withUnit('voltage'), of('voltage')],
    [
      'current',
      `${withUnit('current', formatCurrent(current.value, battery.currentIsFine(now)))} (+ charging)`,
      current,
    ],
    ['power', withUnit('power', signedText('power', of('power').value)), of('power')],
    ['ampere-hours', withUnit('ampHours'), of('ampHours')],
    ['temperature', `${number('temperatureMin')} to ${withUnit('temperatureMax')}`, of('temperatureMax')],
    [
      'cells',
      `${number('cellLow')} lowest, ${number('cellAverage')} mean, ${withUnit('cellHigh', `${number('cellHigh')} highest`)}`,
      of('cellAverage'),
    ],
    ['cut-offs', `${number('lowCutoff')} and ${withUnit('highCutoff')} a cell`, of('lowCutoff')],
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

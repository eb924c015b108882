import { converterInputs, mostCells, type ConsoleRecord } from './console-record';

/** Characters of a line that are looked at. */
export const longestLine = 512;

/** What became of a line: `noise` begins as none does that is known, `unreadable` as one does, without its value. */
export type LineResult = 'applied' | 'noise' | 'unreadable';

/** Puts what follows the beginning of a line into the record; false when it is not what belongs there. */
type Apply = (rest: string, record: ConsoleRecord) => boolean;

const integer = /^\s*([+-]?\d{1,10})/;
const decimal = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?)/i;
const hexadecimal = /^\s*(?:0x)?([\da-f]{1,8})(?![\da-f])/i;
const cellValues = /^\s*([+-]?\d{1,10})(?:, V: (.*))?/;
const inputValues = /^\s*[+-]?\d+ = (.*)/;
const longestInteger = 0x7fffffff;

function number(text: string, pattern: RegExp): number | undefined {
  const value = Number(pattern.exec(text)?.[1] ?? NaN);
  if (!Number.isFinite(value) || (pattern === integer && Math.abs(value) > longestInteger)) return undefined;
  return value;
}

type NumberField =
  | 'units'
  | 'rank'
  | 'cellCount'
  | 'packVoltage'
  | 'current'
  | 'temperature'
  | 'cellMax'
  | 'cellMin'
  | 'charge'
  | 'health'
  | 'adcPack';

const numeric =
  (field: NumberField, pattern: RegExp, per = 1): Apply =>
  (rest, record) => {
    const value = number(rest, pattern);
    if (value !== undefined) record[field] = value / per;
    return value !== undefined;
  };

const textual =
  (field: 'errors' | 'systemState' | 'breaker' | 'chargeState', end: RegExp, longest: number): Apply =>
  (rest, record) => {
    record[field] = printable(rest.split(end, 1)[0] ?? '', longest);
    return true;
  };

const counting =
  (field: 'badCrc' | 'parseFail' | 'badCell'): Apply =>
  (_, record) => {
    record[field]++;
    return true;
  };

function cell(index: number): Apply {
  return (rest, record) => {
    const [, celsius, millivolts] = cellValues.exec(rest) ?? [];
    const temperature = number(celsius ?? '', integer);
    if (temperature === undefined) return false;
    record.cellTemperatures[index] = temperature;
    const voltage = number(millivolts ?? '', decimal);
    // A line without a voltage leaves what an earlier one has told.
    if (voltage !== undefined) record.cellVolts[index] = voltage / 1000;
    return voltage !== undefined;
  };
}

function input(index: number): Apply {
  return (rest, record) => {
    const millivolts = number(inputValues.exec(rest)?.[1] ?? '', decimal);
    if (millivolts !== undefined) record.adc[index] = millivolts / 1000;
    return millivolts !== undefined;
  };
}

const mcuId: Apply = (rest, record) => {
  const digits = hexadecimal.exec(rest)?.[1];
  if (digits !== undefined) record.mcuId = Number.parseInt(digits, 16);
  return digits !== undefined;
};

/** Beginnings of lines, exact in case and spaces, and what follows them. */
const beginnings: readonly (readonly [beginning: string, apply: Apply])[] = [
  ['MCU ID: ', mcuId],
  ['--- PO PARAMS --- (i=', numeric('units', integer)],
  ['after assignRank() --> own rank = ', numeric('rank', integer)],
  ['CellCount: ', numeric('cellCount', integer)],
  ...Array.from(
    { length: mostCells },
    (_, i) => [`C${String(i + 1).padStart(2, '0')}) T: `, cell(i)] as const,
  ),
  ['Vpack: ', numeric('packVoltage', integer, 1000)],
  ['Current: ', numeric('current', decimal)],
  ['Temp: ', numeric('temperature', integer)],
  ['Vc_max: ', numeric('cellMax', integer, 1000)],
  ['Vc_min: ', numeric('cellMin', integer, 1000)],
  ['SOC: ', numeric('charge', integer)],
  ['SOH: ', numeric('health', decimal)],
  ['Errors: "', textual('errors', /"/, 32)],
  ['System_State: ', textual('systemState', /[\r\n]/, 32)],
  ['Breaker: ', textual('breaker', /[\r\n]/, 32)],
  ['Charge State: ', textual('chargeState', /[ \r\n]/, 16)],
  ['Vp_adc: ', numeric('adcPack', integer, 1000)],
  ...Array.from({ length: converterInputs }, (_, i) => [`DEBUG: ADC[${i}]: `, input(i)] as const),
  ['INFO: BAD CRC', counting('badCrc')],
  ['INFO: cellcomms parse FAIL', counting('parseFail')],
  ['DEBUG: REJECT BAD ', counting('badCell')],
];

/** A line of a cell; those beyond the sixteenth have no place. */
const anyCell = /^C\d{2,3}\) T: /;

/** Puts what a line says into the record. Never throws. */
export function applyLine(line: string, record: ConsoleRecord): LineResult {
  const found = beginnings.find(([beginning]) => line.startsWith(beginning));
  if (found === undefined) return anyCell.test(line) ? 'unreadable' : 'noise';
  const [beginning, apply] = found;
  return apply(line.slice(beginning.length), record) ? 'applied' : 'unreadable';
}

/** A text of the battery: without control characters and halves of characters, which no screen shows and no database takes. */
function printable(text: string, longest: number): string {
  const characters = Array.from(text.replaceAll(/[\p{Cc}\p{Cs}]/gu, ''));
  return characters.slice(0, longest).join('').trimEnd();
}

/**
 * The pair of energy counters: the console writes both under the same name, out first, after it has said that it stores them.
 */
export class EnergyPair {
  energyOut: number | undefined;
  energyIn: number | undefined;
  private next: 'out' | 'in' | undefined;

  /** Takes a line of any kind. */
  line(line: string): LineResult {
    if (line.startsWith('DEBUG: CALC PACK_CHARGE, STORE IN FLASH')) {
      this.next = 'out';
      return 'applied';
    }
    const beginning = 'Write EnergyOut: ';
    if (!line.startsWith(beginning)) return 'noise';
    const { next } = this;
    if (next === undefined) return 'applied';
    this.next = next === 'out' ? 'in' : undefined;
    const value = number(line.slice(beginning.length), decimal);
    if (value === undefined) return 'unreadable';
    if (next === 'out') this.energyOut = value;
    else this.energyIn = value;
    return 'applied';
  }
}

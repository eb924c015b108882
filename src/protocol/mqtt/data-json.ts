import { protectionColumns, type TelegrafBattery, type TelegrafMeter } from '../telegraf-csv';

/** A message with its topic. */
export interface DataMessage {
  readonly topic: string;
  readonly payload: string;
}

type Member = readonly [key: string, value: string | undefined];

/** Cells of one message, and cells that have a balancing bit. */
const cellsAtOnce = 8;
const balancedCells = 16;
const bms = 'data/bms';
const gauge = `${bms}/gauge`;

/**
 * A battery in the JSON that the programs of tgalarneau/bms publish (jbdbms-4, -8 and -16-mqtt-json.py), byte for byte and in
 * the order in which those send it: numbers as Python writes them. What is not known is left out, and so are messages without
 * anything else.
 *
 * @param meter its name; those programs always say `bms`
 */
export function batteryData(meter: string, battery: TelegrafBattery): DataMessage[] {
  const { volts, amps, remain, capacity, cycles, balancing, protection, percent, fet, cells } = battery;
  const watts = volts === undefined || amps === undefined ? undefined : volts * amps;
  const count = cells.length;
  const balance = Array.from({ length: balancedCells }, (_, i): Member => {
    const cell = balancedCells - i;
    return [`c${String(cell).padStart(2, '0')}`, bit(balancing, cell - 1)];
  });
  return [
    message(gauge, meter, [
      ['volts', float(volts)],
      ['amps', float(amps)],
      ['watts', float(watts)],
      ['remain', float(remain)],
      ['capacity', float(capacity)],
      ['cycles', whole(cycles)],
    ]),
    // The program for eight cells is the only one that has it there.
    message(count > 4 && count <= cellsAtOnce ? gauge : bms, meter, balance),
    message(
      bms,
      meter,
      protectionColumns.map((name, i): Member => [name, bit(protection, i)]),
    ),
    message(bms, meter, [
      ['protect', whole(protection)],
      ['percent', percent === undefined || Number.isInteger(percent) ? whole(percent) : float(percent)],
      ['fet', whole(fet)],
      ['cells', count === 0 ? undefined : whole(count)],
      ...battery.temperatures.map((celsius, i): Member => [`temp${i + 1}`, float(celsius)]),
    ]),
    ...cellMessages(meter, battery),
  ].flat();
}

/** A meter likewise (meters-mqtt-json.py), whose `kwh` holds Wh there too. */
export function meterData(meter: string, of: TelegrafMeter): DataMessage[] {
  return message(`data/${meter}`, meter, [
    ['volts', float(of.volts)],
    ['amps', float(of.amps)],
    ['watts', float(of.watts)],
    ['temp', float(of.temp)],
    ['kwh', float(of.wattHours)],
    ['ah', float(of.ampHours)],
    ['peak', float(of.peak)],
  ]);
}

function cellMessages(meter: string, { cells, cellsComplete }: TelegrafBattery): DataMessage[] {
  const millivolts = cells.map((volts) => (volts === undefined ? undefined : Math.round(volts * 1000)));
  const members = millivolts.map((value, i): Member => [`cell${i + 1}`, whole(value)]);
  const parts = Array.from({ length: Math.ceil(members.length / cellsAtOnce) }, (_, i) =>
    message(gauge, meter, members.slice(i * cellsAtOnce, (i + 1) * cellsAtOnce)),
  ).flat();
  const known = millivolts.filter((value) => value !== undefined);
  if (!cellsComplete || known.length === 0) return parts;
  const [min, max] = [Math.min(...known), Math.max(...known)];
  const numberOf = (value: number): string => whole(millivolts.indexOf(value) + 1) ?? '';
  return [
    ...parts,
    ...message(gauge, meter, [
      ['mincell', numberOf(min)],
      ['cellsmin', whole(min)],
      ['maxcell', numberOf(max)],
      ['cellsmax', whole(max)],
      ['delta', whole(max - min)],
    ]),
    // What the original's dashboard asks for.
    ...message(gauge, meter, [
      ['cellmin', whole(min)],
      ['cellmax', whole(max)],
    ]),
  ];
}

function message(topic: string, meter: string, members: readonly Member[]): DataMessage[] {
  const known = members.filter(([, value]) => value !== undefined);
  if (known.length === 0) return [];
  const all: readonly Member[] = [['meter', text(meter)], ...known];
  return [{ topic, payload: `{${all.map(([key, value]) => `"${key}": ${value ?? ''}`).join(', ')}}` }];
}

/** As Python's json.dumps writes it: in ASCII. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function whole(value: number | undefined): string | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : String(Math.round(value) + 0);
}

function bit(bits: number | undefined, index: number): string | undefined {
  return bits === undefined ? undefined : String(Math.floor(bits / 2 ** index) % 2);
}

/** As Python writes a float: with a point or an exponent of two digits at least. */
function float(value: number | undefined): string | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16))
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  const plain = String(value);
  return /[.]/.test(plain) ? plain : `${plain}.0`;
}

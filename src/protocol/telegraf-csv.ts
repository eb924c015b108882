import { printfFixed, printfInteger } from './printf-number';

/** What is known of a battery; `undefined` where it is not. */
export interface TelegrafBattery {
  /** V */
  readonly volts?: number | undefined;
  /** A, positive into the battery. */
  readonly amps?: number | undefined;
  /** Ah */
  readonly remain?: number | undefined;
  /** Ah */
  readonly capacity?: number | undefined;
  readonly cycles?: number | undefined;
  /** Bit 0 is the first cell. */
  readonly balancing?: number | undefined;
  /** A JBD battery's protection word. */
  readonly protection?: number | undefined;
  /** % */
  readonly percent?: number | undefined;
  /** Bit 0: charging is allowed, bit 1: discharging. */
  readonly fet?: number | undefined;
  /** °C by probe. */
  readonly temperatures: readonly (number | undefined)[];
  /** V by cell. */
  readonly cells: readonly (number | undefined)[];
  /** Cells without a voltage are none, or can't be told: their extremes are known. */
  readonly cellsComplete: boolean;
}

/** What is known of a meter; likewise. */
export interface TelegrafMeter {
  readonly volts?: number | undefined;
  readonly amps?: number | undefined;
  readonly watts?: number | undefined;
  /** °C */
  readonly temp?: number | undefined;
  readonly wattHours?: number | undefined;
  readonly ampHours?: number | undefined;
  /** A */
  readonly peak?: number | undefined;
}

type Column = readonly [name: string, value: string | undefined];

/** Bits of the protection word, bit 0 first. */
export const protectionColumns = [
  ...['ovp', 'uvp', 'bov', 'buv', 'cot', 'cut', 'dot', 'dut', 'coc', 'duc', 'sc', 'ic', 'cnf'],
];
/** Cells of one message. */
const cellsAtOnce = 8;
/** Cells that have a balancing bit, all of which are told whenever one is. */
const balancedCells = 16;

/**
 * A battery in the CSV that the programs of tgalarneau/bms send to Telegraf, byte for byte: messages with a header row each,
 * in the order in which those send them. Columns of what is not known are left out, and so are messages without any other.
 *
 * @param meter its name
 */
export function telegrafBattery(meter: string, battery: TelegrafBattery): readonly string[] {
  const { volts, amps, balancing, protection } = battery;
  const watts = volts === undefined || amps === undefined ? undefined : volts * amps;
  const balance = Array.from({ length: balancedCells }, (_, i): Column => [
    `c${String(i + 1).padStart(2, '0')}`,
    bit(balancing, i),
  ]);
  return [
    [
      ['volts', fixed(volts, 2)],
      ['amps', fixed(amps, 2)],
      ['watts', fixed(watts, 2)],
      ['remain', whole(battery.remain)],
      ['capacity', whole(battery.capacity)],
      ['cycles', whole(battery.cycles)],
    ] satisfies Column[],
    balance.slice(0, cellsAtOnce),
    balance.slice(cellsAtOnce),
    protectionColumns.map((name, i): Column => [name, bit(protection, i)]),
    status(battery),
    ...cellMessages(battery),
  ].flatMap((columns) => message(meter, columns));
}

/** A meter likewise. The original's `kwh` holds Wh; a message of ours gives them their right name besides. */
export function telegrafMeter(meter: string, of: TelegrafMeter): readonly string[] {
  const wattHours = fixed(of.wattHours, 4);
  return [
    [
      ['volts', fixed(of.volts, 3)],
      ['amps', fixed(of.amps, 2)],
      ['watts', fixed(of.watts, 2)],
      ['temp', fixed(of.temp, 1)],
      ['kwh', wattHours],
      ['ah', fixed(of.ampHours, 2)],
      ['peak', fixed(of.peak, 2)],
    ] satisfies Column[],
    [['wh', wattHours]] satisfies Column[],
  ].flatMap((columns) => message(meter, columns));
}

function status({ protection, percent, fet, cells, temperatures }: TelegrafBattery): readonly Column[] {
  const known: readonly Column[] = [
    ['protect', whole(protection)],
    ['percent', percent === undefined || Number.isInteger(percent) ? whole(percent) : fixed(percent, 1)],
    ['fet', whole(fet)],
    ['cells', cells.length === 0 ? undefined : whole(cells.length)],
  ];
  return [...known, ...temperatures.map((celsius, i): Column => [`temp${i + 1}`, fixed(celsius, 1)])];
}

function cellMessages({ cells, cellsComplete }: TelegrafBattery): readonly (readonly Column[])[] {
  const millivolts = cells.map((value) => (value === undefined ? undefined : Math.round(value * 1000)));
  const columns = millivolts.map((value, i): Column => [`cell${i + 1}`, whole(value)]);
  const parts = Array.from({ length: Math.ceil(columns.length / cellsAtOnce) }, (_, i) =>
    columns.slice(i * cellsAtOnce, (i + 1) * cellsAtOnce),
  );
  return cellsComplete ? [...parts, ...extremes(millivolts)] : parts;
}

/** In both spellings: the newer programs' columns, and those that the original's dashboard and its oldest program have. */
function extremes(millivolts: readonly (number | undefined)[]): readonly (readonly Column[])[] {
  const known = millivolts.filter((value) => value !== undefined);
  if (known.length === 0) return [];
  const [min, max] = [Math.min(...known), Math.max(...known)];
  const cell = (value: number): string => `cell${millivolts.indexOf(value) + 1}`;
  const delta: Column = ['delta', whole(max - min)];
  return [
    [
      ['mincell', cell(min)],
      ['cellsmin', whole(min)],
      ['maxcell', cell(max)],
      ['cellsmax', whole(max)],
      delta,
    ],
    [['cellmin', whole(min)], ['cellmax', whole(max)], delta],
  ];
}

function message(meter: string, columns: readonly Column[]): readonly string[] {
  const known = columns.filter(([, value]) => value !== undefined);
  if (known.length === 0) return [];
  const names = known.map(([name]) => name);
  const values = known.map(([, value]) => value);
  return [`${['meter', ...names].join(',')}\r\n${[quoted(meter), ...values].join(',')}`];
}

/** A name as CSV has it; plain ones stay as they are. */
function quoted(name: string): string {
  const plain = name.replaceAll(/[\p{Cs}\p{Cc}\u2028\u2029]/gu, '_');
  return /^[\s#]|[",]|\s$|^$/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function fixed(value: number | undefined, decimals: number): string | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : printfFixed(value, decimals);
}

function whole(value: number | undefined): string | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : printfInteger(value);
}

function bit(bits: number | undefined, index: number): string | undefined {
  return bits === undefined ? undefined : String(Math.floor(bits / 2 ** index) % 2);
}

/** What a panel asks for: one of packdial's columns, in one of four ways. */
export type Wanted =
  /** The mean (or the lowest or highest) of a column by device and interval; of cells and probes by their number too. */
  | {
      readonly ask: 'series';
      readonly table: Table;
      readonly column: string;
      readonly of: Of;
      /** A column whose own mean is subtracted. */
      readonly less?: string;
    }
  /** What a counter of the day had come to at its end, in thousands, by device and local day. */
  | { readonly ask: 'days'; readonly table: Kind; readonly column: string; readonly name: string }
  /** The sum of those days by week, which begins on Monday; `yearBefore` is that of 52 weeks before, shown in the same place. */
  | {
      readonly ask: 'weeks';
      readonly table: Kind;
      readonly column: string;
      readonly name: string;
      readonly yearBefore: boolean;
    };

/** Tables of devices, see docs/databases.md. */
export type Kind = 'battery' | 'solar_charger' | 'meter';
export type Table = Kind | 'cell' | 'probe';
export type Of = 'mean' | 'min' | 'max';

/** A panel of the dashboard. */
export interface PanelPlan {
  readonly title: string;
  /** Shown behind the (i). */
  readonly description?: string;
  readonly draw: 'gauge' | 'stat' | 'lines' | 'bars';
  /** Grafana's name of a unit. */
  readonly unit: string;
  readonly decimals?: number;
  readonly wanted: readonly Wanted[];
  /** Between which values a gauge goes. */
  readonly range?: readonly [number, number];
  /** Value from which on a colour is used, the first from the lowest on. */
  readonly steps?: readonly (readonly [number | null, Colour])[];
  /** Of 24. */
  readonly width: number;
}

/** Colours by what they mean, as on the display. */
export type Colour = 'voltage' | 'powerOut' | 'powerIn' | 'solar' | 'warning' | 'alarm';

/** Panels under one heading. */
export interface RowPlan {
  readonly title: string;
  /** Is asked only when somebody opens it. */
  readonly closed: boolean;
  readonly height: number;
  /** Range of its own, whatever is chosen above. */
  readonly last?: string;
  /** Its smallest interval, where that is another than the recorder's. */
  readonly interval?: string;
  readonly panels: readonly PanelPlan[];
}

const mean = (table: Table, column: string): Wanted => ({ ask: 'series', table, column, of: 'mean' });

const charge: PanelPlan['steps'] = [
  [null, 'alarm'],
  [10, 'warning'],
  [20, 'voltage'],
];
const bothWays: PanelPlan['steps'] = [
  [null, 'powerOut'],
  [0, 'powerIn'],
];
const temperature: PanelPlan['steps'] = [
  [null, 'warning'],
  [0, 'voltage'],
  [45, 'warning'],
  [55, 'alarm'],
];
const blue: PanelPlan['steps'] = [[null, 'voltage']];
const yellow: PanelPlan['steps'] = [[null, 'solar']];

const inAndOut = (table: Kind): readonly Wanted[] => [
  { ask: 'days', table, column: 'energy_in_today', name: 'in' },
  { ask: 'days', table, column: 'energy_out_today', name: 'out' },
];

const season = (column: string): readonly Wanted[] =>
  [false, true].map((yearBefore) => ({
    ...{ ask: 'weeks', table: 'battery', column, yearBefore },
    name: yearBefore ? 'a year before' : 'this year',
  }));

/** The dashboard from its top: the same for every store. */
export const rows: readonly RowPlan[] = [
  {
    ...{ title: 'Now', closed: false, height: 5, last: '5m' },
    panels: [
      {
        ...{ title: 'State of charge', draw: 'gauge', unit: 'percent', decimals: 0, range: [0, 100] },
        ...{ wanted: [mean('battery', 'state_of_charge')], steps: charge, width: 6 },
      },
      {
        ...{ title: 'Power now', draw: 'stat', unit: 'watt', decimals: 0, steps: bothWays, width: 6 },
        ...{ wanted: [mean('battery', 'power')], description: 'Positive is into the battery.' },
      },
      {
        ...{ title: 'Voltage now', draw: 'stat', unit: 'volt', decimals: 2, steps: blue, width: 4 },
        wanted: [mean('battery', 'voltage')],
      },
      {
        ...{ title: 'Lowest cell now', draw: 'stat', unit: 'volt', decimals: 3, steps: blue, width: 4 },
        wanted: [{ ask: 'series', table: 'battery', column: 'cell_low', of: 'min' }],
      },
      {
        ...{ title: 'Hottest now', draw: 'stat', unit: 'celsius', decimals: 0, steps: temperature, width: 4 },
        wanted: [{ ask: 'series', table: 'battery', column: 'temperature_max', of: 'max' }],
      },
    ],
  },
  {
    ...{ title: 'Battery', closed: false, height: 8 },
    panels: [
      {
        ...{ title: 'Power', draw: 'lines', unit: 'watt', steps: bothWays, width: 12 },
        ...{ wanted: [mean('battery', 'power')], description: 'Positive is into the battery.' },
      },
      {
        ...{ title: 'Charge', draw: 'lines', unit: 'percent', range: [0, 100], width: 12 },
        wanted: [mean('battery', 'state_of_charge')],
      },
      {
        ...{ title: 'Current', draw: 'lines', unit: 'amp', width: 12 },
        ...{ wanted: [mean('battery', 'current')], description: 'Positive is into the battery.' },
      },
      {
        ...{ title: 'Voltage', draw: 'lines', unit: 'volt', decimals: 2, width: 12 },
        wanted: [mean('battery', 'voltage')],
      },
    ],
  },
  {
    ...{ title: 'Days', closed: false, height: 8, last: '31d', interval: '1d' },
    panels: [
      {
        ...{ title: 'Energy by day', draw: 'bars', unit: 'kwatth', decimals: 1, width: 24 },
        wanted: inAndOut('battery'),
      },
    ],
  },
  {
    ...{ title: 'This season and last year’s', closed: true, height: 9, last: '364d', interval: '7d' },
    panels: [
      {
        ...{ title: 'Energy out by week', draw: 'bars', unit: 'kwatth', decimals: 0, width: 24 },
        wanted: season('energy_out_today'),
      },
      {
        ...{ title: 'Energy in by week', draw: 'bars', unit: 'kwatth', decimals: 0, width: 24 },
        wanted: season('energy_in_today'),
      },
    ],
  },
  {
    ...{ title: 'Cells', closed: true, height: 9 },
    panels: [
      {
        ...{ title: 'Cell voltages', draw: 'lines', unit: 'volt', decimals: 3, width: 24 },
        wanted: [mean('cell', 'voltage')],
      },
      {
        ...{ title: 'Between lowest and highest cell', draw: 'lines', unit: 'volt', decimals: 3, width: 12 },
        wanted: [{ ask: 'series', table: 'battery', column: 'cell_high', less: 'cell_low', of: 'mean' }],
      },
      {
        ...{ title: 'Temperatures', draw: 'lines', unit: 'celsius', decimals: 1, width: 12 },
        wanted: [mean('probe', 'temperature')],
      },
    ],
  },
  {
    ...{ title: 'Solar', closed: true, height: 8 },
    panels: [
      {
        ...{ title: 'PV power', draw: 'lines', unit: 'watt', steps: yellow, width: 12 },
        wanted: [mean('solar_charger', 'pv_power')],
      },
      {
        ...{ title: 'PV voltage', draw: 'lines', unit: 'volt', decimals: 1, width: 12 },
        wanted: [mean('solar_charger', 'pv_voltage')],
      },
    ],
  },
  {
    ...{ title: 'Solar by day', closed: true, height: 8, last: '31d', interval: '1d' },
    panels: [
      {
        ...{ title: 'Yield by day', draw: 'bars', unit: 'kwatth', decimals: 2, width: 24 },
        wanted: [{ ask: 'days', table: 'solar_charger', column: 'energy_in_today', name: 'yield' }],
      },
    ],
  },
  {
    ...{ title: 'Meters', closed: true, height: 8 },
    panels: [
      {
        ...{ title: 'Power of the meters', draw: 'lines', unit: 'watt', steps: bothWays, width: 12 },
        wanted: [mean('meter', 'power')],
      },
      {
        ...{ title: 'Current of the meters', draw: 'lines', unit: 'amp', width: 12 },
        wanted: [mean('meter', 'current')],
      },
    ],
  },
  {
    ...{ title: 'Meters by day', closed: true, height: 8, last: '31d', interval: '1d' },
    panels: [
      {
        ...{ title: 'Energy of the meters by day', draw: 'bars', unit: 'kwatth', decimals: 2, width: 24 },
        wanted: inAndOut('meter'),
      },
    ],
  },
];

/** The variable with the chosen devices of a table. */
export function variableOf(table: Table): 'battery' | 'charger' | 'meter' {
  if (table === 'solar_charger') return 'charger';
  return table === 'meter' ? 'meter' : 'battery';
}

/** The number that tells rows of one device and time apart. */
export function partOf(table: Table): 'cell' | 'probe' | undefined {
  return table === 'cell' || table === 'probe' ? table : undefined;
}

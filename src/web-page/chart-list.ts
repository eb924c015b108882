import { dayPalette } from '../render/theme';
import { inUnits, temperatureUnit, type Units } from '../model/temperature';

/** A line of a chart. */
export interface ChartLine {
  /** Its name in the history. */
  readonly value: string;
  readonly label: string;
  readonly colour: string;
  /** Only the part above or below zero. */
  readonly part?: 'above' | 'below';
}

/** What a chart shows. */
export interface ChartKind {
  /** In the address. */
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly decimals: number;
  readonly lines: readonly ChartLine[];
  /** From the history's unit into the one shown. */
  readonly convert: (value: number) => number;
  /** Fixed ends of the scale. */
  readonly scale?: readonly [number, number];
  /** The scale always shows zero. */
  readonly fromZero?: boolean;
}

const same = (value: number): number => value;
const { powerIn, powerOut, voltage, voltageLight, warning, text } = dayPalette;

/** The charts that can be chosen. */
export function chartKinds(units: Units): readonly ChartKind[] {
  return [
    {
      name: 'power',
      title: 'Power',
      unit: 'kW',
      decimals: 2,
      fromZero: true,
      convert: (watts) => watts / 1000,
      lines: [
        { value: 'power', label: 'into the battery', colour: powerIn, part: 'above' },
        { value: 'power', label: 'out of it', colour: powerOut, part: 'below' },
      ],
    },
    {
      name: 'soc',
      title: 'State of charge',
      unit: '%',
      decimals: 1,
      scale: [0, 100],
      convert: same,
      lines: [{ value: 'stateOfCharge', label: 'state of charge', colour: voltage }],
    },
    {
      name: 'cells',
      title: 'Cells',
      unit: 'V',
      decimals: 3,
      convert: same,
      lines: [
        { value: 'cellHigh', label: 'highest', colour: text },
        { value: 'cellAverage', label: 'mean', colour: voltage },
        { value: 'cellLow', label: 'lowest', colour: warning },
      ],
    },
    {
      name: 'voltage',
      title: 'Pack voltage',
      unit: 'V',
      decimals: 1,
      convert: same,
      lines: [{ value: 'voltage', label: 'pack', colour: voltage }],
    },
    {
      name: 'current',
      title: 'Current',
      unit: 'A',
      decimals: 1,
      fromZero: true,
      convert: same,
      lines: [
        { value: 'current', label: 'charging', colour: powerIn, part: 'above' },
        { value: 'current', label: 'discharging', colour: powerOut, part: 'below' },
      ],
    },
    {
      name: 'temperature',
      title: 'Temperature',
      unit: temperatureUnit(units),
      decimals: 1,
      convert: (celsius) => inUnits(celsius, units),
      lines: [
        { value: 'temperatureMax', label: 'highest', colour: warning },
        { value: 'temperatureMin', label: 'lowest', colour: voltageLight },
      ],
    },
    {
      name: 'amperehours',
      title: 'Ampere-hours',
      unit: 'Ah',
      decimals: 1,
      convert: same,
      lines: [{ value: 'ampHours', label: 'since full', colour: voltage }],
    },
  ];
}

/** The chart of a single cell. @param number from 1 */
export function cellChart(number: number): ChartKind {
  return {
    name: `cell${number}`,
    title: `Cell ${number}`,
    unit: 'V',
    decimals: 3,
    convert: same,
    lines: [{ value: `cell${number}`, label: 'cell', colour: voltage }],
  };
}

import { dayPalette } from '../render/theme';
import {
  batteryQuantities,
  cellForm,
  probeForm,
  screenUnit,
  type BatteryQuantity,
} from '../model/quantities';
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

const { powerIn, powerOut, voltage, voltageLight, warning, text } = dayPalette;

/** What a chart is besides what the table of quantities says of the value of its first line. */
interface Plan
  extends Pick<ChartKind, 'name' | 'lines'>, Partial<Pick<ChartKind, 'title' | 'scale' | 'fromZero'>> {
  readonly lines: readonly (ChartLine & { readonly value: BatteryQuantity })[];
}

const plans: readonly Plan[] = [
  {
    name: 'power',
    fromZero: true,
    lines: [
      { value: 'power', label: 'into the battery', colour: powerIn, part: 'above' },
      { value: 'power', label: 'out of it', colour: powerOut, part: 'below' },
    ],
  },
  {
    name: 'soc',
    scale: [0, 100],
    lines: [{ value: 'stateOfCharge', label: 'state of charge', colour: voltage }],
  },
  {
    name: 'cells',
    title: 'Cells',
    lines: [
      { value: 'cellHigh', label: 'highest', colour: text },
      { value: 'cellAverage', label: 'mean', colour: voltage },
      { value: 'cellLow', label: 'lowest', colour: warning },
    ],
  },
  { name: 'voltage', lines: [{ value: 'voltage', label: 'pack', colour: voltage }] },
  {
    name: 'current',
    fromZero: true,
    lines: [
      { value: 'current', label: 'charging', colour: powerIn, part: 'above' },
      { value: 'current', label: 'discharging', colour: powerOut, part: 'below' },
    ],
  },
  {
    name: 'temperature',
    title: 'Temperature',
    lines: [
      { value: 'temperatureMax', label: 'highest', colour: warning },
      { value: 'temperatureMin', label: 'lowest', colour: voltageLight },
    ],
  },
  { name: 'amperehours', lines: [{ value: 'ampHours', label: 'since full', colour: voltage }] },
];

/** The charts that can be chosen. */
export function chartKinds(units: Units): readonly ChartKind[] {
  return plans.flatMap(({ title, ...plan }) => {
    const [first] = plan.lines;
    if (first === undefined) return [];
    const { label } = batteryQuantities[first.value];
    return [{ ...plan, title: title ?? label, ...scaleOf(first.value, units) }];
  });
}

function scaleOf(value: BatteryQuantity, units: Units): Pick<ChartKind, 'unit' | 'decimals' | 'convert'> {
  const { unit, per, decimals } = screenUnit(value);
  // The mean of whole degrees is worth a decimal.
  const scale = { decimals: Math.max(1, decimals) };
  if (unit === probeForm.unit)
    return { ...scale, unit: temperatureUnit(units), convert: (celsius) => inUnits(celsius, units) };
  return { ...scale, unit, convert: (number) => number / per };
}

/** The chart of a single cell. @param number from 1 */
export function cellChart(number: number): ChartKind {
  const { label, unit, decimals } = cellForm;
  return {
    name: `cell${number}`,
    title: `${label} ${number}`,
    unit,
    decimals,
    convert: (volts) => volts,
    lines: [{ value: `cell${number}`, label: 'cell', colour: voltage }],
  };
}

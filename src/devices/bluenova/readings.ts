import type { Reading } from '../../model/reading';
import { mostCells, type ConsoleRecord } from './console-record';

/** Greatest and least that each can be; what is beyond is unknown. */
const plausible = {
  voltage: [0, 1500],
  current: [-5000, 5000],
  stateOfCharge: [0, 100],
  stateOfHealth: [0, 200],
  cell: [0, 10],
  temperature: [-60, 200],
} as const;

function known(value: number | undefined, range: keyof typeof plausible): number | undefined {
  const [least, most] = plausible[range];
  return value !== undefined && value >= least && value <= most ? value : undefined;
}

/** What is the same for all readings of a device. */
export interface ReadingFrame {
  readonly device: string;
  readonly at: number;
  /** ms between two records. */
  readonly period: number;
  /** Turns the sign of the current round. */
  readonly invert: boolean;
}

/** A record as a reading, in units and signs of the house. */
export function readingOf(record: ConsoleRecord, of: ReadingFrame): Reading {
  const { device, at, period } = of;
  const { count, volts, celsius } = cellsOf(record);
  const temperature = known(record.temperature, 'temperature');
  const texts = {
    errors: record.errors,
    systemState: record.systemState,
    breaker: record.breaker,
    chargeState: record.chargeState,
  };
  return {
    device,
    at,
    group: 'console',
    period,
    values: told({ ...values(record, of), ...summary(record, volts, [...celsius, temperature]) }),
    texts: told(texts),
    ...(count > 0 && { cells: { first: 0, total: count, volts }, cellTemperatures: celsius }),
    temperatures: temperature === undefined ? [] : [temperature],
  };
}

function values(record: ConsoleRecord, { invert }: ReadingFrame): Record<string, number | undefined> {
  const voltage = known(record.packVoltage, 'voltage');
  const sent = known(record.current, 'current');
  const current = sent !== undefined && invert ? 0 - sent : sent;
  const [adc0, adc1, adc2, adc3, adc4] = record.adc;
  return {
    voltage,
    current,
    power: voltage === undefined || current === undefined ? undefined : voltage * current,
    stateOfCharge: known(record.charge, 'stateOfCharge'),
    stateOfHealth: known(record.health, 'stateOfHealth'),
    energyIn: record.energyIn,
    energyOut: record.energyOut,
    adcPack: record.adcPack,
    adc0,
    adc1,
    adc2,
    adc3,
    adc4,
    badCrc: record.badCrc,
    parseFail: record.parseFail,
    badCell: record.badCell,
    units: record.units,
    rank: record.rank,
    mcuId: record.mcuId,
  };
}

/** The cells that the battery says it has, or else those that it has told of. */
function cellsOf(record: ConsoleRecord): {
  readonly count: number;
  readonly volts: (number | undefined)[];
  readonly celsius: (number | undefined)[];
} {
  const volts = record.cellVolts.map((value) => known(value, 'cell'));
  const celsius = record.cellTemperatures.map((value) => known(value, 'temperature'));
  const isTold = (i: number): boolean => volts[i] !== undefined || celsius[i] !== undefined;
  const highest = volts.findLastIndex((_, i) => isTold(i)) + 1;
  const { cellCount = 0 } = record;
  const count = highest === 0 ? 0 : Math.max(highest, cellCount <= mostCells ? cellCount : 0);
  return { count, volts: volts.slice(0, count), celsius: celsius.slice(0, count) };
}

/** Extremes as the battery tells them; from its cells where it does not and all cells are known. */
function summary(
  record: ConsoleRecord,
  volts: readonly (number | undefined)[],
  temperatures: readonly (number | undefined)[],
): Record<string, number | undefined> {
  const cells = volts.filter((value) => value !== undefined);
  const all = cells.length > 0 && cells.length === volts.length;
  const celsius = temperatures.filter((value) => value !== undefined);
  return {
    cellLow: known(record.cellMin, 'cell') ?? (all ? Math.min(...cells) : undefined),
    cellHigh: known(record.cellMax, 'cell') ?? (all ? Math.max(...cells) : undefined),
    cellAverage: all ? cells.reduce((sum, value) => sum + value, 0) / cells.length : undefined,
    temperatureMin: celsius.length > 0 ? Math.min(...celsius) : undefined,
    temperatureMax: celsius.length > 0 ? Math.max(...celsius) : undefined,
  };
}

/** Without what is unknown. */
function told<T>(all: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, T] => entry[1] !== undefined),
  );
}

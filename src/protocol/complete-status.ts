import type { Battery } from '../model/battery';
import type { Cells } from '../model/cell-voltages';
import type { BatteryQuantity } from '../model/quantities';
import { rounded } from './rounded';

/** Cells come in modules of so many, as an EVTV controller tells them. */
export const cellsPerModule = 6;
/** Modules that a message has at most. */
export const mostModules = 40;

/** An EVTV controller's message: ages are kept by its id. */
type MessageId = '0x150' | '0x151' | '0x650' | '0x651' | '0x652' | '0x683' | '0x68F';

/** What the message is called by. */
export interface StatusOrigin {
  /** The controller's name, null when it has none. */
  readonly bmsId: string | null;
  /** Which way the values came, such as `evtv-udp`. */
  readonly source: string;
}

/**
 * All that is known of a battery in one message: schema 1 of CompleteStatus. Units are V, A, W, Ah, %, °C and, for ages, s;
 * current and power are positive into the battery. What is not known is null, never 0.
 */
export interface CompleteStatus extends StatusOrigin {
  readonly schema: 1;
  /** When it was put together, ISO 8601 in UTC. */
  readonly timestamp: string;
  readonly soc: number | null;
  readonly packVoltage: number | null;
  readonly packCurrent: number | null;
  readonly packPower: number | null;
  readonly ampHours: number | null;
  readonly tempMax: number | null;
  readonly tempMin: number | null;
  readonly cellLow: number | null;
  readonly cellHigh: number | null;
  readonly cellAverage: number | null;
  readonly highCutoff: number | null;
  readonly lowCutoff: number | null;
  /** Modules that the controller announced, null before it did. */
  readonly modules: number | null;
  /** Six voltages a module, null for a module that is not known. */
  readonly cells: readonly (readonly number[] | null)[];
  readonly maxCells: number | null;
  readonly activeCells: number | null;
  readonly freqShiftVolts: number | null;
  readonly chargerAmps: number | null;
  /** Seconds since each message was heard, null when it never was; for 0x68F one a module. */
  readonly age: Readonly<Record<Exclude<MessageId, '0x68F'>, number | null>> & {
    readonly '0x68F': readonly (number | null)[];
  };
}

/** What CompleteStatus calls a battery's quantities. */
export const statusQuantities = {
  soc: 'stateOfCharge',
  packVoltage: 'voltage',
  packCurrent: 'current',
  packPower: 'power',
  ampHours: 'ampHours',
  tempMax: 'temperatureMax',
  tempMin: 'temperatureMin',
  cellLow: 'cellLow',
  cellHigh: 'cellHigh',
  cellAverage: 'cellAverage',
  highCutoff: 'highCutoff',
  lowCutoff: 'lowCutoff',
  maxCells: 'maxCells',
  activeCells: 'activeCells',
  freqShiftVolts: 'frequencyShiftVolts',
  chargerAmps: 'chargerAmps',
} as const satisfies Partial<Record<keyof CompleteStatus, BatteryQuantity>>;

/** A number of CompleteStatus. */
export type StatusKey = keyof typeof statusQuantities;

/** Puts the message together as of `now` (monotonic ms), with `wall` as its time stamp. */
export function completeStatus(
  battery: Battery,
  origin: StatusOrigin,
  now: number,
  wall: Date,
): CompleteStatus {
  const { cells } = battery;
  const told = (key: StatusKey): number | null => battery.quantity(statusQuantities[key], now).value ?? null;
  const age = (message: MessageId): number | null => seconds(battery.groupAge(message, now));
  const modules = Array.from({ length: cells.modules }, (_, index) => index);
  return {
    schema: 1,
    timestamp: wall.toISOString(),
    bmsId: origin.bmsId,
    source: origin.source,
    soc: told('soc'),
    packVoltage: rounded(battery.voltage(now).value, 3),
    packCurrent: battery.current(now).value ?? null,
    packPower: rounded(battery.power(now).value, 2),
    ampHours: told('ampHours'),
    tempMax: told('tempMax'),
    tempMin: told('tempMin'),
    cellLow: rounded(battery.cellLow(now).value, 3),
    cellHigh: rounded(battery.cellHigh(now).value, 3),
    cellAverage: rounded(battery.cellAverage(now).value, 3),
    highCutoff: told('highCutoff'),
    lowCutoff: told('lowCutoff'),
    modules: cells.perModule === undefined ? null : cells.announced / cells.perModule,
    cells: modules.map((index) => moduleVoltages(cells, index, now)),
    maxCells: told('maxCells'),
    activeCells: told('activeCells'),
    freqShiftVolts: told('freqShiftVolts'),
    chargerAmps: told('chargerAmps'),
    age: {
      '0x150': age('0x150'),
      '0x151': age('0x151'),
      '0x650': age('0x650'),
      '0x651': age('0x651'),
      '0x652': age('0x652'),
      '0x683': age('0x683'),
      '0x68F': modules.map((index) => seconds(cells.age(index * cellsPerModule, now))),
    },
  };
}

function seconds(age: number): number | null {
  return Number.isFinite(age) ? Math.round(age / 100) / 10 : null;
}

/** Six voltages in V; null for a module that is not known (any more). */
function moduleVoltages(cells: Cells, index: number, now: number): number[] | null {
  const voltages = Array.from({ length: cellsPerModule }, (_, cell) =>
    cells.voltage(index * cellsPerModule + cell, now),
  );
  return voltages.every((voltage) => voltage !== undefined) ? voltages : null;
}

import { cellsPerModule } from '../devices/evtv/measurement';
import type { CanFrame } from '../protocol/can-frame';
import {
  encodeCellSummary,
  encodeCutoffs,
  encodeFinePower,
  encodeModule,
  encodePack,
  encodeStateOfCharge,
} from '../devices/evtv/encode';
import { cutoffs, type SimulatedPack } from './simulated-pack';

/** How often a second the controller speaks: 0x150 each time, all else once a second, spread over the times. */
export const turnsPerSecond = 4;

/** What the controller sends. */
export interface PackFramesOptions {
  /** Also 0x151, which the manual doesn't have and newer controllers send. Default false. */
  readonly finePower?: boolean;
  /** V per cell that charging and discharging are cut off at, asked each time. Default: `cutoffs`. */
  readonly cutoffs?: () => { readonly high: number; readonly low: number };
}

/** The frames of one turn, counted from 0; turns 0 to 3 together are a second's. */
export function packFrames(pack: SimulatedPack, turn: number, options: PackFramesOptions = {}): CanFrame[] {
  const cells = pack.cellVoltages();
  const frames = [packFrame(pack)];
  const quarter = turn % turnsPerSecond;
  if (quarter === 0) {
    frames.push(
      encodeStateOfCharge({ stateOfCharge: clampedPercent(pack.stateOfCharge) }),
      summaryFrame(cells),
    );
  }
  if (quarter === 1) {
    const { high, low } = options.cutoffs?.() ?? cutoffs;
    frames.push(encodeCutoffs({ highCutoff: high, lowCutoff: low }));
  }
  if (quarter === 2 && options.finePower === true) {
    frames.push(encodeFinePower({ fineCurrent: pack.current, finePower: pack.power }));
  }
  const from = Math.floor((quarter * pack.modules) / turnsPerSecond);
  const to = Math.floor(((quarter + 1) * pack.modules) / turnsPerSecond);
  for (let index = from; index < to; index++) {
    const voltages = cells.slice(index * cellsPerModule, (index + 1) * cellsPerModule);
    frames.push(encodeModule({ index, total: pack.modules, voltages }));
  }
  return frames;
}

/** All that the controller sends in a second, with 0x150 once: for a first picture that lacks nothing. */
export function packFramesOfSecond(pack: SimulatedPack, options: PackFramesOptions = {}): CanFrame[] {
  const [first = [], ...others] = Array.from({ length: turnsPerSecond }, (_, turn) =>
    packFrames(pack, turn, options),
  );
  return [...first, ...others.flatMap((frames) => frames.slice(1))];
}

function packFrame(pack: SimulatedPack): CanFrame {
  const { max, min } = pack.temperatures;
  return encodePack({
    packCurrent: pack.current,
    packVoltage: pack.voltage,
    // 16 bits end at -3276.8 Ah: a pack of more than 28 strings shows no more than that.
    ampHours: pack.ampHours,
    temperatureMax: max,
    temperatureMin: min,
  });
}

function summaryFrame(cells: readonly number[]): CanFrame {
  const sum = cells.reduce((total, v) => total + v, 0);
  return encodeCellSummary({
    cellLow: Math.min(...cells),
    cellHigh: Math.max(...cells),
    cellAverage: sum / cells.length,
  });
}

function clampedPercent(stateOfCharge: number): number {
  return 100 * Math.min(Math.max(stateOfCharge, 0), 1);
}

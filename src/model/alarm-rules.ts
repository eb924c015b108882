import { usualAlarmLimits, type AlarmLimits } from './alarm-limits';
import type { CellAlarm } from './alarm-reports';
import type { AlarmRule } from './alarm-rule';
import type { Battery } from './battery';
import { extremesOf } from './cell-voltages';
import { limitRules } from './limit-rules';

/** V that a cell must come back inside its limit before the alarm is over. */
const hysteresis = 0.02;
/** V by which the same cell may differ: one by one, cells come in hundredths of a volt that are cut off. */
const cutHundredths = 0.0105;
/** V that is less than any controller reports, so that a cell at its limit is not beyond it. */
const tolerance = 0.0005;

/** Everything that is looked for, most urgent first: the controller's own limits for cells, then the owner's. */
export function alarmRules(limits: AlarmLimits = usualAlarmLimits): readonly AlarmRule[] {
  return [
    cellRule({ name: 'cell-high', limit: 'highCutoff', sign: 1 }),
    cellRule({ name: 'cell-low', limit: 'lowCutoff', sign: -1 }),
    ...limitRules(limits),
  ];
}

/** A cell beyond one of the cut-offs that the controller itself reports. */
function cellRule(kind: {
  readonly name: 'cell-high' | 'cell-low';
  readonly limit: 'highCutoff' | 'lowCutoff';
  /** 1 for a limit above which it is wrong, -1 for one below which it is. */
  readonly sign: 1 | -1;
}): AlarmRule {
  const { sign } = kind;
  return {
    name: kind.name,
    worse: 0.05,
    look(battery, now, standing) {
      const limit = cutoff(battery, kind.limit, now);
      const cell = worstCell(battery, sign, now);
      if (limit === undefined || cell === undefined) return 'unknown';
      const excess = (cell.volts - limit) * sign;
      const over = standing ? excess <= -hysteresis + tolerance : excess < tolerance;
      // A module that has not been heard may hold the cell that is worse.
      if (over) return standing && !cell.complete ? 'unknown' : undefined;
      const values: CellAlarm = {
        ...(cell.number !== undefined && { cell: cell.number }),
        volts: cell.volts,
        limit,
        beyond: excess >= tolerance,
      };
      return { report: { code: kind.name, values }, excess };
    },
  };
}

interface Cell {
  /** From 1; `undefined` where only the voltage is known. */
  readonly number: number | undefined;
  readonly volts: number;
  /** No other cell can be worse. */
  readonly complete: boolean;
}

/**
 * The highest (1) or lowest (-1) cell: by number where the cells that are told one by one hold it, else as the controller
 * sums all of them up.
 */
function worstCell(battery: Battery, sign: 1 | -1, now: number): Cell | undefined {
  const summed = summedUpCell(battery, sign, now);
  const { voltages, complete } = battery.cells.freshVoltages(now);
  const extremes = extremesOf(voltages);
  const index = sign > 0 ? extremes?.highest : extremes?.lowest;
  const volts = index === undefined ? undefined : voltages[index];
  if (index === undefined || volts === undefined) return summed;
  // It is in a module that was not heard, or in one of those that are not kept.
  if (summed !== undefined && (summed.volts - volts) * sign > cutHundredths) return summed;
  const whole = summed !== undefined || (complete && battery.cells.beyond === 0);
  return { number: index + 1, volts, complete: whole };
}

function summedUpCell(battery: Battery, sign: 1 | -1, now: number): Cell | undefined {
  const { value, freshness } = battery.quantity(sign > 0 ? 'cellHigh' : 'cellLow', now);
  if (value === undefined || freshness !== 'fresh') return undefined;
  return { number: undefined, volts: value, complete: true };
}

/** A cut-off that the controller reports, V; `undefined` when it can't be one. */
function cutoff(battery: Battery, name: 'highCutoff' | 'lowCutoff', now: number): number | undefined {
  const low = battery.quantity('lowCutoff', now);
  const high = battery.quantity('highCutoff', now);
  const told = name === 'lowCutoff' ? low : high;
  if (told.value === undefined || told.freshness !== 'fresh') return undefined;
  // A controller that has not been set up reports zeroes, and those are no limits.
  const possible = told.value >= 0.5 && told.value <= 6;
  const ordered =
    low.value === undefined || high.value === undefined || high.value - low.value >= 0.1 - tolerance;
  return possible && ordered ? told.value : undefined;
}

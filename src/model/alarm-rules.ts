import { usualAlarmLimits, type AlarmLimits } from './alarm-limits';
import type { CellAlarm } from './alarm-reports';
import type { AlarmRule } from './alarm-rule';
import type { Battery } from './battery';
import type { Device } from './device';
import { chargerRules, errorTextRule, protectionRules, warningRules } from './flag-rules';
import { limitRules, silenceRule } from './limit-rules';
import type { Kind } from './reading';
import { worstCell } from './worst-cell';

/** V that a cell must come back inside its limit before the alarm is over. */
const hysteresis = 0.02;
/** V that is less than any controller reports, so that a cell at its limit is not beyond it. */
const tolerance = 0.0005;

/**
 * Everything that is looked for in a battery, most urgent first: what it has protected itself from, the controller's own limits
 * for cells, the owner's limits, and what the battery warns of.
 */
export function alarmRules(limits: AlarmLimits = usualAlarmLimits): readonly AlarmRule[] {
  return [
    ...protectionRules,
    errorTextRule(),
    cellRule({ name: 'cell-high', limit: 'highCutoff', sign: 1 }),
    cellRule({ name: 'cell-low', limit: 'lowCutoff', sign: -1 }),
    ...limitRules(limits),
    ...warningRules,
  ];
}

/** The same for a device that is no battery. */
export function otherDeviceRules(
  kind: Exclude<Kind, 'battery'>,
  { silence }: AlarmLimits = usualAlarmLimits,
): readonly AlarmRule<Device>[] {
  const bits = kind === 'solar-charger' ? chargerRules : [];
  return silence === undefined ? bits : [...bits, silenceRule(silence, kind)];
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

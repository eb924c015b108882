import type { Kind } from '../../../src/model/reading';
import { columnName } from '../../../src/protocol/database-tables';
import type { RecordedSample } from '../../../src/io/recorders/recorder';
import { partOf, type Table, type Wanted } from '../../grafana/panels';

/** What the panels are asked at: a Monday; days begin at 22:00 in UTC. */
export const now = Date.UTC(2026, 5, 8, 12);
export const dayStart = 22 * 3_600_000;
const day = 86_400_000;
const week = 7 * day;

/** The devices of each variable; one has a name that every language has to quote. */
export const chosen = { battery: ['house', `bow's +1/2`], charger: ['roof'], meter: ['shunt'] } as const;

/** Values of a kind at a time; energies of a day grow with its hours. */
function valuesAt(kind: Kind, at: number, number: number): Readonly<Record<string, number>> {
  const days = Math.floor((at - dayStart) / day);
  const part = (at - dayStart - days * day) / day;
  const wave = Math.sin(at / 9_000_000 + number);
  const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
  const today = {
    energyInToday: rounded(part * (3000 + 700 * Math.sin(days / 50) + number), 1),
    energyOutToday: rounded(part * (2000 + 900 * Math.cos(days / 50) + number), 1),
  };
  if (kind === 'solar-charger')
    return { ...today, pvPower: rounded(400 + 300 * wave, 0), pvVoltage: rounded(60 + 9 * wave, 1) };
  const both = { ...today, power: rounded(900 * wave, 1), current: rounded(18 * wave, 3) };
  if (kind === 'meter') return both;
  const cells = [0, 1, 2, 3].map((cell) => rounded(3.3 + 0.02 * wave + 0.003 * cell, 3));
  return {
    ...both,
    voltage: rounded(52 + wave, 3),
    stateOfCharge: rounded(60 + 20 * wave, 1),
    ...{ cellLow: cells[0]!, cellHigh: cells[3]!, temperatureMax: rounded(21 + 3 * wave, 1) },
    ...Object.fromEntries(cells.map((volts, i) => [`cell${i + 1}`, volts])),
    ...{ temperature1: rounded(20 + wave, 1), temperature2: rounded(21 + 3 * wave, 1) },
  };
}

/** Two years of one battery and a month of the others by the ends of their days, two days by hours, and five minutes. */
export function history(): readonly RecordedSample[] {
  const devices: readonly (readonly [string, Kind, number])[] = [
    [chosen.battery[0], 'battery', 735],
    [chosen.battery[1], 'battery', 35],
    [chosen.charger[0], 'solar-charger', 35],
    [chosen.meter[0], 'meter', 35],
  ];
  const today = Math.floor((now - dayStart) / day) * day + dayStart;
  return devices.flatMap(([device, kind, days], number) => {
    const times = new Set<number>();
    for (let i = 0; i < days; i++) times.add(today - i * day).add(today - i * day + day - 10_000);
    for (let i = 1; i < 48; i++) times.add(now - i * 3_600_000 + 1_200_000);
    for (let at = now - 300_000; at <= now; at += 10_000) times.add(at);
    return [...times]
      .filter((at) => at <= now)
      .sort((a, b) => a - b)
      .map((at) => {
        const values = valuesAt(kind, at, number);
        return {
          device,
          kind,
          at,
          names: Object.keys(values),
          values: Float64Array.from(Object.values(values)),
        };
      });
  });
}

/** Points of a panel’s answer: `time in s, name` and the value. */
export type Points = ReadonlyMap<string, number>;

/** The range that is asked, and how times fall into it. */
export interface Raster {
  readonly from: number;
  readonly to: number;
  /** ms. */
  readonly interval: number;
  /** Whether an interval is named by its end, which belongs to it, instead of by its start. */
  readonly byEnd: boolean;
  /** ms of a moment at which a week begins. */
  readonly weekStart: number;
}

/** What a panel has to show, of what was recorded. */
export function expected(samples: readonly RecordedSample[], wanted: Wanted, raster: Raster): Points {
  const { from, to, byEnd, interval, weekStart } = raster;
  const shift = wanted.ask === 'weeks' && wanted.yearBefore ? 52 * week : 0;
  const kinds: Readonly<Record<Table, Kind>> = {
    ...{ battery: 'battery', cell: 'battery', probe: 'battery' },
    ...{ solar_charger: 'solar-charger', meter: 'meter' },
  };
  const values = new Map<string, number[]>();
  const floor = (at: number, length: number, start: number): number =>
    Math.floor((at - start) / length) * length + start;
  for (const { device, kind, at, names, values: known } of samples) {
    if (kind !== kinds[wanted.table]) continue;
    for (const [i, quantity] of names.entries()) {
      const [, list = '', number = ''] = /^(cell|temperature)(\d+)$/.exec(quantity) ?? [];
      const part = partOf(wanted.table);
      if (
        part === undefined
          ? columnName(quantity) !== wanted.column
          : list !== (part === 'cell' ? 'cell' : 'temperature')
      )
        continue;
      const name = wanted.ask === 'series' ? [device, number].join(' ').trim() : `${device} ${wanted.name}`;
      const less = wanted.ask === 'series' && wanted.less !== undefined ? wanted.less : undefined;
      const lessAt = less === undefined ? -1 : names.findIndex((other) => columnName(other) === less);
      const value = known[i]! - (lessAt < 0 ? 0 : known[lessAt]!);
      let place: number;
      if (wanted.ask === 'series') {
        place = byEnd ? Math.ceil(at / interval) * interval : floor(at, interval, 0);
        if (byEnd ? place < floor(from, interval, 0) || place > to : at < from || at > to) continue;
      } else {
        // A day that the range cuts is known by its end; where intervals are read whole, the range cuts none.
        place = floor(at, day, dayStart);
        const whole = floor(place + shift, interval, weekStart);
        if (
          byEnd
            ? whole < floor(from, interval, weekStart) || whole > to
            : at < from - shift || at > to - shift
        )
          continue;
      }
      const key = `${(place + shift) / 1000},${name}`;
      const others = values.get(key);
      if (others === undefined) values.set(key, [value]);
      else others.push(value);
    }
  }
  const points = new Map<string, number>();
  for (const [key, list] of values) {
    const sum = list.reduce((total, value) => total + value, 0);
    if (wanted.ask === 'series') {
      const of = { mean: sum / list.length, min: Math.min(...list), max: Math.max(...list) };
      points.set(key, of[wanted.of]);
    } else {
      const [, seconds = '', name = ''] = /^(-?\d+),(.*)$/.exec(key) ?? [];
      const at =
        wanted.ask === 'days' ? Number(seconds) : floor(Number(seconds) * 1000, week, weekStart) / 1000;
      const whole = `${at},${name}`;
      points.set(whole, (points.get(whole) ?? 0) + Math.max(...list) / 1000);
    }
  }
  return points;
}

import { partOf, variableOf, type Kind, type Of, type Table, type Wanted } from './panels';

/** A kind of store: how Grafana reaches it, and how it is asked. */
export interface StorePlan {
  /** Of its files. */
  readonly name: string;
  readonly title: string;
  /** Grafana's name of what reads it. */
  readonly type: string;
  /** Whether days begin where the variable `zone` says; otherwise where Grafana's time zone does. */
  readonly zone: boolean;
  /** Whether a query can ask for another year than the panel's; otherwise that takes a panel of its own. */
  readonly shifts: boolean;
  /** A target of a panel, without its data source. @param interval the panel's smallest, where it has one */
  readonly target: (wanted: Wanted, interval: string | undefined) => Readonly<Record<string, unknown>>;
  /** What the variable with a table's devices asks. */
  readonly devices: (table: Kind) => string | Readonly<Record<string, unknown>>;
}

/** Hours from 1970, which began on a Thursday, to its first Monday. */
export const firstMonday = 96;

interface Dialect {
  readonly hours: (number: string) => string;
  readonly days: (number: number) => string;
  /** A limit of the range, to reckon with. */
  readonly limit: (macro: string) => string;
  /** How many whole weeks there are in a number of seconds. */
  readonly weeks: (seconds: string) => string;
}

const inRange = '$__timeFilter(time)';
const chosen = (table: Table): string => `device IN ($${variableOf(table)})`;
const aggregates = { mean: 'avg', min: 'min', max: 'max' } as const satisfies Record<Of, string>;

function sqlOf(wanted: Wanted, { hours, days, limit, weeks }: Dialect): string {
  const { table, column } = wanted;
  if (wanted.ask === 'series') {
    const part = partOf(table);
    const name = part === undefined ? 'device' : `concat(device, ' ', ${part})`;
    const of = (name: string): string => `${aggregates[wanted.of]}(${name})`;
    const value = wanted.less === undefined ? of(column) : `${of(column)} - ${of(wanted.less)}`;
    return `SELECT $__timeGroup(time, $__interval, NULL) AS time, ${name} AS metric, ${value} AS value
FROM ${table} WHERE ${inRange} AND ${chosen(table)} GROUP BY 1, 2 ORDER BY 1, 2`;
  }
  const metric = `concat(device, ' ${wanted.name}')`;
  const day = `$__timeGroup(time - ${hours('$zone')}, '1d') + $zone * 3600`;
  if (wanted.ask === 'days')
    return `SELECT ${day} AS time, ${metric} AS metric, max(${column}) / 1000 AS value
FROM ${table} WHERE ${inRange} AND ${chosen(table)} GROUP BY 1, 2 ORDER BY 1, 2`;
  const year = days(364);
  const [range, shift] = wanted.yearBefore
    ? [
        `time BETWEEN ${limit('$__timeFrom()')} - ${year} AND ${limit('$__timeTo()')} - ${year}`,
        ` + ${364 * 86_400}`,
      ]
    : [inRange, ''];
  return `SELECT ${weeks('(day - $zone * 3600)')} * 604800 + $zone * 3600${shift} AS time, ${metric} AS metric, sum(energy) / 1000 AS value
FROM (SELECT ${day} AS day, device, max(${column}) AS energy
FROM ${table} WHERE ${range} AND ${chosen(table)} GROUP BY 1, 2) AS days GROUP BY 1, 2 ORDER BY 1, 2`;
}

function sqlStore(name: string, title: string, type: string, dialect: Dialect): StorePlan {
  return {
    ...{ name, title, type, zone: true, shifts: true },
    target: (wanted) => ({
      ...{ format: 'time_series', rawQuery: true, editorMode: 'code', rawSql: sqlOf(wanted, dialect) },
    }),
    devices: (table) => `SELECT DISTINCT device FROM ${table} WHERE ${inRange} ORDER BY 1`,
  };
}

function influxQl(wanted: Wanted): string {
  const { table, column } = wanted;
  const where = `"device" =~ /^\${${variableOf(table)}:regex}$/ AND $timeFilter`;
  if (wanted.ask === 'series') {
    const part = partOf(table);
    const tags = part === undefined ? '"device"' : `"device", "${part}"`;
    const of = (name: string): string => `${wanted.of}("${name}")`;
    const value = wanted.less === undefined ? of(column) : `${of(column)} - ${of(wanted.less)}`;
    return `SELECT ${value} FROM "${table}" WHERE ${where} GROUP BY time($__interval), ${tags} fill(null)`;
  }
  const days = (energy: string): string =>
    `SELECT ${energy} FROM "${table}" WHERE ${where} GROUP BY time(1d, \${zone}h), "device" fill(none)`;
  if (wanted.ask === 'days') return days(`max("${column}") / 1000`);
  const week = `GROUP BY time(7d, \${zone}h), "device" fill(none)`;
  return `SELECT sum("energy") / 1000 FROM (${days(`max("${column}") AS "energy"`)}) WHERE $timeFilter ${week}`;
}

function metricsQl(wanted: Wanted): string {
  const { table, column } = wanted;
  const series = (name: string): string => `${table}_${name}{device=~"$${variableOf(table)}"}`;
  if (wanted.ask === 'series') {
    const rollup = { mean: 'avg', min: 'min', max: 'max' }[wanted.of];
    const of = (name: string): string => `${rollup}_over_time(${series(name)}[$__interval])`;
    return wanted.less === undefined ? of(column) : `${of(column)} - ${of(wanted.less)}`;
  }
  if (wanted.ask === 'days') return `increase(${series(column)}[1d] offset -1d) / 1000`;
  return `increase(${series(column)}[7d] offset ${wanted.yearBefore ? '357d' : '-7d'}) / 1000`;
}

/** Behind a device's name. */
function behind(wanted: Wanted, tag: (name: string) => string): string {
  if (wanted.ask !== 'series') return `${tag('device')} ${wanted.name}`;
  const part = partOf(wanted.table);
  return part === undefined ? tag('device') : `${tag('device')} ${tag(part)}`;
}

/** All of them. */
export const stores: readonly StorePlan[] = [
  sqlStore('postgresql', 'PostgreSQL', 'grafana-postgresql-datasource', {
    hours: (number) => `interval '1 hour' * ${number}`,
    days: (number) => `interval '${number} days'`,
    limit: (macro) => `${macro}::timestamptz`,
    weeks: (seconds) => `floor(${seconds} / 604800)`,
  }),
  sqlStore('mariadb', 'MariaDB', 'mysql', {
    hours: (number) => `INTERVAL ${number} HOUR`,
    days: (number) => `INTERVAL ${number} DAY`,
    limit: (macro) => macro,
    weeks: (seconds) => `${seconds} DIV 604800`,
  }),
  {
    ...{
      name: 'victoriametrics',
      title: 'VictoriaMetrics',
      type: 'prometheus',
      zone: false,
      shifts: true,
    },
    target: (wanted, interval) => ({
      ...{ expr: metricsQl(wanted), legendFormat: behind(wanted, (name) => `{{${name}}}`) },
      ...{ editorMode: 'code', format: 'time_series', range: true, instant: false },
      ...(interval !== undefined && { interval }),
    }),
    devices: (table) => ({
      ...{ refId: 'devices', qryType: 1, query: `label_values({__name__=~"${table}_.+"}, device)` },
    }),
  },
  {
    ...{ name: 'influxdb', title: 'InfluxDB 1', type: 'influxdb', zone: true, shifts: false },
    target: (wanted) => ({
      ...{ query: influxQl(wanted), alias: behind(wanted, (name) => `$tag_${name}`) },
      ...{ rawQuery: true, resultFormat: 'time_series' },
    }),
    devices: (table) => `SHOW TAG VALUES FROM "${table}" WITH KEY = "device"`,
  },
];

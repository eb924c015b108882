/** What Grafana puts into a query before it asks. */
export interface Asked {
  /** ms since 1970. */
  readonly from: number;
  readonly to: number;
  /** s. */
  readonly interval: number;
  /** Chosen devices by the name of the variable. */
  readonly chosen: Readonly<Record<string, readonly string[]>>;
  /** Hours from 1970 to the first Monday. */
  readonly zone: number;
}

type Macros = Readonly<Record<string, (args: readonly string[], asked: Asked) => string>>;

const iso = (at: number): string => `'${new Date(at).toISOString()}'`;
const unix = (at: number): string => `FROM_UNIXTIME(${Math.floor(at / 1000)})`;
const lengths: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** s of Grafana's lengths of time, such as `5m`. */
export function secondsOf(length: string): number {
  const [, number = '', unit = ''] = /^'?(\d+)([smhd])'?$/.exec(length.trim()) ?? [];
  return Number(number) * (lengths[unit] ?? NaN);
}

/** As https://grafana.com/docs/grafana/latest/datasources/postgres/query-editor/ describes them. */
const postgres: Macros = {
  timeFilter: ([column = ''], { from, to }) => `${column} BETWEEN ${iso(from)} AND ${iso(to)}`,
  timeFrom: (_, { from }) => iso(from),
  timeTo: (_, { to }) => iso(to),
  timeGroup: ([column = '', length = '']) =>
    `floor(extract(epoch from ${column})/${secondsOf(length)})*${secondsOf(length)}`,
};

/** As https://grafana.com/docs/grafana/latest/datasources/mysql/query-editor/ describes them. */
const mysql: Macros = {
  timeFilter: ([column = ''], { from, to }) => `${column} BETWEEN ${unix(from)} AND ${unix(to)}`,
  timeFrom: (_, { from }) => unix(from),
  timeTo: (_, { to }) => unix(to),
  timeGroup: ([column = '', length = '']) =>
    `UNIX_TIMESTAMP(${column}) DIV ${secondsOf(length)} * ${secondsOf(length)}`,
};

/** A query in SQL as the server gets it. */
export function expandSql(text: string, asked: Asked, dialect: 'postgres' | 'mysql'): string {
  const macros = dialect === 'postgres' ? postgres : mysql;
  const quoted = withChosen(text, asked, (names) =>
    names.map((name) => `'${name.replaceAll("'", "''")}'`).join(','),
  );
  return quoted.replaceAll(/\$__(\w+)\(([^)]*)\)/g, (_, name: string, args: string) => {
    const macro = macros[name];
    if (macro === undefined) throw new Error(`Grafana has no ${name} for ${dialect}`);
    return macro(
      args.split(',').map((arg) => arg.trim()),
      asked,
    );
  });
}

/** A query in InfluxQL or PromQL as the server gets it. */
export function expandOther(text: string, asked: Asked, language: 'influx' | 'prometheus'): string {
  const escape = (name: string): string => {
    const literal = name.replaceAll(/[\\^$*+?.()|[\]{}/]/g, '\\$&');
    return language === 'influx' ? literal : literal.replaceAll('\\/', '/').replaceAll('\\', '\\\\');
  };
  return withChosen(text, asked, (names) => `(${names.map(escape).join('|')})`).replaceAll(
    '$timeFilter',
    `time >= ${asked.from}ms and time <= ${asked.to}ms`,
  );
}

function withChosen(text: string, asked: Asked, write: (names: readonly string[]) => string): string {
  return text
    .replaceAll('$__interval', `${asked.interval}s`)
    .replaceAll(/\$\{zone\}|\$zone\b/g, String(asked.zone))
    .replaceAll(/\$\{(\w+):regex\}|\$(battery|charger|meter)\b/g, (_, one?: string, other?: string) =>
      write(asked.chosen[one ?? other ?? ''] ?? []),
    );
}

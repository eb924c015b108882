/** Where rows are to go, as its address says. */
export type DatabaseAddress = SqlAddress | LineAddress | TelegrafAddress;

/**
 * Which rows it gets: packdial's own, those of BlueNovaBatteryMonitor's table, those of an RPi 5's monitor whose measurements are
 * called `mean`, `min` and `max`, or tgalarneau/bms' for Telegraf.
 */
export type DatabaseShape = 'packdial' | 'battery_pack' | 'mean_min_max' | 'telegraf';

/** Who may write, where it is asked for. */
interface Access {
  /** As people are told of it: host, port and database, without user and password. */
  readonly place: string;
  readonly user: string;
  readonly password: string;
}

/** A database with tables. */
export interface SqlAddress extends Access {
  readonly kind: 'postgres' | 'mariadb';
  /** Name, address, or the path of a Unix socket or of its folder. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** `require`: encrypted, whoever it is; `verify-full`: and the certificate must be right. */
  readonly tls: 'disable' | 'require' | 'verify-full';
  readonly shape: DatabaseShape;
}

/** One that takes line protocol over HTTP. */
export interface LineAddress extends Access {
  readonly kind: 'lines';
  readonly shape: 'packdial' | 'mean_min_max';
  readonly host: string;
  readonly port: number;
  /** Without user and password. */
  readonly url: string;
  /** How to say who writes: InfluxDB 2 has tokens. */
  readonly login: 'none' | 'basic' | 'token';
}

/** A Telegraf that listens on a socket. */
export interface TelegrafAddress extends Access {
  readonly kind: 'telegraf';
  readonly shape: 'telegraf';
  readonly transport: 'unix' | 'udp' | 'tcp';
  /** Name or address, or the path of a Unix socket. */
  readonly host: string;
  /** 0 for a Unix socket. */
  readonly port: number;
}

/** Bytes of a path that a Unix socket can have. */
const longestSocketPath = 107;

const sqlSchemes: Readonly<Record<string, { readonly kind: SqlAddress['kind']; readonly port: number }>> = {
  'postgres:': { kind: 'postgres', port: 5432 },
  'postgresql:': { kind: 'postgres', port: 5432 },
  'mysql:': { kind: 'mariadb', port: 3306 },
  'mariadb:': { kind: 'mariadb', port: 3306 },
};

/**
 * Reads the address of a database: `postgres://user:password@host/database`, `mysql://…`, `mariadb://…`, or
 * `http://host:8428/write` for line protocol; with `shape=battery_pack` in a PostgreSQL's, or `shape=mean_min_max` in one of line
 * protocol, for rows that are not packdial's own; or `telegraf+unix:///path`, `telegraf+udp://host:port` and `telegraf+tcp://host:port`. `undefined` for anything else.
 */
export function parseDatabaseAddress(text: string): DatabaseAddress | undefined {
  // What a password may hold unescaped would make another address of it.
  if (/[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.hash !== '') return undefined;
  const access = { user: decoded(url.username), password: decoded(url.password) };
  if (access.user === undefined || access.password === undefined) return undefined;
  const { user, password } = access;
  const sql = sqlSchemes[url.protocol];
  if (sql !== undefined) return sqlAddress(url, sql, { user, password });
  if (url.protocol.startsWith('telegraf+')) return telegrafAddress(url);
  return url.protocol === 'http:' || url.protocol === 'https:'
    ? lineAddress(url, { user, password })
    : undefined;
}

function sqlAddress(
  url: URL,
  { kind, port }: (typeof sqlSchemes)[string],
  access: Pick<Access, 'user' | 'password'>,
): SqlAddress | undefined {
  const database = decoded(url.pathname.slice(1));
  const host = url.searchParams.get('host') ?? decoded(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const tls = url.searchParams.get('sslmode') ?? 'disable';
  if (database === undefined || database === '' || database.includes('/')) return undefined;
  if (host === undefined || host === '') return undefined;
  if (tls !== 'disable' && tls !== 'require' && tls !== 'verify-full') return undefined;
  const shape = url.searchParams.get('shape') ?? 'packdial';
  if (shape !== 'packdial' && (shape !== 'battery_pack' || kind !== 'postgres')) return undefined;
  for (const name of url.searchParams.keys())
    if (!['host', 'sslmode', 'shape'].includes(name)) return undefined;
  const at = url.port === '' ? port : Number(url.port);
  const socket = host.startsWith('/');
  const place = `${socket || url.port === '' ? host : `${host}:${at}`}/${database}`.replace(/\/+/g, '/');
  const told = shape === 'packdial' ? place : `${place} (${shape})`;
  return { kind, place: told, host, port: at, database, tls, shape, ...access };
}

function lineAddress(
  url: URL,
  { user, password }: Pick<Access, 'user' | 'password'>,
): LineAddress | undefined {
  if (!url.pathname.endsWith('/write')) return undefined;
  const tokens = url.pathname.endsWith('/api/v2/write');
  const login = user === '' && password === '' ? 'none' : tokens ? 'token' : 'basic';
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  // Secrets have their place before the host, where they are never told on.
  for (const name of ['u', 'p', 'token', 'password']) if (bare.searchParams.has(name)) return undefined;
  const shape = bare.searchParams.get('shape') ?? 'packdial';
  if (shape !== 'packdial' && shape !== 'mean_min_max') return undefined;
  bare.searchParams.delete('shape');
  const names = ['db', 'bucket'].flatMap((name) => bare.searchParams.get(name) ?? []);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const place = [bare.host, ...names].join('/') + (shape === 'packdial' ? '' : ` (${shape})`);
  return {
    kind: 'lines',
    shape,
    place,
    host: bare.hostname,
    port,
    url: bare.href,
    login,
    user,
    password,
  };
}

function telegrafAddress(url: URL): TelegrafAddress | undefined {
  const transport = url.protocol.slice('telegraf+'.length, -1);
  if (url.username !== '' || url.password !== '' || url.search !== '') return undefined;
  const common = { kind: 'telegraf', shape: 'telegraf', user: '', password: '' } as const;
  if (transport === 'unix') {
    const path = decoded(url.pathname);
    if (url.host !== '' || path === undefined || !/^\/[^\0]*[^/\0]$/.test(path)) return undefined;
    if (Buffer.byteLength(path) > longestSocketPath) return undefined;
    return { ...common, transport, place: path, host: path, port: 0 };
  }
  const host = decoded(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const port = Number(url.port);
  if ((transport !== 'udp' && transport !== 'tcp') || !['', '/'].includes(url.pathname)) return undefined;
  if (host === undefined || host === '' || !(port > 0)) return undefined;
  return { ...common, transport, place: url.host, host, port };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * An address as it may be told to people: without password or token. Of a text that is no address everything is taken out
 * that may have been meant as one.
 */
export function withoutPassword(address: string): string {
  const text = address.replaceAll(/([?&](?:p|password|token)=)[^&#]*/gi, '$1(hidden)');
  const end = text.lastIndexOf('@');
  if (end < 0) return text;
  const [scheme = ''] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text) ?? [];
  const [user = '', ...password] = text.slice(scheme.length, end).split(':');
  // A token may stand alone.
  const name = scheme === '' || (/^https?:/i.test(scheme) && password.length === 0) ? '(hidden)' : user;
  return `${scheme}${name}${password.length > 0 ? ':(hidden)' : ''}${text.slice(end)}`;
}

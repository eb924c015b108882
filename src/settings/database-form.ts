import {
  databaseKinds,
  formKeys,
  isSecretKey,
  type AddressFault,
  type DatabaseForm,
  type NamedKind,
  type Encryption,
} from '../model/database-form';
import { parseDatabaseAddress, withoutPassword } from '../protocol/database-address';

/** Ports that servers of line protocol listen on unless they are told otherwise. */
const usualPorts = { victoria: 8428, influx: 8086, influx2: 8086 } as const;

const sslModes: Readonly<Record<Encryption, string>> = {
  none: '',
  unchecked: '?sslmode=require',
  checked: '?sslmode=verify-full',
};

/** The address that a form makes; not looked at yet. */
export function addressOf({ kind, values, encryption }: DatabaseForm): string {
  const { host = '', database = '', user = '', password = '', organisation = '' } = values;
  const part = encodeURIComponent;
  const login = (name: string, secret: string): string =>
    name === '' && secret === '' ? '' : `${part(name)}${secret === '' ? '' : `:${part(secret)}`}@`;
  const web = encryption === 'none' ? 'http' : 'https';
  switch (kind) {
    case 'postgres':
    case 'mariadb': {
      const scheme = kind === 'postgres' ? 'postgres' : 'mysql';
      return `${scheme}://${login(user, password)}${host}/${part(database)}${sslModes[encryption]}`;
    }
    case 'victoria':
      return `${web}://${login(user, password)}${withPort(host, usualPorts[kind])}/write`;
    case 'influx':
      return `${web}://${login(user, password)}${withPort(host, usualPorts[kind])}/write?db=${part(database)}`;
    case 'influx2': {
      const query = `org=${part(organisation)}&bucket=${part(values.bucket ?? '')}`;
      return `${web}://${login('', values.token ?? '')}${withPort(host, usualPorts[kind])}/api/v2/write?${query}`;
    }
    case 'other':
      return values.address ?? '';
  }
}

/** An address in its parts; as a whole where no form makes it. */
export function formOf(address: string): DatabaseForm {
  const parsed = parseDatabaseAddress(address);
  const other: DatabaseForm = { kind: 'other', values: { address }, encryption: 'none' };
  if (parsed === undefined || !URL.canParse(address)) return other;
  const url = new URL(address);
  const [user, password] = [url.username, url.password].map(decodeURIComponent);
  const query = (name: string): string => url.searchParams.get(name) ?? '';
  const values = {
    host: url.host,
    database: url.protocol.startsWith('http') ? query('db') : decodeURIComponent(url.pathname.slice(1)),
    user: user ?? '',
    password: password ?? '',
    organisation: query('org'),
    bucket: query('bucket'),
    token: password === '' ? (user ?? '') : (password ?? ''),
  };
  const encryption = encryptionOf(url);
  for (const kind of databaseKinds) {
    if (kind === 'other') continue;
    const own = Object.fromEntries(formKeys[kind].map((key) => [key, valueOf(values, key)]));
    const form: DatabaseForm = { kind, values: own, encryption };
    // It is the same address only if every part of it is in the form.
    if (isSame(parsed, parseDatabaseAddress(addressOf(form)))) return form;
  }
  return other;
}

/**
 * What is wrong with a text that is to be the address of a database; `undefined` when it is one. The text may hold a password,
 * which is not in the answer.
 */
export function addressFault(text: string): AddressFault | undefined {
  if (parseDatabaseAddress(text) !== undefined) return undefined;
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text) ?? [];
  if (
    scheme === undefined ||
    !/^(postgres|postgresql|mysql|mariadb|https?|telegraf\+(unix|udp|tcp)):/i.test(scheme)
  )
    return 'scheme';
  if (/[\s\p{Cc}#]/u.test(text) || !URL.canParse(text)) return 'characters';
  if (/^telegraf/i.test(scheme)) return 'telegraf';
  const url = new URL(text);
  const names = [...url.searchParams.keys()];
  if (/^https?:/i.test(scheme)) {
    if (names.some((name) => ['u', 'p', 'token', 'password'].includes(name))) return 'secret-in-query';
    return url.pathname.endsWith('/write') ? 'no-address' : 'no-write';
  }
  if (url.hostname === '' && !names.includes('host')) return 'no-host';
  if (/^\/?$/.test(url.pathname)) return 'no-database';
  // Behind an unescaped / of a password everything is taken for the database.
  if (url.pathname.slice(1).includes('/')) return 'characters';
  if (names.some((name) => !['host', 'sslmode', 'shape'].includes(name))) return 'parameter';
  const mode = url.searchParams.get('sslmode');
  return mode === null || Object.values(sslModes).includes(`?sslmode=${mode}`) ? 'no-address' : 'encryption';
}

/** True for a text that can stand between `//` and `/` of an address: a name or an IP address, with a port where wanted. */
export function isHost(text: string): boolean {
  if (!/^[^\s/@?#\\%]+$/.test(text) || !URL.canParse(`http://${text}/`)) return false;
  const { hostname, username } = new URL(`http://${text}/`);
  return hostname !== '' && username === '';
}

/**
 * A form with the password of an address that it was made from, where it has none: never for another host or another user,
 * who would be told it.
 */
export function withKept(form: DatabaseForm, kept: string | undefined): DatabaseForm {
  if (kept === undefined || !keepsSecret(form, kept)) return form;
  const { password } = new URL(kept);
  if (form.kind === 'other') {
    const url = new URL(form.values.address ?? '');
    url.password = password;
    return { ...form, values: { address: url.href } };
  }
  const [secret] = formKeys[form.kind].filter(isSecretKey);
  if (secret === undefined) return form;
  return { ...form, values: { ...form.values, [secret]: decodeURIComponent(password) } };
}

/** True while a form leaves the password as it is in an address that it was made from. */
export function keepsSecret(form: DatabaseForm, kept: string): boolean {
  const text = addressOf(form);
  if (!URL.canParse(text) || !URL.canParse(kept)) return false;
  const [now, before] = [new URL(text), new URL(kept)];
  const isEmpty = now.password === '' && before.password !== '';
  return isEmpty && now.protocol === before.protocol && place(now) === place(before);
}

/** A form without what is secret in it. */
export function withoutSecret(form: DatabaseForm): DatabaseForm {
  if (form.kind !== 'other') {
    const shown = Object.entries(form.values).filter(([key]) => key !== 'password' && key !== 'token');
    return { ...form, values: Object.fromEntries(shown) };
  }
  const { address = '' } = form.values;
  if (!URL.canParse(address)) return form;
  const url = new URL(address);
  // Of InfluxDB a token may stand where a user does.
  if (url.protocol.startsWith('http') && url.password === '') url.username = '';
  url.password = '';
  return { ...form, values: { address: url.href } };
}

/** True for two addresses of the same database and user, whatever their passwords. */
export function isSameDatabase(one: string, other: string): boolean {
  return withoutPassword(one) === withoutPassword(other);
}

/** As people are told of an address: host, port and database. */
export function placeOf(address: string): string {
  return parseDatabaseAddress(address)?.place ?? withoutPassword(address);
}

/** The user of an address; empty where it has none, or where the user may be a token. */
export function userOf(address: string): string {
  const parsed = parseDatabaseAddress(address);
  if (parsed === undefined) return '';
  return parsed.kind === 'lines' && parsed.login === 'token' ? '' : parsed.user;
}

/** True for an address whose rows wait while it is away: all but Telegraf's. */
export function waitsFor(address: string): boolean {
  return kindOfAddress(address) !== 'telegraf';
}

/** What an address is to be called, where no form makes it too. */
export function kindOfAddress(address: string): NamedKind {
  const { kind } = formOf(address);
  if (kind !== 'other') return kind;
  if (/^postgres/i.test(address)) return 'postgres';
  if (/^telegraf/i.test(address)) return 'telegraf';
  return /^(mysql|mariadb):/i.test(address) ? 'mariadb' : 'other';
}

function place({ host, username, searchParams }: URL): string {
  // The folder of a socket is a host too.
  return [host, username, searchParams.get('host') ?? ''].join('\n');
}

function withPort(host: string, port: number): string {
  return /:\d+$/.test(host) ? host : `${host}:${port}`;
}

function encryptionOf(url: URL): Encryption {
  if (url.protocol.startsWith('http')) return url.protocol === 'https:' ? 'checked' : 'none';
  const mode = url.searchParams.get('sslmode');
  return mode === 'verify-full' ? 'checked' : mode === 'require' ? 'unchecked' : 'none';
}

function valueOf(values: Readonly<Record<string, string>>, key: string): string {
  return values[key] ?? '';
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

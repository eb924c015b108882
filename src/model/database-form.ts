/** What a database speaks, as an owner chooses it; `other`: an address that is typed as a whole. */
export const databaseKinds = ['postgres', 'mariadb', 'victoria', 'influx', 'influx2', 'other'] as const;

/** One of them. */
export type DatabaseKind = (typeof databaseKinds)[number];

/** What is told of an address. */
export type NamedKind = DatabaseKind | 'telegraf';

/** Something that is typed of a database. */
export type DatabaseKey =
  'host' | 'database' | 'user' | 'password' | 'organisation' | 'bucket' | 'token' | 'address';

/** How the way to a database is encrypted; `checked`: and its certificate has to be right. */
export type Encryption = 'none' | 'unchecked' | 'checked';

/** The address of a database in its parts. */
export interface DatabaseForm {
  readonly kind: DatabaseKind;
  /** What is missing is empty. */
  readonly values: Readonly<Partial<Record<DatabaseKey, string>>>;
  readonly encryption: Encryption;
}

/** What is typed of each kind, in order. */
export const formKeys: Readonly<Record<DatabaseKind, readonly DatabaseKey[]>> = {
  postgres: ['host', 'database', 'user', 'password'],
  mariadb: ['host', 'database', 'user', 'password'],
  victoria: ['host', 'user', 'password'],
  influx: ['host', 'database', 'user', 'password'],
  influx2: ['host', 'organisation', 'bucket', 'token'],
  other: ['address'],
};

/** How the way to each kind can be encrypted; none for an address that says so itself. */
export const encryptions: Readonly<Record<DatabaseKind, readonly Encryption[]>> = {
  postgres: ['none', 'unchecked', 'checked'],
  mariadb: ['none', 'unchecked', 'checked'],
  victoria: ['none', 'checked'],
  influx: ['none', 'checked'],
  influx2: ['none', 'checked'],
  other: [],
};

/** True for what is never shown. */
export function isSecretKey(key: DatabaseKey): boolean {
  return key === 'password' || key === 'token';
}

const needed: ReadonlySet<DatabaseKey> = new Set(['host', 'database', 'organisation', 'bucket', 'address']);

/** The first thing that has to be typed and is not; `undefined` when all is there. */
export function missingKey({ kind, values }: DatabaseForm): DatabaseKey | undefined {
  return formKeys[kind].find((key) => needed.has(key) && (values[key] ?? '') === '');
}

/** What is wrong with a text that is to be the address of a database. */
export type AddressFault =
  | 'host'
  | 'slash'
  | 'scheme'
  | 'characters'
  | 'no-host'
  | 'no-database'
  | 'no-write'
  | 'secret-in-query'
  | 'encryption'
  | 'parameter'
  | 'telegraf'
  | 'no-address';

import type {
  AddressFault,
  DatabaseKey,
  DatabaseKind,
  Encryption,
  NamedKind,
} from '../../model/database-form';

/** What databases are called, by what they speak. */
export const databaseNames: Readonly<Record<NamedKind, string>> = {
  postgres: 'PostgreSQL',
  mariadb: 'MariaDB, MySQL',
  victoria: 'VictoriaMetrics',
  influx: 'InfluxDB 1',
  influx2: 'InfluxDB 2',
  telegraf: 'Telegraf',
  other: 'Database',
};

/** What is wrong with what was typed of a database: one sentence. */
export const addressFaults: Readonly<Record<AddressFault, string>> = {
  host: 'It is a name or an address such as pi.local or 10.0.0.5:5432.',
  slash: 'The name of a database has no / in it.',
  scheme: 'It begins with postgres://, mysql://, http://, https:// or telegraf+',
  characters: 'It has no spaces, and in a password / is %2F, @ is %40, # is %23.',
  'no-host': 'A host is missing: postgres://user:password@host/database',
  'no-database': 'The database is missing: postgres://user:password@host/database',
  'no-write': 'It ends with /write, as http://host:8428/write does.',
  'secret-in-query': 'User and password stand before the host: http://user:password@host/write',
  encryption: 'sslmode is disable, require or verify-full.',
  parameter: 'Behind the ? only sslmode, host and shape can stand.',
  telegraf: 'It is telegraf+unix:///path, telegraf+udp://host:port or telegraf+tcp://host:port.',
  'no-address': 'It is not the address of a database, such as postgres://user:password@host/database.',
};

/** A number of rows, in groups of three digits. */
function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** What the pages of databases say. */
export const databaseWords = {
  title: 'Databases',
  add: 'ADD',
  /** The list of databases among things that were changed. */
  changed: 'The list of databases',
  emptyTitle: 'No database is set',
  emptyText:
    'LOG TO DATABASE needs one: ADD your PostgreSQL, MariaDB, InfluxDB or VictoriaMetrics. packdial’s own history needs none.',
  fixedText: (where: string) => `The list is ${where} and can only be changed there.`,
  most: (most: number) => `${most} databases are the most`,
  mostText: 'Remove one of them first.',
  more: (count: number) => `${count} MORE`,
  first: 'BACK TO TOP',
  states: {
    up: 'connected',
    behind: 'catching up',
    down: 'away',
    connecting: 'connecting',
    off: 'off',
    unused: 'not in use',
    unsaved: 'after SAVE',
  },
  waiting: (count: number) => (count === 1 ? '1 row waits' : `${grouped(count)} rows wait`),
  rows: (count: number) => (count === 1 ? '1 row' : `${grouped(count)} rows`),
  database: 'Database',
  user: 'User',
  noUser: 'none',
  state: 'State',
  offText: 'LOG TO DATABASE is off: no rows go there.',
  unusedText: 'No rows go there while something is only demonstrated.',
  unsavedText: 'Rows go there from the next start on: touch SAVE.',
  counts: 'Rows',
  countsText: (written: number, waiting: number) =>
    `${grouped(written)} written since the start, ${waiting === 0 ? 'none waits' : `${grouped(waiting)} wait${waiting === 1 ? 's' : ''}`}`,
  lost: 'Not written',
  lostText: (dropped: number, refused: number) =>
    [
      ...(dropped > 0 ? [`${grouped(dropped)} found no room`] : []),
      ...(refused > 0 ? [`${grouped(refused)} refused and put aside`] : []),
    ].join(', '),
  lastTrouble: 'Last trouble',
  noTrouble: 'none since the start',
  troubleNow: (text: string) => `now: ${text}`,
  troubleAgo: (age: string, text: string) => `until ${age} ago: ${text}`,
  try: 'TRY',
  change: 'CHANGE',
  remove: 'REMOVE',
  back: 'BACK',
  choiceTitle: 'What database is it?',
  choices: {
    postgres: ['PostgreSQL', 'TimescaleDB too'],
    mariadb: ['MariaDB, MySQL', ''],
    victoria: ['VictoriaMetrics', ''],
    influx: ['InfluxDB 1', 'with a database and a user'],
    influx2: ['InfluxDB 2', 'with a bucket and a token'],
    other: ['One address', 'such as postgres://…'],
  } as Readonly<Record<DatabaseKind, readonly [string, string]>>,
  labels: {
    host: 'Host',
    database: 'Database',
    user: 'User',
    password: 'Password',
    organisation: 'Organisation',
    bucket: 'Bucket',
    token: 'Token',
    address: 'Address',
  } as Readonly<Record<DatabaseKey, string>>,
  notes: {
    host: 'name or address, :port if unusual',
    database: 'made there already',
    user: '',
    password: '',
    organisation: '',
    bucket: '',
    token: '',
    address: 'postgres://user:password@host/database',
  } as Readonly<Record<DatabaseKey, string>>,
  empty: 'not set',
  kept: 'as before',
  encryptions: {
    none: 'not encrypted',
    unchecked: 'encrypted',
    checked: 'encrypted, certificate checked',
  } as Readonly<Record<Encryption, string>>,
  encryptionButton: {
    none: 'Encryption: none',
    unchecked: 'Encryption: yes',
    checked: 'Encryption: checked',
  } as Readonly<Record<Encryption, string>>,
  problemTitle: 'This is no address yet',
  listedTitle: 'It is on the list already',
  listedText: 'A database stands on the list once for each user.',
  tryingTitle: (place: string) => `Trying ${place}`,
  trying: (place: string) => `Asking ${place}`,
  tryingHint: 'It makes its tables there, adds a row to each and takes it back.',
  worksTitle: 'It takes rows',
  failsTitle: 'No rows get in',
  worksText: 'SAVE sends them there from the next start on.',
  worksAlready: 'Rows can go there.',
  failsText: 'SAVE keeps it anyway: rows wait here until it takes them.',
  /** Of one that no rows wait for. */
  failsLive: 'SAVE keeps it anyway: it misses the rows until it takes them.',
  tryAgain: 'TRY AGAIN',
  /** For the log. */
  triedWell: (place: string) => `Tried: rows can go to the database at ${place}`,
  triedBadly: (trouble: string) => `Tried: ${trouble}`,
  removeTitle: (place: string) => `Remove ${place}?`,
  removeText:
    'After SAVE no rows go there. What it has stays in it, and what waits for it stays on the disk.',
  removeYes: 'Remove',
  goBack: 'Go back',
} as const;

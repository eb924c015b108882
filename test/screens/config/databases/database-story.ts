import { createDatabasesDesk } from '../../../../src/desk/databases-desk';
import type { DatabaseTrouble, LiveDatabase } from '../../../../src/model/database-reports';
import type { DatabasesDesk } from '../../../../src/screens/config/databases/databases-desk';
import type { SettingName } from '../../../../src/settings/settings';
import { textsOn } from '../../../pictures/written-texts';
import { allActions, desk, information, Owner, type Desk } from '../config-stories';
import { settle } from '../fake-setup-services';

/** Databases of a boat, with a password that must not be seen. */
export const boat = [
  'postgres://packdial:h%40sh@pi.local/boat?sslmode=require',
  'mysql://packdial:h%40sh@10.0.0.7:3307/homeauto',
  'http://nas.local:8428/write',
];

/** One that all rows get into. */
export function connected(changes: Partial<LiveDatabase> = {}): LiveDatabase {
  return {
    state: 'up',
    report: { code: 'database-written', values: { host: 'pi.local/boat', behind: false } },
    waiting: 0,
    dropped: 0,
    refused: 0,
    written: 48_211,
    lastTrouble: undefined,
    ...changes,
  };
}

/** The page of databases over the settings alone: none is connected, and none answers. */
export function unansweredDatabases(editor: Desk['editor']): DatabasesDesk {
  const nothing = (): void => undefined;
  return createDatabasesDesk(
    { live: () => undefined, tryDatabase: () => new Promise(() => undefined) },
    editor,
    { elsewhere: new Map() },
    { log: { info: nothing, warn: nothing }, changed: nothing },
  );
}

/** Somebody on the page of databases, and what was asked of the program. */
export interface Databases {
  readonly owner: Owner;
  readonly made: Desk;
  /** What databases were asked, in order. */
  readonly tried: string[];
  readonly logged: string[];
  readonly live: Map<string, LiveDatabase>;
  /** Of the latest trial. */
  readonly signal: () => AbortSignal | undefined;
  /** Answers the latest trial. */
  readonly answer: (trouble?: DatabaseTrouble) => Promise<void>;
  /** All that is written on the picture. */
  readonly texts: () => string;
}

/** An owner on the page of databases. */
export function lookingAt(
  databases: readonly string[] = boat,
  {
    width = 800,
    height = 480,
    finger,
    values = {},
    elsewhere = [],
    opened = true,
  }: {
    readonly width?: number;
    readonly height?: number;
    readonly finger?: number;
    readonly values?: Readonly<Record<string, unknown>>;
    readonly elsewhere?: readonly (readonly [SettingName, string])[];
    readonly opened?: boolean;
  } = {},
): Databases {
  const made = desk({ values: { ...(databases.length > 0 && { databases }), ...values }, elsewhere });
  const [tried, logged]: [string[], string[]] = [[], []];
  const live = new Map<string, LiveDatabase>();
  let end: (trouble: DatabaseTrouble | undefined) => void = () => undefined;
  let latest: AbortSignal | undefined;
  const say = (text: string): void => void logged.push(text);
  const page = createDatabasesDesk(
    {
      live: (address) => live.get(address),
      tryDatabase: (address, signal) => {
        tried.push(address);
        latest = signal;
        return new Promise((resolve) => (end = resolve));
      },
    },
    made.editor,
    { elsewhere: new Map(elsewhere) },
    { log: { info: say, warn: say }, changed: () => undefined },
  );
  const parts = { editor: made.editor, databases: page, information, service: allActions() };
  const owner = new Owner(parts, width, height, 'index', finger);
  if (opened) owner.touch('part databases');
  return {
    owner,
    made,
    tried,
    logged,
    live,
    signal: () => latest,
    answer: async (trouble) => {
      end(trouble);
      await settle();
      owner.look(20);
    },
    texts: () =>
      textsOn(owner.picture().canvas)
        .map(({ text }) => text)
        .join(' '),
  };
}

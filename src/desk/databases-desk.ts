import type { LiveDatabase } from '../model/database-reports';
import type { DatabasesDesk, ShownDatabase } from '../screens/config/databases/databases-desk';
import type { SettingsEditor } from '../screens/config/editable';
import { formOf, kindOfAddress, placeOf, userOf } from '../settings/database-form';
import type { SettingsOrigin } from '../settings/settings-store';
import { DatabaseSetupFlow, type DatabaseSetupParts } from './database-setup';

/** What the program knows of the databases, and does with them. */
export interface DatabaseFacts {
  /** How one is that rows are sent to; `undefined` for any other. */
  readonly live: (address: string) => LiveDatabase | undefined;
  /** Asks one whether it takes rows. Never rejects. @returns what stands in the way */
  readonly tryDatabase: DatabaseSetupParts['tryDatabase'];
}

/** The databases for the settings' screens, as the editor has saved them last. */
export function createDatabasesDesk(
  { live, tryDatabase }: DatabaseFacts,
  editor: Pick<SettingsEditor, 'values'>,
  { elsewhere }: Pick<SettingsOrigin, 'elsewhere'>,
  { log, changed }: Omit<DatabaseSetupParts, 'tryDatabase'>,
): DatabasesDesk {
  const set = elsewhere.get('databases') ?? elsewhere.get('demo');
  const shown = new Map<string, ShownDatabase>();
  return {
    get saved() {
      const { databases } = editor.values;
      return Array.isArray(databases) ? databases.map(String) : [];
    },
    fixed: set === undefined ? '' : `set by ${set}`,
    get isOn() {
      return editor.values['logToDatabase'] !== false;
    },
    setup: new DatabaseSetupFlow({ tryDatabase, log, changed }),
    shown: (address) => {
      const known = shown.get(address) ?? shownOf(address);
      shown.set(address, known);
      return known;
    },
    live,
  };
}

function shownOf(address: string): ShownDatabase {
  const { encryption } = formOf(address);
  return { kind: kindOfAddress(address), place: placeOf(address), user: userOf(address), encryption };
}

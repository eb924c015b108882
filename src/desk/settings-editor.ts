import type { Log } from '../logging/log';
import { idleAction, type ActionReport, type ActionView } from '../model/action-view';
import { resolveSettings } from '../settings/resolve-settings';
import type { SettingsEditor } from '../screens/config/editable';
import type { FieldPage, FieldValues } from '../screens/config/field';
import { shownSetting } from '../settings/setting-secrets';
import { settingPages } from './settings-fields';
import { isOfCalibration } from '../settings/calibration-settings';
import { valuesToWrite } from '../settings/settings-file';
import { saveSettings, settingsInFile, type SettingsOrigin } from '../settings/settings-store';
import {
  settings as schema,
  type RawSettings,
  type Setting,
  type SettingName,
  type Settings,
} from '../settings/settings';
import { UserError } from '../base/user-error';
import { actionText } from '../words/en';

/** What the editing of the settings needs of the program. */
export interface EditorParts {
  /** As they are in use. */
  readonly settings: Settings;
  readonly origin: SettingsOrigin;
  readonly restarts: SettingsEditor['restarts'];
  /** False for what does nothing on this machine. */
  readonly useful: (name: SettingName) => boolean;
  /** Finds mistakes that no single setting shows. @throws UserError for them */
  readonly check?: (settings: Settings) => void | Promise<void>;
  /** Takes over what can take effect at once; called when it is on the disk. */
  readonly apply: (settings: Settings) => void;
  /** Ends the program in order, for the next start to bring the rest. */
  readonly restart: () => void;
  /** Something looks different now. */
  readonly changed: () => void;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Default: the disk. */
  readonly store?: {
    readonly read: (file: string) => Promise<RawSettings | undefined>;
    readonly write: (file: string, values: RawSettings) => Promise<void>;
  };
}

/** Changes the display's own settings: into the file first, then into the program. */
export function createSettingsEditor(parts: EditorParts): SettingsEditor {
  return new Editor(parts);
}

class Editor implements SettingsEditor {
  readonly restarts: SettingsEditor['restarts'];
  saving: ActionView = idleAction;
  notice: SettingsEditor['notice'];
  values: FieldValues;
  private inFile: RawSettings;
  private made: readonly FieldPage[] | undefined;

  constructor(private readonly parts: EditorParts) {
    this.restarts = parts.restarts;
    this.notice = parts.origin.notice;
    this.values = { ...parts.settings };
    this.inFile = parts.origin.inFile;
  }

  // Not before somebody looks: the first picture has no need of them.
  get pages(): readonly FieldPage[] {
    const { elsewhere } = this.parts.origin;
    this.made ??= settingPages({
      fixed: (name) => (elsewhere.has(name) ? `set by ${elsewhere.get(name) ?? ''}` : ''),
      useful: this.parts.useful,
      units: () => (this.values['units'] === 'fahrenheit' ? 'fahrenheit' : 'celsius'),
    });
    return this.made;
  }

  acknowledge(): void {
    this.notice = undefined;
    this.parts.changed();
  }

  save(changes: FieldValues): void {
    if (this.saving.state === 'running') return;
    this.tell({ state: 'running', report: { code: 'settings-saving', values: {} }, progress: undefined });
    this.keep(changes).then(
      () => this.tell({ state: 'done', report: { code: 'settings-saved', values: {} }, progress: 1 }),
      (error: unknown) => {
        const report: ActionReport =
          error instanceof UserError
            ? { code: 'settings-refused', values: { why: error.message } }
            : { code: 'settings-not-saved', values: { reason: String(error) } };
        const failed: ActionView = { state: 'failed', report, progress: undefined };
        this.parts.log.warn(actionText(failed));
        this.tell(failed);
      },
    );
  }

  private async keep(changes: FieldValues): Promise<void> {
    const { origin, store = { read: settingsInFile, write: saveSettings }, log } = this.parts;
    // Somebody else may have written into it since.
    const before = (await store.read(origin.file)) ?? this.inFile;
    const { file, inUse } = this.checked({ ...before, ...changes });
    await this.parts.check?.(inUse);
    await store.write(origin.file, file);
    this.inFile = file;
    this.values = { ...this.values, ...changes };
    this.notice = undefined;
    const names = Object.keys(changes) as SettingName[];
    log.info(
      `Settings saved: ${names.map((name) => `${name} is ${shownSetting(name, file[name])}`).join(', ')}`,
    );
    this.parts.apply(inUse);
    // One that has no form, such as the list of devices, is read only at the start.
    const holds = (name: SettingName): boolean =>
      isOfCalibration(name) || (schema[name] as Setting).form?.effect === 'now';
    if (!names.every(holds)) this.parts.restart();
  }

  /** What goes into the file, and what is in use with it. @throws UserError for what the next start would refuse */
  private checked(values: RawSettings): { readonly file: RawSettings; readonly inUse: Settings } {
    const { elsewhere, file } = this.parts.origin;
    const { settings } = this.parts;
    const fixed = Object.fromEntries([...elsewhere.keys()].map((name) => [name, settings[name]]));
    const describe = (name: SettingName): string => `${file}: "${name}"`;
    const written = resolveSettings([{ values, describe }]);
    const inUse = resolveSettings([
      { values: fixed, describe },
      { values, describe },
    ]);
    return { file: valuesToWrite(values, written), inUse };
  }

  private tell(view: ActionView): void {
    this.saving = view;
    this.parts.changed();
  }
}

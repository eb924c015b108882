import type { ActionView } from '../../model/action-view';
import type { NoticeReport } from '../../model/recorder-reports';
import type { FieldPage, FieldValues } from './field';

/** Something whose values are edited on pages and then saved as a whole. It does the saving; screens only ask for it. */
export interface Editable {
  readonly pages: readonly FieldPage[];
  /** As they were saved last. */
  readonly values: FieldValues;
  /** How the latest saving goes; idle again when another begins. */
  readonly saving: ActionView;
  /** Takes these values over and keeps them; `saving` then tells what came of it. */
  save(changes: FieldValues): void;
}

/** The display's own settings. */
export interface SettingsEditor extends Editable {
  /** Who starts packdial again after a change that needs it. */
  readonly restarts: 'by itself' | 'by hand';
  /** What was wrong with the settings file at the start. */
  readonly notice: NoticeReport | undefined;
  /** The notice was read. */
  acknowledge(): void;
}

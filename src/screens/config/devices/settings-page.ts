import { deviceSettingsWords } from '../../../words/en/device-settings';
import type { TextField } from '../field';
import { rowGrid } from '../frame';
import { buildRow } from '../rows';
import type { ViewBuilder } from '../view-builder';
import { buildBack, type Onward } from './back-frame';
import type { DeviceDraft } from './device-draft';
import type { DevicesDesk } from './devices-desk';

/** What the page of a device's settings shows and does. */
export interface SettingsPage {
  readonly desk: DevicesDesk;
  readonly draft: DeviceDraft;
  readonly page: number;
  readonly edit: (field: TextField) => void;
  readonly back: () => void;
  readonly next: () => void;
}

/** ms after which it is looked whether the types of devices are loaded, and the current is shown again. */
const refreshInterval = { loading: 100, loaded: 1000 } as const;

/** Pages that the settings of a device take. */
export function settingsPages(builder: Pick<ViewBuilder, 'frame'>, fields: number): number {
  return Math.max(1, Math.ceil(fields / rowGrid(builder.frame).most));
}

/** What can be set of a device, a row each. */
export function buildDeviceSettings(
  builder: ViewBuilder,
  { desk, draft, page, edit, back, next }: SettingsPage,
): void {
  const fields = desk.fields(draft.edited);
  const grid = rowGrid(builder.frame);
  const pages = settingsPages(builder, fields?.length ?? 0);
  fields?.slice(page * grid.most, (page + 1) * grid.most).forEach((field, i) => {
    buildRow(builder, grid.row(i), field, draft, (text) => edit(text));
  });
  const onward: Onward = {
    name: 'next',
    label: () => deviceSettingsWords.next,
    tone: () => 'quiet',
    tap: next,
  };
  buildBack(builder, back, pages > 1 ? onward : undefined);
  builder.onShow(() => refreshInterval[fields === undefined ? 'loading' : 'loaded']);
}
